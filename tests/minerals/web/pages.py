"""Asking for pages and page parts."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse


def page(client: Client, name: str, *args: Any, query: str = "", status: int = 200) -> str:
    """The text of a page; fails on another status."""
    response = client.get(f"{reverse(f'minerals:{name}', args=args)}{query}")
    assert response.status_code == status, response.status_code
    return response.content.decode()


def part(client: Client, name: str, *args: Any, target: str, query: str = "") -> str:
    """What htmx gets for the element ``target``."""
    response = client.get(
        f"{reverse(f'minerals:{name}', args=args)}{query}",
        headers={"HX-Request": "true", "HX-Target": target},
    )
    assert response.status_code == 200
    return response.content.decode()


def in_order(text: str, *pieces: str) -> bool:
    """Do the pieces stand in the text one after the other?"""
    place = -1
    for piece in pieces:
        place = text.find(piece, place + 1)
        if place < 0:
            return False
    return True
