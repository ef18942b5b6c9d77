"""A state as it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """What ``{% status_badge %}`` takes: one of its tones, the words, an icon."""

    tone: str
    label: str
    icon: str
