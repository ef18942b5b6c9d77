"""Django's admin shows and never writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from core.read_only_admin import site

pytestmark = pytest.mark.django_db


def test_superusers_do_not_write_either(
    make_user: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    root = make_user(None, "root", is_staff=True, is_superuser=True)
    client = sign_in(root)
    for model, admin in site._registry.items():
        label = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(label).status_code == 200
        assert client.get(f"{label}add/").status_code == 403
        assert admin.actions is None


def test_passwords_are_not_shown(sign_in: Callable[[User], Client], admin: User) -> None:
    page = sign_in(admin).get(f"/admin/accounts/user/{admin.pk}/change/").content.decode()
    assert admin.email in page
    assert "md5" not in page


def test_only_our_records_are_there() -> None:
    labels = {model._meta.app_label for model in site._registry}
    assert labels == {"accounts", "core", "minerals", "suppliers"}


@pytest.mark.parametrize(
    ("query", "status"), [({"supplier": "9" * 19}, 302), ({"q": "x " * 2000}, 200)]
)
def test_odd_questions_are_no_errors(
    query: dict[str, str], status: int, sign_in: Callable[[User], Client], admin: User
) -> None:
    answer = sign_in(admin).get("/admin/minerals/declaration/", query)
    assert answer.status_code == status
