"""Forms of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.policies import scopes_for
from accounts.services.tokens import MAX_DAYS
from core.models import MailPreference

LANGUAGE_CHOICES = [("", _("Like my browser")), *settings.LANGUAGES]


class ProfileForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
    mail_preference = forms.ChoiceField(
        label=_("Notifications by e-mail"),
        choices=MailPreference.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("In the portal you always find all of them."),
    )


class TokenForm(forms.Form):
    days = forms.IntegerField(
        label=_("Valid for (days)"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=90,
        help_text=_("After that the token stops working and you make a new one."),
    )
    access = forms.ChoiceField(
        label=_("What the token may do"),
        choices=[
            ("all", _("Everything that I may do")),
            ("limited", _("Only what is ticked here:")),
        ],
        widget=forms.RadioSelect,
        initial="all",
    )
    scopes = forms.MultipleChoiceField(
        label=_("Limited to"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(scope.value, scope.label) for scope in scopes_for(person)]

    def clean(self) -> dict[str, Any] | None:
        """Ticks mean a limit, so that a token is never wider than the person thought."""
        cleaned = super().clean()
        if self.cleaned_data.get("access") == "all" and self.cleaned_data.get("scopes"):
            words = _("Choose “Only what is ticked here”, or take the ticks away.")
            self.add_error("access", words)
        return cleaned

    def wanted_scopes(self) -> list[str] | None:
        """None for a token without limits."""
        limited = self.cleaned_data["access"] == "limited"
        return list(self.cleaned_data["scopes"]) if limited else None
