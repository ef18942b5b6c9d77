"""Smelter lists by the API: the same services and codes as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from minerals.excel.sample_list import xml_list
from minerals.models import SmelterList
from tests.minerals.lists.files import FIRST, SECOND, imported, line, read, worked_off

pytestmark = pytest.mark.django_db
ROWS = [line(f"CID90000{number}") for number in range(1, 6)]


@pytest.fixture
def client(sign_in: Callable[[User], Client], csr_specialist: User) -> Client:
    return sign_in(csr_specialist)


def ask(client: Client, name: str, *args: Any, query: str = "") -> Any:
    response = client.get(reverse(f"api-{name}", args=args) + query)
    assert response.status_code == 200
    return response.json()


def send(client: Client, route: str, key: int, answer: int, /, **data: Any) -> Any:
    address = reverse(f"api-{route}", args=[key])
    response = client.post(address, data, content_type="application/json")
    assert response.status_code == answer, response.content
    return response.json() if answer < 400 else response.json()["error"]


def test_upload_look_confirm(client: Client) -> None:
    file = SimpleUploadedFile("rmap.xml", xml_list([*ROWS, line("CID9")]))
    data = {"file": file, "source": "rmap", "listed_on": FIRST.isoformat()}
    response = client.post(reverse("api-smelter-list-list"), data)
    assert response.status_code == 202
    key = response.json()["id"]
    assert (response.json()["state"], response.json()["job"]["open"]) == ("reading", True)
    worked_off(SmelterList.objects.get(pk=key))
    shown = ask(client, "smelter-list-detail", key)
    assert (shown["state"], shown["row_count"], shown["columns"]["cid"]) == ("ready", 5, 0)
    [problem] = ask(client, "smelter-list-problems", key)["results"]
    assert (problem["code"], problem["cell"], problem["effect"]) == (
        "id_malformed",
        "A7",
        "left_out",
    )
    assert send(client, "smelter-list-confirm", key, 200)["state"] == "in_force"
    entries = ask(client, "smelter-list-entries", key, query="?search=CID900002")
    assert [entry["status"] for entry in entries["results"]] == ["conformant"]
    assert ask(client, "smelter-list-list", query="?source=rmap")["count"] == 1


def test_a_held_list_needs_a_word(client: Client, csr_specialist: User) -> None:
    imported(csr_specialist, ROWS)
    found = read(csr_specialist, ROWS[:2], SECOND)
    refused = send(client, "smelter-list-confirm", found.pk, 409)
    assert refused["code"] == "list_held"
    assert ask(client, "smelter-list-detail", found.pk)["reasons"] != []
    gone = ask(client, "smelter-list-changes", found.pk, query="?kind=gone")
    assert gone["count"] == 3
    assert gone["results"][0]["status_before"] == "conformant"
    send(client, "smelter-list-confirm", found.pk, 200, knowing=True)


def test_columns_and_discarding(client: Client, csr_specialist: User) -> None:
    found = read(csr_specialist, b"Key,Title,Finding\nCID900001,W,Active\n", name="a.csv")
    assert ask(client, "smelter-list-detail", found.pk)["headings"] == ["Key", "Title", "Finding"]
    refused = send(client, "smelter-list-columns", found.pk, 400, name=1)
    assert refused["code"] == "list_column_needed"
    send(client, "smelter-list-columns", found.pk, 202, cid=0, name=1, status=2)
    worked_off(found)
    assert found.row_count == 1
    assert send(client, "smelter-list-discard", found.pk, 200)["state"] == "discarded"
    assert send(client, "smelter-list-discard", found.pk, 409)["code"] == ("smelter_list_state")


def test_status_words(client: Client, csr_specialist: User) -> None:
    imported(csr_specialist, [*ROWS, line("CID900006", "Paused")])
    [waiting] = ask(client, "status-word-waiting")["results"]
    assert waiting == {"text": "Paused", "entries": 1, "lists": 1}
    address = reverse("api-status-word-list")
    body = {"text": "Paused", "status": "active"}
    assert client.post(address, body, content_type="application/json").status_code == 201
    assert ask(client, "status-word-waiting")["results"] == []
    assert ask(client, "status-word-list")["results"][0]["status"] == "active"
