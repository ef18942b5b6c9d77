"""``manage.py read_bounces FILE…``: reports of undelivered mail, such as a mailbox collects."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import DomainError
from core.services.bounces import read_report


class Command(BaseCommand):
    help = (
        "Record mails that came back. Takes files with one message each, folders of them, or “-”"
        " for one message on standard input, as mail servers hand messages to programs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        known = 0
        for name, content in self._messages(options["paths"]):
            try:
                found = read_report(content)
            except DomainError as error:
                raise CommandError(f"{name}: {error.message}") from error
            known += found
            self.stdout.write(f"{name}: {'recorded' if found else 'nothing to record'}")
        self.stdout.write(f"{known} mails came back.")

    def _messages(self, paths: list[str]) -> list[tuple[str, bytes]]:
        if paths == ["-"]:
            return [("-", sys.stdin.buffer.read())]
        found = []
        for path in map(Path, paths):
            if not path.exists():
                raise CommandError(f"There is no {path}.")
            files = (
                sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
            )
            found += [(one.name, one.read_bytes()) for one in files]
        return found
