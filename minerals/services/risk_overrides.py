"""Levels set by people: raised at once; lowered by two people, for a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed
from core.services.activity import record_activity
from core.services.notifications import in_each_language, notify, settle_about
from minerals.enums import RiskLevel
from minerals.models import LevelOverride, RiskRating
from minerals.policies import risk as policies
from minerals.rules.risk.policy import LEVELS
from minerals.selectors.overrides import in_force, override_for, waiting
from minerals.selectors.risk_people import told_to_decide
from minerals.services.rating import rate_supplier
from suppliers.models import Supplier
from suppliers.selectors.recipients import who_see
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.proof import clean_words
from suppliers.services.suppliers import require_alive
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User

# The survey is yearly: then it is looked at again anyhow.
LONGEST = dt.timedelta(days=365)
ASKED = "risk.lowering_asked"


@dataclass(frozen=True, slots=True)
class LevelInput:
    """``level``: ``low``, ``medium`` or ``high``. ``valid_until``: the last day, needed for a
    level below the computed one."""

    level: str
    reason: str = ""
    valid_until: dt.date | None = None


@transaction.atomic
def set_level(actor: User, supplier_id: int, data: LevelInput) -> LevelOverride:
    """Above the computed level it counts at once; below it a second person is asked.

    Errors: supplier_not_found, may_not_report_risk, supplier_merged, risk_not_rated,
    risk_level_unknown, risk_level_as_computed, reason_missing, text_too_long, valid_until_missing,
    valid_until_past, valid_until_too_far, risk_lowering_open_already.
    """
    supplier = supplier_for(actor, supplier_id, locked=True)
    policies.require_report_risk(actor)
    require_alive(supplier)
    computed = _computed_level(supplier)
    if data.level not in RiskLevel.values:
        raise InvalidInput("risk_level_unknown", N_("Choose a level."), field="level")
    if data.level == computed:
        raise InvalidInput(
            "risk_level_as_computed",
            N_("This is the level as it is computed. Choose another one."),
            field="level",
        )
    reason = _words(data.reason, "reason", "reason_missing", N_("Say why."))
    is_lowering = _rank(data.level) < _rank(computed)
    _check_end(data.valid_until, needed=is_lowering)
    override = LevelOverride(
        supplier=supplier,
        level=data.level,
        is_lowering=is_lowering,
        reason=reason,
        valid_until=data.valid_until,
        requested_by=actor,
    )
    return _ask(actor, override) if is_lowering else _raise(actor, override)


def _raise(actor: User, override: LevelOverride) -> LevelOverride:
    _end_others(override.supplier)
    override.decided_by, override.decided_at, override.is_granted = actor, clock.now(), True
    override.save()
    _record(actor, "risk.level_raised", override, override.reason)
    rate_supplier(override.supplier_id)
    return override


def _ask(actor: User, override: LevelOverride) -> LevelOverride:
    supplier = override.supplier
    if waiting().filter(supplier=supplier).exists():
        raise DomainError(
            "risk_lowering_open_already",
            N_("A lower level is asked for already and waits for a decision."),
        )
    override.save()
    _record(actor, "risk.lowering_asked", override, override.reason)
    notify(
        told_to_decide(supplier, actor),
        ASKED,
        N_("%(supplier)s: %(person)s asks to set the risk level to “%(level)s”."),
        _told(actor, override),
        url=_address(override),
        subject=override,
        about=supplier,
        is_urgent=True,
    )
    return override


@transaction.atomic
def decide_lowering(actor: User, override_id: int, *, grant: bool, note: str = "") -> LevelOverride:
    """By a second person. Granted, it counts at once and until its last day.

    Errors: risk_override_not_found, may_not_relieve_risk, own_request, risk_lowering_decided,
    note_missing, text_too_long, period_over.
    """
    override = _held(actor, override_id)
    policies.require_decide_lowering(actor, override)
    _require_open(override)
    words = clean_words(note, "note")
    if not grant and not words:
        raise InvalidInput("note_missing", N_("Say why it is rejected."), field="note")
    if grant and override.valid_until is not None and override.valid_until < clock.today():
        raise DomainError(
            "period_over",
            N_("The last day has passed since this was asked. Reject it and ask again."),
        )
    if grant:
        _end_others(override.supplier)
    override.decided_by, override.decided_at = actor, clock.now()
    override.is_granted, override.decision_note = grant, words
    override.save()
    settle_about(override, ASKED)
    _record(actor, f"risk.lowering_{'granted' if grant else 'rejected'}", override, words)
    _tell_asker(actor, override)
    if grant:
        rate_supplier(override.supplier_id)
    return override


@transaction.atomic
def end_override(actor: User, override_id: int, note: str) -> LevelOverride:
    """The computed level counts again; whoever asked for a lower one takes the request back.

    Errors: risk_override_not_found, may_not_relieve_risk, not_own_request, risk_override_ended,
    note_missing, text_too_long.
    """
    override = _held(actor, override_id)
    is_open = override.decided_at is None
    if is_open and override.requested_by_id != actor.pk:
        raise NotAllowed("not_own_request", N_("Only the person who asked may withdraw this."))
    if not is_open:
        policies.require_relieve_risk(actor)
    if override.ended_at is not None or not (is_open or override.is_granted):
        raise DomainError("risk_override_ended", N_("This has ended already."))
    words = clean_words(note, "note")
    if not is_open:
        words = _words(note, "note", "note_missing", N_("Say why it is over."))
    override.ended_at = clock.now()
    override.save(update_fields=["ended_at"])
    settle_about(override, ASKED)
    verb = "risk.lowering_withdrawn" if is_open else "risk.override_ended"
    _record(actor, verb, override, words)
    if not is_open:
        rate_supplier(override.supplier_id)
    return override


def expire_overrides(day: dt.date) -> int:
    """End what was set until a day before ``day``, and requests whose last day has passed; how
    many. The ratings follow by ``services.rerating.rate_by_time``."""
    over = LevelOverride.objects.filter(ended_at=None, valid_until__lt=day)
    granted_or_open = over.filter(is_granted=True) | over.filter(decided_at=None)
    keys = list(granted_or_open.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        _expire(key)
    return len(keys)


@transaction.atomic
def _expire(override_id: int) -> None:
    rows = LevelOverride.objects.select_for_update(of=("self",)).select_related(
        "supplier", "requested_by"
    )
    override = rows.get(pk=override_id)
    if override.ended_at is not None:
        return
    override.ended_at = clock.now()
    override.save(update_fields=["ended_at"])
    settle_about(override, ASKED)
    _record(None, "risk.override_expired", override, "")
    notify(
        who_see(override.supplier, [override.requested_by]),
        "risk.override_expired",
        N_("%(supplier)s: the risk level “%(level)s” set by people has ended."),
        _told(None, override),
        url=reverse("minerals:risk-supplier", args=[override.supplier_id]),
        subject=override,
        about=override.supplier,
    )


def _computed_level(supplier: Supplier) -> str:
    rating = RiskRating.objects.filter(supplier=supplier, is_current=True).first()
    if rating is None:
        raise DomainError(
            "risk_not_rated", N_("This supplier is not rated yet: there is no level to change.")
        )
    return rating.computed_level


def _check_end(day: dt.date | None, *, needed: bool) -> None:
    if day is None:
        if needed:
            raise InvalidInput(
                "valid_until_missing",
                N_("A level below the computed one needs a last day."),
                field="valid_until",
            )
        return
    if day < clock.today():
        raise InvalidInput("valid_until_past", N_("This day has passed."), field="valid_until")
    if day > clock.today() + LONGEST:
        raise InvalidInput(
            "valid_until_too_far",
            N_("It lasts a year at most; then it is looked at again."),
            field="valid_until",
        )


def _words(text: str, field: str, code: str, missing: str) -> str:
    words = clean_words(text, field)
    if not words:
        raise InvalidInput(code, missing, field=field)
    return words


def _rank(level: str) -> int:
    return LEVELS.index(level)


def _held(actor: User, override_id: int) -> LevelOverride:
    """The supplier is locked first, as by every other writer."""
    found = override_for(actor, override_id)
    supplier = supplier_for(actor, found.supplier_id, locked=True)
    held = override_for(actor, override_id, locked=True)
    held.supplier = supplier
    return held


def _require_open(override: LevelOverride) -> None:
    if override.decided_at is not None or override.ended_at is not None or not override.is_lowering:
        raise DomainError(
            "risk_lowering_decided", N_("This is decided already. Nothing was changed.")
        )


def _end_others(supplier: Supplier) -> None:
    """One at a time: when it ends, the computed level counts, not an older word."""
    in_force(clock.today()).filter(supplier=supplier).update(ended_at=clock.now())


def _record(actor: User | None, verb: str, override: LevelOverride, note: str) -> None:
    record_activity(
        actor,
        verb,
        override.supplier,
        override=override.pk,
        risk_level=override.level,
        note=note,
        until=override.valid_until.isoformat() if override.valid_until else "",
    )


def _told(actor: User | None, override: LevelOverride) -> dict[str, object]:
    return {
        "person": str(actor) if actor else "",
        "supplier": told_name(override.supplier),
        "level": in_each_language(lambda: str(override.get_level_display())),
    }


def _address(override: LevelOverride) -> str:
    return reverse("minerals:risk-override-detail", args=[override.pk])


def _tell_asker(actor: User, override: LevelOverride) -> None:
    words = (
        N_("%(supplier)s: %(person)s set the risk level to “%(level)s” as you asked.")
        if override.is_granted
        else N_("%(supplier)s: %(person)s rejected the lower risk level you asked for.")
    )
    notify(
        who_see(override.supplier, [override.requested_by]),
        "risk.lowering_decided",
        words,
        _told(actor, override),
        url=_address(override),
        subject=override,
        about=override.supplier,
    )
