"""A desk that hands in files, and clients for the people who look at them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User


@pytest.fixture
def staff(sign_in: Callable[[User], Client], csr_specialist: User) -> Client:
    return sign_in(csr_specialist)


@pytest.fixture
def contact(sign_in: Callable[[User], Client], supplier_user: User) -> Client:
    return sign_in(supplier_user)
