"""``manage.py install_template FILE``: an official template becomes the reference list."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from minerals.services.templates import install_template


class Command(BaseCommand):
    help = "Installs a blank official template; installing the same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in options["files"]:
            failed += not self._install(path)
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files were not installed.")

    def _install(self, path: Path) -> bool:
        if not path.is_file():
            self.stderr.write(f"{path}: there is no such file.")
            return False
        try:
            installed = install_template(None, path, path.name)
        except DomainError as error:
            self.stderr.write(f"{path.name}: {error.message}")
            return False
        snapshot = installed.snapshot
        what = "installed" if installed.created else "was installed before, nothing changed"
        self.stdout.write(
            f"{path.name}: {snapshot} {what}; {snapshot.row_count} look-up rows, "
            f"{snapshot.smelter_count} smelters."
        )
        return True
