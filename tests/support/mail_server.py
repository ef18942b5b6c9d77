"""A mail server of our own on the loopback: takes mails, refuses some, is slow, breaks off."""

from __future__ import annotations

import email
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message


@dataclass
class MailServer:
    """``answer`` gives the code for an address (250: taken); ``delay``: seconds before each mail is
    taken; ``break_after``: how many mails are taken before every connection is cut, None: never."""

    answer: Callable[[str], int] = lambda _address: 250
    delay: float = 0
    break_after: int | None = None
    taken: list[tuple[str, str]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    def take(self, address: str, content: bytes) -> None:
        message = email.message_from_bytes(content)
        with self.lock:
            self.taken.append((address, str(message["Message-ID"])))
            self.messages.append(message)

    def is_broken(self) -> bool:
        return self.break_after is not None and len(self.taken) >= self.break_after


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        desk = self.server.desk
        if desk.is_broken():
            return
        self.say("220 test")
        address = ""
        while line := self.rfile.readline():
            if desk.is_broken():
                return
            words = line.decode("utf-8", "replace").strip()
            verb = words.split(" ")[0].upper()
            if verb in ("EHLO", "HELO"):
                self.say("250 test")
            elif verb == "RCPT":
                address = words.partition("<")[2].partition(">")[0]
                code = desk.answer(address)
                self.say(f"{code} {'ok' if code == 250 else 'no such mailbox'}")
            elif verb == "DATA":
                self.say("354 go on")
                content = self.content()
                time.sleep(desk.delay)
                desk.take(address, content)
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    desk: MailServer


@contextmanager
def mail_server(**facts: object) -> Iterator[MailServer]:
    desk = MailServer(**facts)  # type: ignore[arg-type]
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.desk = desk
        desk.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join(timeout=5)
