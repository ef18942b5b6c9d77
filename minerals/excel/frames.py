"""The language between the reader process and the process that asks: counted JSON.

A frame is four bytes of length, one byte of kind, and the JSON text in UTF-8.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Literal

HEADER = struct.Struct(">Ic")
Kind = Literal[b"Q", b"D", b"E"]
QUESTION: Kind = b"Q"
DECLARATION: Kind = b"D"
ERROR: Kind = b"E"


def pack(kind: Kind, payload: object) -> bytes:
    """One whole frame."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    body = text.encode("utf-8", "surrogatepass")
    return HEADER.pack(len(body), kind) + body


def unpack(body: bytes) -> Any:
    """The payload of a frame; ValueError when it is not JSON."""
    return json.loads(body.decode("utf-8", "surrogatepass"))
