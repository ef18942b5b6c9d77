"""What a person is told: in the portal at once, by e-mail at once or in a daily digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from core.models.subject import SubjectQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class MailPreference(models.TextChoices):
    """What of the portal's notifications a person gets by e-mail."""

    DIGEST = "digest", _("A daily summary, urgent ones at once")
    URGENT = "urgent", _("Urgent ones only")
    NONE = "none", _("No e-mail: I look in the portal")


class NotificationQuerySet(SubjectQuerySet["Notification"]):
    def visible_to(self, actor: User) -> NotificationQuerySet:
        """One's own, but for those about a record that the person may not know of (any more):
        ``settings.NOTIFICATIONS_KNOWN`` names the function that gives the records, None for all."""
        own = self.filter(recipient=actor)
        known = import_string(settings.NOTIFICATIONS_KNOWN)(actor)
        if known is None:
            return own
        return own.filter(Q(about_key=None) | Q(about_key__in=known.values("pk")))

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)


class Notification(models.Model):
    """``message`` is a message id with ``%(name)s`` placeholders filled from ``params``, so that
    each reader gets it in the own language; a param that is a mapping holds its words by language.
    ``url``: the page with the decision in reach. ``about_key``: of the record that decides who may
    know of it, beside the subject. ``is_urgent``: mailed by itself; the others go into at most one
    digest a day."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("for"),
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    kind = models.CharField(_("kind"), max_length=60)
    message = models.CharField(_("message"), max_length=255)
    params = models.JSONField(_("details"), default=dict, blank=True)
    url = models.CharField(_("page"), max_length=255, blank=True)
    subject_type = models.CharField(_("kind of thing"), max_length=60, blank=True)
    subject_id = models.CharField(_("thing"), max_length=40, blank=True)
    about_key = models.PositiveBigIntegerField(null=True, editable=False)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["recipient", "read_at", "-created_at"], name="notification_unread"
            ),
            models.Index(fields=["mailed_at", "created_at"], name="notification_unmailed"),
            models.Index(
                fields=["about_key", "kind"], name="notification_about", condition=Q(read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """In the language that is active now."""
        words = gettext(self.message)
        params = {name: _in_language(value) for name, value in self.params.items()}
        return words % params if params else words

    def text_in(self, language: str) -> str:
        with override(language or None):
            return self.text


def _in_language(value: Any) -> Any:
    """The words of a param in the language that is active now, else in the usual one."""
    if not isinstance(value, dict):
        return value
    return value.get(get_language() or "") or value.get(settings.LANGUAGE_CODE, "")
