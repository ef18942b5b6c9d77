"""The tree of categories, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from suppliers import policies
from suppliers.models import Category
from suppliers.selectors.categories import category_for
from suppliers.services.categories import CategoryInput, delete_category, save_category
from suppliers.web.forms import CategoryForm


@require_safe
def category_list(request: SignedInRequest) -> HttpResponse:
    policies.require_manage_settings(request.user)
    rows = Category.objects.annotate(supplier_count=Count("suppliers")).order_by("path")
    return render(request, "suppliers/category_list.html", {"categories": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def category_edit(request: SignedInRequest, category_id: int | None = None) -> HttpResponse:
    """Without ``category_id``: a new category."""
    policies.require_manage_settings(request.user)
    category = category_for(category_id) if category_id else None
    form = CategoryForm(request.POST or None, initial=_initial(category, request))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_category(request.user, CategoryInput(**form.cleaned_data), category_id)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": saved.name})
            return redirect("suppliers:category-list")
    context = {"form": form, "category": category}
    return form_page(request, "suppliers/category_form.html", context)


@require_POST
def category_delete(request: SignedInRequest, category_id: int) -> HttpResponse:
    try:
        delete_category(request.user, category_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:category-edit", category_id)
    messages.success(request, _("The category is deleted."))
    return redirect("suppliers:category-list")


def _initial(category: Category | None, request: SignedInRequest) -> dict[str, object]:
    if category is None:
        return {"parent": request.GET.get("parent", ""), "is_active": True}
    return {
        "code": category.code,
        "name": category.name,
        "local_name": category.local_name,
        "parent": category.parent.code if category.parent else "",
        "is_active": category.is_active,
    }
