"""What a token is limited to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from accounts.token_scopes import Scope


class TokenScope(models.Model):
    """``scopes``: codes of ``accounts.token_scopes.Scope``. A token without a row may do what its
    person may do; with one, never more than that either."""

    token = models.OneToOneField(
        AuthToken,
        verbose_name=_("token"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="limits",
    )
    scopes = models.JSONField(_("scopes"), default=list)

    class Meta:
        verbose_name = _("limits of a token")
        verbose_name_plural = _("limits of tokens")

    def __str__(self) -> str:
        return ", ".join(self.scopes)

    @property
    def labels(self) -> list[str]:
        return [str(Scope(code).label) for code in self.scopes if code in Scope.values]
