"""Fixtures shared by all tests: the cast of users, suppliers, the real workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from suppliers.models import DocumentType, Supplier, SupplierContact
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.support.rmi import require_rmi

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def rmi() -> Path:
    """The folder of real RMI workbooks; skips where it is absent."""
    return require_rmi()


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: django_settings) -> None:  # type: ignore[valid-type]
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    # Otherwise every test client walks through all static files when it is made (75 ms).
    settings.WHITENOISE_AUTOREFRESH = True  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = [  # type: ignore[attr-defined]
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]


@pytest.fixture(autouse=True)
def _fresh_start() -> Iterator[None]:
    """No cache, and no language that an answer of the test before was in."""
    cache.clear()
    translation.activate(django_settings.LANGUAGE_CODE)
    yield


MakeUser = Callable[..., User]


@pytest.fixture
def make_user(db: None) -> MakeUser:
    def make(role: Role | None, name: str = "", **fields: object) -> User:
        label = name or (role.value if role else "nobody")
        user = User.objects.create_user(f"{label}@example.test", PASSWORD, name=label, **fields)
        if role is not None:
            user.add_roles([role])
        return user

    return make


@pytest.fixture
def buyer(make_user: MakeUser) -> User:
    return make_user(Role.PROCUREMENT)


@pytest.fixture
def csr_specialist(make_user: MakeUser) -> User:
    return make_user(Role.CSR_SPECIALIST)


@pytest.fixture
def auditor(make_user: MakeUser) -> User:
    return make_user(Role.AUDITOR)


@pytest.fixture
def esg_reporter(make_user: MakeUser) -> User:
    return make_user(Role.ESG_REPORTER)


@pytest.fixture
def admin(make_user: MakeUser) -> User:
    return make_user(Role.ADMINISTRATOR, is_staff=True)


@pytest.fixture
def supplier(db: None) -> Supplier:
    return create_supplier(None, SupplierInput("S-1", "Bright Tin Co.", "亮锡有限公司", "CN"))


@pytest.fixture
def other_supplier(db: None) -> Supplier:
    return create_supplier(None, SupplierInput("S-2", "Golden Contact Ltd", "", "CN"))


@pytest.fixture
def supplier_user(make_user: MakeUser, supplier: Supplier) -> User:
    user = make_user(Role.SUPPLIER_CONTACT, "supplier")
    SupplierContact.objects.create(
        supplier=supplier, user=user, name=user.name, email=user.email, may_sign=True
    )
    return user


@pytest.fixture
def other_supplier_user(make_user: MakeUser, other_supplier: Supplier) -> User:
    user = make_user(Role.SUPPLIER_CONTACT, "other_supplier")
    SupplierContact.objects.create(
        supplier=other_supplier, user=user, name=user.name, email=user.email, may_sign=True
    )
    return user


@pytest.fixture
def no_documents_asked(db: None) -> None:
    """Nobody has to sign anything: for tests about other conditions than documents."""
    DocumentType.objects.update(is_active=False)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter
