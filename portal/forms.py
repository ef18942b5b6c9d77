"""Forms of the settings pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from accounts.services.users import UserInput
from accounts.web.forms import LANGUAGE_CHOICES
from core.filters import search_box
from core.widgets import DayInput
from portal.selectors.timeline import GROUPS, OTHER, TimelineWish
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_of_contact


class UserForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The person signs in with it."))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    supplier = forms.CharField(
        label=_("Supplier"),
        max_length=40,
        required=False,
        help_text=_("For supplier contacts: the code of the supplier they see."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._suppliers = Supplier.objects.visible_to(actor).living()

    def clean_supplier(self) -> Supplier | None:
        """There are too many to choose from a list."""
        code = self.cleaned_data["supplier"]
        found = self._suppliers.filter(code__iexact=code).first() if code else None
        if code and found is None:
            text = _("There is no supplier with the code %(value)s.")
            raise forms.ValidationError(text % {"value": code})
        return found

    @staticmethod
    def initial_of(user: User) -> dict[str, Any]:
        supplier = supplier_of_contact(user)
        return {
            "name": user.name,
            "email": user.email,
            "roles": sorted(user.roles),
            "supplier": supplier.code if supplier else "",
            "language": user.language,
        }

    def to_input(self) -> UserInput:
        data = self.cleaned_data
        roles = frozenset(Role(value) for value in data["roles"])
        return UserInput(data["email"], data["name"], roles, data["language"])


class TimelineForm(forms.Form):
    """What of a supplier's timeline is shown."""

    group = forms.ChoiceField(
        label=_("Kind of event"),
        required=False,
        choices=[
            ("", _("All events")),
            *((group.code, group.label) for group in (*GROUPS, OTHER)),
        ],
    )
    person = forms.ChoiceField(label=_("Who"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("period", "From"),
        required=False,
        widget=DayInput,
    )
    until = forms.DateField(
        label=pgettext_lazy("period", "Until"),
        required=False,
        widget=DayInput,
    )

    def __init__(self, people: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        names = [(str(one.pk), str(one)) for one in people]
        person.choices = [("", _("Everybody")), *names, ("system", _("The system itself"))]

    def wish(self) -> TimelineWish:
        """What was asked for by the filters that are right."""
        self.is_valid()
        return TimelineWish(**self.cleaned_data)


class UserFilterForm(forms.Form):
    search = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=150,
        widget=search_box(_("Name or e-mail")),
    )
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Active and closed")), ("open", _("Active")), ("closed", _("Closed"))],
    )
