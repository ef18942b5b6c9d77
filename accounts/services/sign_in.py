"""The trail of signing in. Never a password, and no address of somebody who has no account."""

from __future__ import annotations

from accounts.models import User
from accounts.selectors import user_by_email
from core.services.activity import record_activity


def record_sign_in(user: User, address: str) -> None:
    record_activity(user, "sign_in.done", user, ip=address)


def record_failed_sign_in(email: str, address: str) -> None:
    """An unknown address is not kept: people type passwords into the wrong field."""
    user = user_by_email(email) if email else None
    record_activity(None, "sign_in.failed", user or User(), ip=address, known=user is not None)
