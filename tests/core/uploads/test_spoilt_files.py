"""Files spoilt at random: always a clear answer, never another exception."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.uploads import UploadLimits, UploadRejected, expand_archive, inspect_upload
from tests.workbooks import hostile

LIMITS = UploadLimits()


def spoilt(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 20])):
        changed[chance.randrange(len(changed))] = chance.choice([0, 255, chance.randrange(256)])
    end = chance.randrange(1, len(changed)) if chance.random() < 0.1 else len(changed)
    return bytes(changed[:end])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_guard_and_archive_withstand_spoilt_files(tmp_path: Path) -> None:
    chance = random.Random(7)
    originals = [
        hostile.macro_workbook(tmp_path / "a").read_bytes(),
        hostile.encrypted_xlsx(tmp_path / "b").read_bytes(),
        hostile.protected_xls(tmp_path / "c").read_bytes(),
        hostile.zip_bytes({"a.xlsx": hostile.good_bytes(), "b.xls": b"x"}),
    ]
    refused = 0
    for number in range(600):
        path = hostile.raw_file(tmp_path / "f", spoilt(chance.choice(originals), chance))
        try:
            facts = inspect_upload(path, "a.zip", LIMITS)
        except UploadRejected:
            refused += 1
            continue
        if facts.kind == "zip":
            into = tmp_path / f"into{number}"
            into.mkdir()
            expand_archive(path, LIMITS, into)
    assert refused > 300


def test_part_in_front_of_the_file(tmp_path: Path) -> None:
    """A directory that starts later than it says puts the first parts before the beginning."""
    content = bytearray(hostile.good_workbook(tmp_path / "f").read_bytes())
    place = content.rindex(b"PK\x05\x06") + 16
    offset = int.from_bytes(content[place : place + 4], "little")
    content[place : place + 4] = (offset + 7).to_bytes(4, "little")
    hostile.raw_file(tmp_path / "f", bytes(content))
    with pytest.raises(UploadRejected) as caught:
        inspect_upload(tmp_path / "f", "a.xlsx", LIMITS)
    assert caught.value.code == "damaged_archive"


def test_part_without_a_name(tmp_path: Path) -> None:
    content = hostile.with_parts(tmp_path / "f", {"Xl/a.bin": b"x"}).read_bytes()
    hostile.raw_file(tmp_path / "f", content.replace(b"Xl/a.bin", b"\0l/a.bin"))
    with pytest.raises(UploadRejected) as caught:
        inspect_upload(tmp_path / "f", "a.xlsx", LIMITS)
    assert caught.value.code == "damaged_archive"
