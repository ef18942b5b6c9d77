"""How many requests a minute the API answers: per person, per token, and for uploads.

Counted in the shared cache with one atomic step, so that all processes count together. The window
is the minute of the clock: simple to explain, and a program learns when the next one begins.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from knox.models import AuthToken
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core import clock

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW = 60


class PerMinute(BaseThrottle, ABC):
    """``setting`` names the number; ``ident`` says who is counted, empty for nobody."""

    setting = ""
    waits: float = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        ident = self.ident(request)
        if not ident:
            return True
        now = clock.now().timestamp()
        minute, passed = divmod(now, WINDOW)
        key = f"api-rate:{self.setting}:{ident}:{int(minute)}"
        # A window is forgotten a while after it ended: clocks of machines differ by seconds.
        count = 1 if cache.add(key, 1, timeout=2 * WINDOW) else self._next(key)
        self.waits = WINDOW - passed
        return count <= int(getattr(settings, self.setting))

    @abstractmethod
    def ident(self, request: Request) -> str:
        """Whose requests are counted together; empty for those that are not counted."""

    def wait(self) -> float:
        return self.waits

    @staticmethod
    def _next(key: str) -> int:
        try:
            return int(cache.incr(key))
        except ValueError:  # forgotten between the two steps
            return 1


class UserRate(PerMinute):
    setting = "API_USER_PER_MINUTE"

    def ident(self, request: Request) -> str:
        return str(request.user.pk or "")


class TokenRate(PerMinute):
    setting = "API_TOKEN_PER_MINUTE"

    def ident(self, request: Request) -> str:
        token = request.auth
        return str(token.pk) if isinstance(token, AuthToken) else ""


class UploadRate(PerMinute):
    """Files cost more than anything else: requests with a multipart body."""

    setting = "API_UPLOADS_PER_MINUTE"

    def ident(self, request: Request) -> str:
        is_upload = (request.content_type or "").startswith("multipart/")
        return str(request.user.pk or "") if is_upload else ""
