"""A yearly survey that runs, and last year's, over the invented suppliers. Demo mode only.

Rows are moved into the past, which the services, rightly, do not allow; what they say is what
weeks of a survey would have left behind. Some invitations are left for the scheduler to send.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.db import transaction

from accounts.models import User
from core import clock
from core.models import Letter, LetterState, Mail, MailState
from minerals.enums import DeclarationStatus
from minerals.excel.sample import build_workbook
from minerals.models import Declaration
from minerals.services.review import take_step
from portal.demo.files import DemoFile, demo_content, hand_in
from portal.demo.reviews import ask_about
from suppliers.models import Supplier
from surveys.enums import CampaignState, MessageKind, Stage
from surveys.models import Campaign, FrozenScope, Participant, SurveyMessage, SurveyStep
from surveys.selectors.mails import letters_of
from surveys.services.campaigns import CampaignInput, create_campaign
from surveys.services.starting import add_supplier, start_campaign

SEED = 11
OWN = "DEMO-001"
RATES = {"USD": "7.1", "EUR": "7.8", "JPY": "0.048", "KRW": "0.0052", "TWD": "0.22", "HKD": "0.91"}
STARTED_AGO, DUE_IN = 36, 9
ANSWERED, REVIEWED, FAULTY = 12, 7, 3
# Fresh invitations that the scheduler sends as soon as it runs.
LEFT_TO_SEND = 5
BOUNCED = "550 5.1.1 No such user here (demo)"


def load_surveys() -> bool:
    """Once. True when anything was written."""
    people = {one.email: one for one in User.objects.filter(email__endswith="@demo.example")}
    specialist, buyer = people.get("csr@demo.example"), people.get("buyer@demo.example")
    if specialist is None or buyer is None or Campaign.objects.exists():
        return False
    random = Random(SEED)  # noqa: S311 - invented data, the same every time
    campaign = _start(specialist, people.get("admin@demo.example"))
    if campaign is None:
        return False
    with transaction.atomic():
        _move_into_the_past(campaign)
        _Story(random, campaign, specialist, buyer).tell()
        _last_year(random, campaign)
    _answers(campaign, specialist)
    return True


def _start(specialist: User, manager: User | None) -> Campaign | None:
    # What the demo contact sent before does not answer this survey.
    Declaration.objects.filter(supplier__code=OWN).update(
        received_at=clock.now() - dt.timedelta(days=2 * STARTED_AGO)
    )
    today = clock.today()
    made = create_campaign(
        specialist,
        CampaignInput(
            name=f"Minerals survey {today.year} (demo)",
            year=today.year,
            counts_from=today,
            due_on=today + dt.timedelta(days=DUE_IN),
            forms=[("CMRT", "6.4"), ("EMRT", "")],
            contact_person=specialist,
            manager=manager,
            spend_year=today.year - 1,
            share=Decimal(95),
            rates=RATES,
        ),
    )
    started = start_campaign(specialist, made.pk)
    own = Supplier.objects.filter(code=OWN).first()
    if own is not None and not started.participants.filter(supplier=own).exists():
        add_supplier(specialist, started.pk, own.pk, "New supplier, asked with the others (demo)")
    Campaign.objects.filter(pk=started.pk).update(is_demo=True)
    return started


def _move_into_the_past(campaign: Campaign) -> None:
    today = clock.today()
    begun = today - dt.timedelta(days=STARTED_AGO)
    Campaign.objects.filter(pk=campaign.pk).update(counts_from=begun, started_on=begun)
    campaign.participants.exclude(supplier__code=OWN).update(asked_on=begun)
    campaign.refresh_from_db()


class _Story:
    """What happened to the suppliers that have not answered."""

    def __init__(self, random: Random, campaign: Campaign, specialist: User, buyer: User) -> None:
        self.random, self.campaign = random, campaign
        self.specialist, self.buyer = specialist, buyer
        self.today = clock.today()
        asked = campaign.participants.exclude(supplier__code=OWN).exclude(contact=None)
        self.rest = list(asked.select_related("supplier", "contact").order_by("pk"))
        random.shuffle(self.rest)

    def tell(self) -> None:
        self._mails()
        waiting = self.rest[ANSWERED:]
        for one in waiting:
            self._reminded(one, "reminder_1", 22)
            self._reminded(one, "reminder_2", 8)
        for one in waiting[:6]:
            Participant.objects.filter(pk=one.pk).update(opened_at=self._ago(20))
        for one in waiting[6:9]:
            Participant.objects.filter(pk=one.pk).update(
                opened_at=self._ago(15), started_at=self._ago(14)
            )
        self._said(waiting[9:14])
        self._overdue(waiting[14:18])
        if len(waiting) > 20:
            self._came_back(waiting[18])
            Participant.objects.filter(pk=waiting[19].pk).update(contact=None)
            Participant.objects.filter(pk=waiting[20].pk).update(
                excluded_at=self._ago(10), exclude_reason="Sold its plating business (demo)"
            )

    def _ago(self, days: int) -> dt.datetime:
        return clock.now() - dt.timedelta(days=days, hours=self.random.randint(0, 5))

    def _mails(self) -> None:
        """The invitations of weeks ago were sent; a few of today wait for the scheduler."""
        fresh = {one.pk for one in self.rest[-LEFT_TO_SEND:]}
        own = self.campaign.participants.filter(supplier__code=OWN).values_list("pk", flat=True)
        for letter in letters_of(self.campaign).filter(state=LetterState.WAITING):
            if int(letter.subject_id) in fresh or int(letter.subject_id) in own:
                continue
            sent = Mail.objects.create(
                address=letter.address,
                language=letter.language,
                title=f"Minerals report {self.campaign.year} (demo)",
                state=MailState.SENT,
                sent_at=self._ago(STARTED_AGO),
            )
            Mail.objects.filter(pk=sent.pk).update(created_at=sent.sent_at)
            Letter.objects.filter(pk=letter.pk).update(
                state=LetterState.PACKED, mail=sent, created_at=sent.sent_at
            )

    def _reminded(self, one: Participant, code: str, days: int) -> None:
        on = self.today - dt.timedelta(days=days)
        SurveyStep.objects.create(participant=one, code=code, on=on)

    def _said(self, some: list[Participant]) -> None:
        texts = (
            (MessageKind.QUESTION, "Which version of the form do you need? (demo)", ""),
            (MessageKind.COLLEAGUE, "", "Chen Hua (demo) <chen.hua@demo.example>"),
            (MessageKind.DECLINED, "We deliver software only. (demo)", ""),
            (MessageKind.DECLINED, "We do not share data of our suppliers. (demo)", ""),
            (MessageKind.QUESTION, "我们的一家冶炼厂还没有回复，可以晚一周提交吗？（演示）", ""),
        )
        for one, (kind, text, other) in zip(some, texts, strict=False):
            said = SurveyMessage.objects.create(
                participant=one, kind=kind, text=text, other=other, said_by=str(one.contact)
            )
            SurveyMessage.objects.filter(pk=said.pk).update(said_at=self._ago(3))
            if kind == MessageKind.DECLINED:
                Participant.objects.filter(pk=one.pk).update(
                    declined_at=self._ago(3), decline_reason=text
                )

    def _overdue(self, some: list[Participant]) -> None:
        """Asked earlier than the others; reminders did not help."""
        for one, days in zip(some, (5, 12, 12, 19), strict=False):
            due_on = self.today - dt.timedelta(days=days)
            Participant.objects.filter(pk=one.pk).update(due_on=due_on, owner=self.buyer)
            for code, after in (("due", 0), ("backup", 3), ("buyer", 10), ("manager", 17)):
                if after <= days:
                    self._reminded(one, code, days - after)

    def _came_back(self, one: Participant) -> None:
        letters = letters_of(self.campaign).filter(subject_id=str(one.pk)).exclude(mail=None)
        mails = letters.values_list("mail", flat=True)
        Mail.objects.filter(pk__in=list(mails)).update(state=MailState.BOUNCED, problem=BOUNCED)


def _answers(campaign: Campaign, specialist: User) -> None:
    """Real files, judged by the real rules: complete ones, faulty ones, questions about one."""
    random = Random(SEED)  # noqa: S311 - invented data, the same every time
    quiet = campaign.participants.filter(
        opened_at=None, declined_at=None, excluded_at=None, steps=None
    ).exclude(supplier__code=OWN)
    chosen = list(quiet.select_related("supplier").order_by("pk")[:ANSWERED])
    reviewed = 0
    with TemporaryDirectory() as folder:
        for place, one in enumerate(chosen):
            _hand_in(Path(folder), one, faulty=place >= ANSWERED - FAULTY)
            done = Declaration.objects.filter(supplier=one.supplier_id, family="CMRT")
            found = done.exclude(status=DeclarationStatus.SUPERSEDED).order_by("-pk").first()
            if found is None:
                continue
            if reviewed < REVIEWED and found.status == DeclarationStatus.STRUCTURALLY_VALID:
                take_step(specialist, found.pk, "accept")
                reviewed += 1
            elif found.status == DeclarationStatus.NEEDS_CORRECTION and place == ANSWERED - 1:
                ask_about(specialist, found)
            ago = random.randint(1, STARTED_AGO - 3)
            at = clock.now() - dt.timedelta(days=ago)
            Declaration.objects.filter(supplier=one.supplier_id, pk__gte=found.pk - 1).update(
                received_at=at
            )
            Participant.objects.filter(pk=one.pk).update(opened_at=at, started_at=at)


def _hand_in(folder: Path, one: Participant, *, faulty: bool) -> None:
    supplier = one.supplier
    for form in one.forms.all():
        layout = {"CMRT": "cmrt_6.5", "EMRT": "emrt_2.1"}.get(form.family)
        if layout is None:
            continue
        content = demo_content(supplier.name, layout)
        if faulty and form.family == "CMRT":
            content["answers"][("Q1", "Tungsten")] = "No"
            content["company"]["contact_email"] = ""
        name = f"{supplier.code} {form.family} (demo).xlsx"
        hand_in(folder, DemoFile(supplier.code, name, build_workbook(layout, **content)))


def _last_year(random: Random, campaign: Campaign) -> None:
    """Closed, with its result: what this year is compared with."""
    assert campaign.started_on is not None
    begun = campaign.started_on - dt.timedelta(days=365)
    old = Campaign.objects.create(
        name=f"Minerals survey {campaign.year - 1} (demo)",
        year=campaign.year - 1,
        counts_from=begun,
        due_on=begun + dt.timedelta(days=45),
        contact_person=campaign.contact_person,
        spend_year=campaign.spend_year - 1,
        rates=campaign.rates,
        state=CampaignState.CLOSED,
        started_on=begun,
        closed_on=begun + dt.timedelta(days=90),
        scope_count=campaign.scope_count,
        scope_spend=campaign.scope_spend,
        asked_spend=campaign.asked_spend,
        is_demo=True,
    )
    old.forms.create(family="CMRT")
    shares = ((Stage.ACCEPTED, 62), (Stage.VALID, 16), (Stage.SUBMITTED, 6), (Stage.OPENED, 8),
              (Stage.DECLINED, 4), (Stage.ASKED, 4))  # fmt: skip
    stages, weights = [one for one, _share in shares], [share for _one, share in shares]
    kept = []
    for one in campaign.participants.select_related("supplier"):
        stage = random.choices(stages, weights)[0]
        answered = stage in (Stage.ACCEPTED, Stage.VALID, Stage.SUBMITTED)
        day = begun + dt.timedelta(days=min(88, int(random.triangular(2, 88, 40))))
        kept.append(
            Participant(
                campaign=old,
                supplier=one.supplier,
                owner_id=one.owner_id,
                contact_id=one.contact_id,
                asked_on=begun,
                due_on=old.due_on,
                final_stage=stage,
                received_on=day if answered else None,
            )
        )
    Participant.objects.bulk_create(kept)
    FrozenScope.objects.bulk_create(
        FrozenScope(
            campaign=old, supplier_id=row.supplier_id, rank=row.rank, spend=row.spend,
            is_included=row.is_included, reasons=row.reasons,
        )
        for row in campaign.scope.all()
    )  # fmt: skip
