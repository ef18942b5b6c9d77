"""Forms of the minerals pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

ENDINGS = ".xlsx,.xlsm,.xls,.zip"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one input; ``clean`` gives the list. What is in them the service judges."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        # Empty files are let through: their card says what is wrong and what to do.
        return [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]


class SupplierChoice(forms.ModelChoiceField[Supplier]):
    """Suppliers by both names; the script of the page lets people type."""

    def label_from_instance(self, obj: Any) -> str:
        names = " · ".join(obj.names)
        return f"{names} ({obj.code})"


class UploadForm(forms.Form):
    """A supplier's contact hands in for the own company only and is not asked for whom."""

    supplier = SupplierChoice(
        label=_("Supplier"),
        queryset=Supplier.objects.none(),
        required=False,
        empty_label=_("Find it by the company name in the file"),
    )

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not a class attribute: a form has an attribute "files" of its own.
        self.fields["files"] = ManyFilesField(
            label=_("Files"), allow_empty_file=True, max_length=255
        )
        field = self.fields["supplier"]
        assert isinstance(field, SupplierChoice)
        field.queryset = Supplier.objects.visible_to(actor)
        if not actor.is_internal:
            field.required = True
            own = list(field.queryset[:2])
            if len(own) == 1:
                field.initial = own[0].pk
                field.widget = forms.HiddenInput()


class AssignForm(forms.Form):
    supplier = SupplierChoice(
        label=_("Supplier"), queryset=Supplier.objects.none(), empty_label=_("Choose a supplier")
    )

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supplier"]
        assert isinstance(field, SupplierChoice)
        field.queryset = Supplier.objects.visible_to(actor)


class TemplateForm(forms.Form):
    file = forms.FileField(label=_("Official template"), max_length=255)
