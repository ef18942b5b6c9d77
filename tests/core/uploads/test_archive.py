"""ZIPs of workbooks: every member by itself, a bad one never stops the rest."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from core.uploads import (
    ArchiveMember,
    RejectedMember,
    UploadLimits,
    UploadRejected,
    expand_archive,
)
from tests.workbooks import hostile

LIMITS = UploadLimits()
GOOD = hostile.good_bytes()


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def outcome(members: tuple[ArchiveMember | RejectedMember, ...]) -> list[tuple[str, str]]:
    return [
        (member.name, member.facts.kind if isinstance(member, ArchiveMember) else member.code)
        for member in members
    ]


def test_bad_members_never_stop_the_good_ones(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(
        tmp_path / "many.zip",
        [
            ("__MACOSX/._a.xlsx", b"fork"),
            (".DS_Store", b"x"),
            ("sub/", b""),
            ("~$a.xlsx", b"lock"),
            ("../../evil.xlsx", GOOD),
            ("/absolute.xlsx", GOOD),
            ("C:\\drive.xlsx", GOOD),
            ("picture.xlsx", hostile.PNG),
            ("empty.xlsx", b""),
            ("inner.zip", hostile.zip_bytes({"a.xlsx": GOOD})),
            ("sub/good.xlsx", GOOD),
            ("readme.txt", b"hello"),
            ("last.xlsx", GOOD),
        ],
    )
    members = expand_archive(archive, LIMITS, into)
    assert outcome(members) == [
        ("../../evil.xlsx", "path_traversal"),
        ("/absolute.xlsx", "path_traversal"),
        ("C:/drive.xlsx", "path_traversal"),
        ("picture.xlsx", "not_a_spreadsheet"),
        ("empty.xlsx", "empty_file"),
        ("inner.zip", "nested_archive"),
        ("sub/good.xlsx", "xlsx"),
        ("readme.txt", "not_a_spreadsheet"),
        ("last.xlsx", "xlsx"),
    ]
    good = [member for member in members if isinstance(member, ArchiveMember)]
    assert [member.filename for member in good] == ["good.xlsx", "last.xlsx"]
    assert [member.path.read_bytes() == GOOD for member in good] == [True, True]
    assert sorted(into.iterdir()) == [member.path for member in good]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["into", "many.zip"]


def test_the_second_of_two_equal_names_is_refused(tmp_path: Path, into: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = hostile.archive_of(tmp_path / "z", [("a.xlsx", GOOD), ("a.xlsx", GOOD)])
    members = expand_archive(archive, LIMITS, into)
    assert outcome(members) == [("a.xlsx", "xlsx"), ("a.xlsx", "duplicate_member")]
    assert isinstance(members[1], RejectedMember)
    assert members[1].params == {"part": "a.xlsx"}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("江西亮锡.xlsx".encode("gbk"), "江西亮锡.xlsx"),
        ("东莞\u9555铜.xlsx".encode("gbk"), "东莞\u9555铜.xlsx"),
        ("亮錫公司報告.xlsx".encode("gbk"), "亮錫公司報告.xlsx"),
        ("亮锡.xlsx".encode(), "亮锡.xlsx"),
        ("Müller.xlsx".encode("cp437"), "Müller.xlsx"),
        (b"plain.xlsx", "plain.xlsx"),
    ],
)
def test_names_are_decoded_as_their_sender_meant_them(
    tmp_path: Path, into: Path, raw: bytes, name: str
) -> None:
    archive = hostile.archive_with_raw_name(tmp_path / "z", raw, GOOD)
    assert outcome(expand_archive(archive, LIMITS, into)) == [(name, "xlsx")]


def test_names_with_the_utf8_flag(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(tmp_path / "z", [("亮锡/报告.xlsx", GOOD)])
    assert outcome(expand_archive(archive, LIMITS, into)) == [("亮锡/报告.xlsx", "xlsx")]


def test_control_characters_leave_the_name(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(tmp_path / "z", [("a\x1b[31m\u202excod.xlsx", GOOD)])
    assert outcome(expand_archive(archive, LIMITS, into)) == [("a[31mxcod.xlsx", "xlsx")]


def test_thousand_members_are_refused_as_a_whole(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(tmp_path / "z", [(f"{n}.xlsx", b"x") for n in range(1000)])
    with pytest.raises(UploadRejected) as caught:
        expand_archive(archive, LIMITS, into)
    assert caught.value.code == "too_many_members"
    assert caught.value.params == {"count": "1000", "limit": "200"}
    assert list(into.iterdir()) == []


def test_member_over_the_size_limit(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(tmp_path / "z", [("big.xlsx", bytes(2 * 1024 * 1024))])
    limits = UploadLimits(max_file_bytes=1024 * 1024)
    (member,) = expand_archive(archive, limits, into)
    assert member == RejectedMember("big.xlsx", "file_too_large", {"size": "2", "limit": "1"})


def test_member_that_unpacks_to_more_than_it_says(tmp_path: Path, into: Path) -> None:
    archive = tmp_path / "z"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as output:
        output.writestr("a.xlsx", bytes(5_000_001))
        output.writestr("good.xlsx", GOOD)
    lying = archive.read_bytes().replace((5_000_001).to_bytes(4, "little"), b"\x00\x20\x00\x00")
    archive.write_bytes(lying)
    members = expand_archive(archive, LIMITS, into)
    assert outcome(members) == [("a.xlsx", "zip_bomb"), ("good.xlsx", "xlsx")]
    assert [path.name for path in into.iterdir()] == ["00002"]


def test_damaged_member(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(tmp_path / "z", [("a.xlsx", GOOD), ("b.xlsx", GOOD)])
    content = bytearray(archive.read_bytes())
    content[200] ^= 0xFF
    archive.write_bytes(bytes(content))
    members = expand_archive(archive, LIMITS, into)
    assert outcome(members) == [("a.xlsx", "damaged_archive"), ("b.xlsx", "xlsx")]


def test_room_for_all_members_together(tmp_path: Path, into: Path) -> None:
    archive = hostile.archive_of(tmp_path / "z", [("a.xlsx", GOOD), ("b.xlsx", GOOD)])
    limits = UploadLimits(max_archive_expanded=len(GOOD) + 10)
    members = expand_archive(archive, limits, into)
    assert outcome(members) == [("a.xlsx", "xlsx"), ("b.xlsx", "zip_bomb")]
