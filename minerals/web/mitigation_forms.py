"""Forms of what one does with plans and measures. The services check what they mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core import clock
from core.widgets import DayInput
from minerals.enums import ListSource, MeasureKind, MitigationProposal
from minerals.models import Measure, MitigationPlan
from minerals.policies.mitigation import MANAGERS
from minerals.rules.mitigation import OURS, SETTLED
from minerals.selectors.mitigation_words import DATE_NAMES, measure_words
from minerals.services.mitigation.evidence import (
    RECORDED,
    CertificateInput,
    HandInInput,
    ResultInput,
)
from minerals.services.mitigation.measures import DATES, MeasureInput
from minerals.services.mitigation.proposals import TakeUpInput, possible_proposal
from suppliers.web.upload_fields import EvidenceField


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **{"required": True, **options})


def _words(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, widget=widget, **{"required": False, **options})


class AboutForm(forms.Form):
    """``about``: the plan or the measure it is about."""

    def __init__(self, about: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about


class NothingForm(AboutForm):
    """Only a yes."""


class NoteForm(AboutForm):
    note = _words(pgettext_lazy("remark", "Note"))


class ReasonForm(AboutForm):
    reason = _words(_("Why"), required=True)


class AgreeForm(AboutForm):
    note = _words(_("Who agreed, and how"))
    evidence = EvidenceField()


class MeasureForm(AboutForm):
    kind = forms.ChoiceField(label=_("What is to be done"), choices=MeasureKind.choices)
    cid = forms.CharField(
        label=_("Smelter ID"),
        required=False,
        max_length=20,
        help_text=_("Where it is about one smelter, such as CID000001."),
    )
    text = _words(_("In words"))
    due_on = _day(_("Due"))

    def __init__(self, about: MitigationPlan, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        self.fields["due_on"].initial = max(about.close_due_on, clock.today())

    def to_input(self) -> MeasureInput:
        given = self.cleaned_data
        return MeasureInput(given["kind"], given["due_on"], given["cid"], given["text"])


class MoveMeasureForm(AboutForm):
    due_on = _day(_("New day"))
    reason = _words(_("Why"))

    def __init__(self, about: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        self.fields["due_on"].initial = about.due_on
        self.fields["reason"].required = about.plan.agreed_on is not None


class MoveDateForm(AboutForm):
    which = forms.ChoiceField(label=_("Which date"), choices=[(d, DATE_NAMES[d]) for d in DATES])
    day = _day(_("New day"))
    reason = _words(_("Why"), required=True)


class OwnerForm(AboutForm):
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody: the CSR specialists see to it"),
    )

    def __init__(self, about: MitigationPlan, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        self.fields["owner"].queryset = possible_owners()  # type: ignore[attr-defined]
        self.fields["owner"].initial = about.owner_id


class HandInForm(AboutForm):
    note = _words(_("What was done"))
    evidence = EvidenceField()

    def __init__(self, about: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        if about.smelter_id is None:
            return
        self.fields["scheme"] = forms.ChoiceField(
            label=_("Certificate of the smelter"),
            choices=[("", _("No certificate")), *ListSource.choices],
            required=False,
        )
        self.fields["number"] = forms.CharField(
            label=_("Number of the certificate"), max_length=120, required=False
        )
        self.fields["valid_from"] = _day(_("Valid from"), required=False)
        self.fields["valid_until"] = _day(_("Valid until"), required=False)

    def to_input(self) -> HandInInput:
        given = self.cleaned_data
        certificate = None
        if given.get("scheme"):
            certificate = CertificateInput(
                given["scheme"], given["valid_from"], given["valid_until"], given["number"]
            )
        return HandInInput(given["note"], given["evidence"], certificate)


class ResultForm(AboutForm):
    kind = forms.ChoiceField(
        label=_("What took place"), choices=[(kind, kind.label) for kind in RECORDED]
    )
    done_on = _day(_("Date"), help_text=_("When it took place."))
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("passed", _("Went well")), ("failed", _("Did not convince"))],
        widget=forms.RadioSelect,
        initial="passed",
    )
    note = _words(
        pgettext_lazy("remark", "Note"), help_text=_("Who, where, which report. Or add the file.")
    )
    evidence = EvidenceField()

    def to_input(self) -> ResultInput:
        given = self.cleaned_data
        return ResultInput(
            given["kind"],
            given["done_on"],
            given["result"] == "passed",
            note=given["note"],
            evidence=given["evidence"],
        )


class ProposeForm(AboutForm):
    wanted = forms.ChoiceField(label=_("What is proposed"))
    reason = _words(_("Why"), required=True)

    def __init__(self, about: MitigationPlan, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        self.fields["wanted"].choices = possible_choices(about)  # type: ignore[attr-defined]


class TakeUpForm(AboutForm):
    action = forms.ChoiceField(label=_("What is asked for"))
    conditions = _words(
        _("What must be done before a limitation is lifted"),
        help_text=_("For a limitation only; the open measures are filled in."),
    )
    explanation = _words(_("Explanation"), required=True)
    evidence = EvidenceField()

    def __init__(self, about: MitigationPlan, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, **kwargs)
        self.fields["action"].choices = possible_choices(about)  # type: ignore[attr-defined]
        self.fields["action"].initial = about.proposal
        self.fields["conditions"].initial = open_conditions(about)
        self.fields["explanation"].initial = last_reason(about)

    def to_input(self) -> TakeUpInput:
        given = self.cleaned_data
        return TakeUpInput(
            given["explanation"], given["conditions"], given["action"], given["evidence"]
        )


class DecideCloseForm(AboutForm):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("close", _("Close the plan")), ("go_on", _("Let it go on"))],
        widget=forms.RadioSelect,
    )
    note = _words(pgettext_lazy("remark", "Note"), help_text=_("Needed when it goes on."))


def possible_owners() -> Any:
    """People who manage plans."""
    managers = User.objects.filter(is_active=True, groups__name__in=MANAGERS)
    return managers.distinct().order_by("name", "email")


def possible_choices(plan: MitigationPlan) -> list[tuple[str, str]]:
    """What the status of the supplier leaves."""
    status = plan.supplier.status
    found = {possible_proposal(status, wanted) for wanted in MitigationProposal.values}
    return [(code, str(label)) for code, label in MitigationProposal.choices if code in found]


def open_conditions(plan: MitigationPlan) -> str:
    """The open measures of the supplier, a line each."""
    waiting = plan.measures.exclude(state__in=SETTLED).exclude(kind__in=OURS)
    lines = [measure_words(one) for one in waiting.select_related("smelter")]
    return "\n".join(lines)


def last_reason(plan: MitigationPlan) -> str:
    step = plan.steps.filter(code="proposed").order_by("-pk").first()
    if step is None or not step.reason:
        return ""
    return step.reason if step.actor_id else _now(step.reason)
