"""A mail folder instead of a mail server: one file a mail, and a line on the console."""

from __future__ import annotations

import re
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


class FolderBackend(BaseEmailBackend):
    """Django's way of sending, into ``EMAIL_FILE_PATH``. The file is named by the ``Message-ID``:
    a mail that is handed over again replaces itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> None:
    said = message.message()
    name = UNSAFE.sub("-", str(said["Message-ID"] or uuid.uuid4()).strip("<>"))[:120]
    target = folder / f"{name}.eml"
    unfinished = folder / f".{name}.{uuid.uuid4().hex}"
    unfinished.write_bytes(said.as_bytes())
    unfinished.replace(target)
    sys.stderr.write(f"mail to {', '.join(message.to)}: {message.subject}\n")


def has_mail_folder() -> bool:
    """Shown in the portal: in demo mode only, and only where mails go into the folder."""
    own = f"{FolderBackend.__module__}.{FolderBackend.__qualname__}"
    return bool(settings.DEMO_MODE) and own == settings.EMAIL_BACKEND


def files_of(folder: Path) -> list[Path]:
    """The mails in the folder, the newest first."""
    found: list[tuple[Any, Path]] = [
        (path.stat().st_mtime_ns, path) for path in folder.glob("*.eml") if path.is_file()
    ]
    return [path for _time, path in sorted(found, reverse=True)]
