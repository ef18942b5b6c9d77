"""The user model: signs in by e-mail, has roles, reads in a language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import STAFF_ROLES, Role
from core.models import MailPreference


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.add_roles([Role.ADMINISTRATOR])
        return user


class User(AbstractUser):
    """A person who signs in.

    Names are one field: a Chinese and a German name do not split the same way. ``is_staff`` opens
    Django's admin only; what a person may do follows from the roles (see each app's policies).
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty: the browser's language.")
    )

    mail_preference = models.CharField(
        _("notifications by e-mail"),
        max_length=10,
        choices=MailPreference.choices,
        default=MailPreference.DIGEST,
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles by group membership; read once per request."""
        names = self.groups.values_list("name", flat=True)
        return frozenset(Role(name) for name in names if name in Role.values)

    def has_role(self, *wanted: Role) -> bool:
        """True with at least one of the roles. Superusers count as administrators only."""
        if self.is_superuser and Role.ADMINISTRATOR in wanted:
            return True
        return bool(self.roles.intersection(wanted))

    @property
    def role_labels(self) -> list[str]:
        """The words of the roles; no query for users whose groups were prefetched."""
        held = {group.name for group in self.groups.all()}
        return [str(role.label) for role in Role if role.value in held]

    @property
    def is_internal(self) -> bool:
        """True for the company's own people, False for suppliers and people without a role."""
        return self.has_role(*STAFF_ROLES)

    def add_roles(self, roles: Iterable[Role]) -> None:
        """Join the group of each role; a missing group is made, never silently passed over."""
        groups = [Group.objects.get_or_create(name=role.value)[0] for role in roles]
        self.groups.add(*groups)
        self.__dict__.pop("roles", None)
