"""Which suppliers a buyer sees: the administrator's page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Role
from accounts.web.requests import SignedInRequest
from core.countries import country_choices
from core.errors import DomainError
from core.web.errors import form_page, show_in_form
from suppliers.models import BuyerScope, Category, Supplier
from suppliers.policies.scopes import require_edit_scopes
from suppliers.services.scopes import set_scope


class CategoryChoices(forms.ModelMultipleChoiceField[Category]):
    def label_from_instance(self, obj: Category) -> str:
        return f"{'– ' * obj.depth}{obj.label} ({obj.code})"


class ScopeForm(forms.Form):
    categories = CategoryChoices(
        label=gettext_lazy("Categories"),
        queryset=Category.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A category includes those below it. None: not limited."),
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries and regions"),
        choices=country_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: not limited."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def scope_edit(request: SignedInRequest, user_id: int) -> HttpResponse:
    require_edit_scopes(request.user)
    person = get_object_or_404(User, pk=user_id)
    form = ScopeForm(request.POST or None, initial=_initial(person))
    if request.method == "POST" and form.is_valid():
        keys = [category.pk for category in form.cleaned_data["categories"]]
        try:
            set_scope(request.user, user_id, keys, form.cleaned_data["countries"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            text = _("What %(name)s sees is stored.") % {"name": person}
            messages.success(request, text)
            return redirect("suppliers:scope-edit", user_id)
    context = {
        "form": form,
        "person": person,
        "is_buyer": person.has_role(Role.PROCUREMENT),
        "is_limited": person.roles == frozenset({Role.PROCUREMENT}) and not person.is_superuser,
        "seen": Supplier.objects.visible_to(person).living().count(),
        "all": Supplier.objects.living().count(),
    }
    return form_page(request, "suppliers/scope_form.html", context)


def _initial(person: User) -> dict[str, object]:
    scope = BuyerScope.objects.filter(user=person).first()
    if scope is None:
        return {}
    return {"categories": list(scope.categories.all()), "countries": scope.countries}
