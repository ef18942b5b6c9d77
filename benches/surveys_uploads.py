"""Twenty suppliers upload at the same moment to a running portal; others look at pages."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from benches.surveys_fill import campaign_over, fill_in_scope, runner
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration
from surveys.models import AccessLink
from surveys.services.links import token_of
from surveys.services.starting import start_campaign

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINE = "----bench-of-uploads"


def measure_uploads(uploads: int = 20) -> None:
    fill_in_scope(300)
    person = runner()
    campaign = start_campaign(person, campaign_over(person).pk)
    links = [f"/answer/{token_of(one)}/" for one in AccessLink.objects.order_by("pk")[:uploads]]
    contents = [_workbook(number) for number in range(uploads)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "DEMO_MODE": "0"}
    portal = subprocess.Popen(
        [sys.executable, "manage.py", "portal"],
        cwd=ROOT, env=child, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_until_up(port)
        session = _session_of(person)
        pages = [links[-1], f"/surveys/{campaign.pk}/", "/surveys/"]
        for page in pages * 2:
            _get(port, page, session)
        _measure(port, links, contents, pages, session)
    finally:
        os.killpg(portal.pid, signal.SIGTERM)
        portal.wait(timeout=30)


def _measure(
    port: int, links: list[str], contents: list[bytes], pages: list[str], session: str
) -> None:
    forms = [_form_of(port, link) for link in links]
    done, seen = Event(), []

    def look() -> None:
        while not done.is_set():
            for page in pages:
                start = time.perf_counter()
                _get(port, page, session)
                seen.append(time.perf_counter() - start)

    with ThreadPoolExecutor(len(links) + 2) as pool:
        lookers = [pool.submit(look) for _number in range(2)]
        start = time.perf_counter()
        posted = [
            pool.submit(_upload, port, link, form, content)
            for link, form, content in zip(links, forms, contents, strict=True)
        ]
        for one in posted:
            one.result()
        taken = time.perf_counter() - start
        while Declaration.everything.exclude(judged_at=None).count() < len(links):
            if time.perf_counter() - start > 120:
                raise SystemExit("not judged within two minutes")
            time.sleep(0.05)
        judged = time.perf_counter() - start
        done.set()
        for looker in lookers:
            looker.result()
    late = statistics.quantiles(seen, n=20)[-1]
    print(f"{len(links)} suppliers upload at the same moment, two people look at pages")
    print(f"  all taken in                   {taken:8.1f} s")
    print(f"  all judged                     {judged:8.1f} s    limit 10 s")
    middle = statistics.median(seen)
    print(
        f"  {len(seen):,} pages, median : p95      {middle * 1000:5.0f} ms : {late * 1000:5.0f} ms"
        "    limit 500 ms"
    )


def _workbook(number: int) -> bytes:
    content = complete_answers("cmrt_6.5")
    content["company"]["company_name"] = f"Company {number:06}"
    return build_workbook(**content)


def _session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def _wait_until_up(port: int) -> None:
    for _time in range(200):
        try:
            if _get(port, "/healthz", "")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the portal does not come up")


def _get(port: int, path: str, cookie: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    given = answer.headers.get_all("Set-Cookie") or []
    connection.close()
    if answer.status >= 400:
        raise SystemExit(f"{path}: {answer.status}")
    return answer.status, text, "; ".join(one.split(";")[0] for one in given)


def _form_of(port: int, link: str) -> tuple[str, str]:
    _status, text, cookies = _get(port, link, "")
    found = TOKEN.search(text)
    assert found is not None
    return found[1], cookies


def _upload(port: int, link: str, form: tuple[str, str], content: bytes) -> None:
    token, cookies = form
    parts = [
        f"--{LINE}\r\nContent-Disposition: form-data; "
        f'name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n',
        f'--{LINE}\r\nContent-Disposition: form-data; name="files"; filename="cmrt.xlsx"\r\n\r\n',
    ]
    body = "".join(parts).encode() + content + f"\r\n--{LINE}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={LINE}"}
    connection.request("POST", f"{link}upload/", body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 302 or "/files/" not in (answer.headers["Location"] or ""):
        raise SystemExit(f"upload refused: {answer.status} {answer.headers['Location']}")
