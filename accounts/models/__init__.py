"""People, and what their tokens are limited to."""

from accounts.models.token_limit import TokenScope
from accounts.models.user import User

__all__ = ["TokenScope", "User"]
