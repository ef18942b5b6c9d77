"""One database for one part of the bench of surveys."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benches.surveys_fill import campaign_over, fill_in_scope, runner, take_part  # noqa: E402
from benches.surveys_uploads import measure_uploads  # noqa: E402
from core.models import Mail, MailState  # noqa: E402
from core.services.mail_delivery import deliver_mails  # noqa: E402
from core.services.outbox import pack_due_letters  # noqa: E402
from surveys.selectors.scope import scope_preview  # noqa: E402
from surveys.services.starting import start_campaign  # noqa: E402

ROUNDS = 5


def measure_scope(count: int = 50_000) -> None:
    fill_in_scope(count)
    campaign = campaign_over(runner(), scope_method="coverage")
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        found = scope_preview(campaign)
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as captured:
        scope_preview(campaign)
    scope = found.scope
    print(f"Scope over {count:,} suppliers: {len(scope.included):,} reach {scope.coverage:.1%}")
    print(f"  computed                       {min(times):8.2f} s    limit 2 s")
    print(f"  queries                        {len(captured):8}")


def measure_invitations(count: int = 1_505) -> None:
    fill_in_scope(count)
    person = runner()
    campaign = campaign_over(person)
    start = time.perf_counter()
    start_campaign(person, campaign.pk)
    started = time.perf_counter()
    pack_due_letters()
    packed = time.perf_counter()
    while deliver_mails():
        pass
    sent = time.perf_counter()
    assert Mail.objects.filter(state=MailState.SENT).count() == count
    print(f"{count:,} invitations")
    print(f"  start, scope frozen, queued    {started - start:8.1f} s")
    print(f"  packed and rendered            {packed - started:8.1f} s")
    print(f"  handed over (mail folder)      {sent - packed:8.1f} s")
    print(f"  together                       {sent - start:8.1f} s    limit 60 s")


def measure_board(few: int = 1_505, many: int = 15_000) -> None:
    person = runner()
    fill_in_scope(few)
    campaign = start_campaign(person, campaign_over(person).pk)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    pages = {
        "board": f"/surveys/{campaign.pk}/",
        "board, by buyer": f"/surveys/{campaign.pk}/?by=buyer",
        "board, overdue": f"/surveys/{campaign.pk}/?stage=overdue",
        "participant": f"/surveys/participants/{campaign.participants.order_by('pk')[0].pk}/",
    }
    small = {name: _asked(client, url) for name, url in pages.items()}
    take_part(campaign, fill_in_scope(many - few))
    large = {name: _asked(client, url) for name, url in pages.items()}
    print(f"Board: server time and queries, {few:,} : {many:,} participants")
    for name, (seconds, queries) in large.items():
        before, asked = small[name]
        print(
            f"  {name:<20} {before * 1000:6.0f} ms : {seconds * 1000:6.0f} ms  "
            f"{seconds / before:5.2f}x   {asked} : {queries} queries"
        )


def _asked(client: Client, url: str) -> tuple[float, int]:
    assert client.get(url).status_code == 200
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(url)
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return min(times), len(captured)


PARTS: dict[str, Callable[[], None]] = {
    "scope": measure_scope,
    "invitations": measure_invitations,
    "board": measure_board,
    "uploads": measure_uploads,
}

if __name__ == "__main__":
    PARTS[sys.argv[1]]()
