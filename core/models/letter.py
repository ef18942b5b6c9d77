"""Letters to people outside: what is to be said (letters), and the e-mails that say it (mails)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models.subject import SubjectQuerySet


class LetterState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("letter", "Waiting")
    PACKED = "packed", pgettext_lazy("letter", "In a mail")
    WITHDRAWN = "withdrawn", pgettext_lazy("letter", "No longer needed")


class MailState(models.TextChoices):
    """``SENDING``: handed to the mail server, whose answer is not known yet."""

    READY = "ready", pgettext_lazy("mail", "Waiting to be sent")
    SENDING = "sending", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    REFUSED = "refused", pgettext_lazy("mail", "Refused by the mail server")
    BOUNCED = "bounced", pgettext_lazy("mail", "Came back")


class Mail(models.Model):
    """One e-mail to one address. Its key makes the ``Message-ID``, the same however often it has to
    be handed over, so that a second delivery is recognised as the first one.

    ``content`` is what the templates show, without personal links: those are made when it is sent
    and never stored. ``is_wanted``: the person asked for it, so it takes nothing of what may be
    sent in a week. ``claimed_at``: when somebody began to hand it over; ``next_try_at``: not
    before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    title = models.CharField(_("title"), max_length=255)
    content = models.JSONField(_("content"), default=dict)
    is_wanted = models.BooleanField(_("asked for by the reader"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.READY
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("begun"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["address", "-created_at"], name="mail_address"),
            models.Index(
                fields=["created_at"],
                name="mail_to_send",
                condition=Q(state__in=[MailState.READY, MailState.SENDING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.title}"


class Letter(models.Model):
    """One thing to be said to one address. ``key`` names it for ever: the same is never said twice.

    Who writes a ``kind`` is in ``settings.LETTER_WRITERS``; the words are made when it is packed
    into a mail, or it is withdrawn because nothing is to be said any more. ``about_key``: of the
    record that decides who may know of it.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    params = models.JSONField(_("details"), default=dict, blank=True)
    subject_type = models.CharField(_("kind of thing"), max_length=60, blank=True)
    subject_id = models.CharField(_("thing"), max_length=40, blank=True)
    is_wanted = models.BooleanField(_("asked for by the reader"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState.choices, default=LetterState.WAITING
    )
    due_at = models.DateTimeField(_("not before"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    mail = models.ForeignKey(
        Mail,
        verbose_name=_("mail"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )

    objects = SubjectQuerySet["Letter"].as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="letter_subject"),
            models.Index(
                fields=["address", "due_at"],
                name="letter_waiting",
                condition=Q(state=LetterState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"
