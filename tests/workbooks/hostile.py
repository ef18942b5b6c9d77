"""Files nobody should send: every kind the guard and the reader must withstand, made in place.

Each builder writes one file and returns its path. All are small on disk and quick to make.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.workbooks.compound import SECTOR, biff_stream, compound_file
from tests.workbooks.plain import (
    GOOD_CMRT,
    MAIN,
    OFFICE,
    PACKAGE,
    Parts,
    cell_xml,
    content_types,
    override,
    parts_of,
    relations,
    sheet_around,
    sheet_xml,
    write_parts,
    write_workbook,
)

MEGABYTE = 1024 * 1024
DECLARATION_PART = "xl/worksheets/sheet2.xml"
SMELTER_PART = "xl/worksheets/sheet3.xml"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
HTML = b"<html><body><table><tr><td>Company</td></tr></table></body></html>"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(200)


def good_workbook(path: Path) -> Path:
    return write_workbook(path, GOOD_CMRT)


def with_parts(path: Path, changed: Mapping[str, str | bytes]) -> Path:
    """The good workbook with some parts replaced or added."""
    return write_parts(path, parts_of(GOOD_CMRT) | dict(changed))


def raw_file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def truncated(path: Path) -> Path:
    content = good_workbook(path).read_bytes()
    return raw_file(path, content[: len(content) * 2 // 3])


def damaged_directory(path: Path) -> Path:
    """The end record is there, but what it points to is not a directory."""
    content = bytearray(good_workbook(path).read_bytes())
    start = content.index(b"PK\x01\x02")
    content[start : start + 4] = b"XXXX"
    return raw_file(path, bytes(content))


def broken_part(path: Path) -> Path:
    """The compressed data of the last sheet is spoilt in the middle; the directory is fine."""
    content = bytearray(with_parts(path, {"xl/z.bin": bytes(range(256)) * 40}).read_bytes())
    place = content.index(b"xl/z.bin") + 60
    content[place : place + 8] = b"\xff" * 8
    return raw_file(path, bytes(content))


# Encrypted and old workbooks are OLE compound files ([MS-CFB]).


def encrypted_xlsx(path: Path) -> Path:
    return compound_file(path, {"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"x" * 5000})


def protected_xls(path: Path) -> Path:
    """An old workbook whose structure is protected: FILEPASS follows the first record."""
    stream = biff_stream((0x0809, bytes(16)), (0x002F, bytes(54)), (0x0085, bytes(20)))
    return compound_file(path, {"Workbook": stream})


def looping_compound(path: Path) -> Path:
    """A compound file whose directory is a ring."""
    content = bytearray(encrypted_xlsx(path).read_bytes())
    directory = int.from_bytes(content[48:52], "little")
    table_start = (int.from_bytes(content[76:80], "little") + 1) * SECTOR
    struct.pack_into("<I", content, table_start + directory * 4, directory)
    return raw_file(path, bytes(content))


# Macros.

VBA = "application/vnd.ms-office.vbaProject"
MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def macro_workbook(path: Path) -> Path:
    """A .xlsm as Excel writes it: project, signature, and the default type for ``.bin``."""
    parts = parts_of(GOOD_CMRT)
    types = content_types(
        len(GOOD_CMRT),
        f'<Default Extension="bin" ContentType="{VBA}"/>'
        + override("/xl/vbaProjectSignature.bin", "application/vnd.ms-office.vbaProjectSignature"),
    )
    parts["[Content_Types].xml"] = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", MACRO_MAIN
    )
    index = parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(index, str)
    relation = (
        '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/'
        'vbaProject" Target="vbaProject.bin"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = index.replace("</Relat", relation + "</Relat")
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 not really a project"
    parts["xl/vbaProjectSignature.bin"] = b"signature"
    parts["xl/_rels/vbaProject.bin.rels"] = relations([("vbaProjectSignature", "x.bin")])
    parts["xl/printerSettings/printerSettings1.bin"] = b"paper"
    return write_parts(path, parts)


def macro_sheet_workbook(path: Path) -> Path:
    """A workbook whose last sheet is an Excel 4 macro sheet."""
    sheets = {**GOOD_CMRT, "Macro1": {"A1": "=HALT()"}}
    parts = parts_of(sheets)
    number = len(sheets)
    old, new = f"worksheets/sheet{number}.xml", "macrosheets/sheet1.xml"
    parts[f"xl/{new}"] = parts.pop(f"xl/{old}")
    types, index = parts["[Content_Types].xml"], parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(types, str)
    assert isinstance(index, str)
    parts["[Content_Types].xml"] = types.replace(
        override(
            f"/xl/{old}",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
        ),
        override(f"/xl/{new}", "application/vnd.ms-excel.macrosheet+xml"),
    )
    parts["xl/_rels/workbook.xml.rels"] = index.replace(
        f'Type="{OFFICE}/worksheet" Target="{old}"',
        'Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"'
        f' Target="{new}"',
    )
    return write_parts(path, parts)


# Bombs.


def bomb(path: Path, size: int = 300 * MEGABYTE) -> Path:
    """One sheet that honestly says it unpacks to ``size`` bytes of zeros."""
    return _with_streamed_part(
        path, SMELTER_PART, (bytes(MEGABYTE) for _ in range(size // MEGABYTE))
    )


def lying_bomb(path: Path, size: int = 300 * MEGABYTE) -> Path:
    """The same, but the directory and the header in front of the part both say 1,000 bytes."""
    content = bytearray(bomb(path, size).read_bytes())
    real = struct.pack("<I", size)
    for place in _occurrences(content, real):
        content[place : place + 4] = struct.pack("<I", 1000)
    return raw_file(path, bytes(content))


def half_lying_bomb(path: Path) -> Path:
    """Only the directory lies; the header in front of the part is honest."""
    content = bytearray(good_workbook(path).read_bytes())
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 17)
    return raw_file(path, bytes(content))


def overlapping_bomb(path: Path) -> Path:
    """Two directory entries share the data of one part."""
    content = good_workbook(path).read_bytes()
    end = content.rindex(b"PK\x05\x06")
    start = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", start + 4)
    copy = bytearray(content[start:second])
    record = bytearray(content[end:])
    count = int.from_bytes(record[8:10], "little") + 1
    struct.pack_into("<HHI", record, 8, count, count, end - start + len(copy))
    return raw_file(path, content[:end] + bytes(copy) + bytes(record))


def plausible_lying_bomb(path: Path, size: int = 200 * MEGABYTE) -> Path:
    """Says 3 MB where 200 MB come out: only unpacking shows it."""
    content = bytearray(bomb(path, size).read_bytes())
    for place in _occurrences(content, struct.pack("<I", size)):
        content[place : place + 4] = struct.pack("<I", 3 * MEGABYTE)
    return raw_file(path, bytes(content))


def _occurrences(content: bytes | bytearray, wanted: bytes) -> Iterable[int]:
    place = content.find(wanted)
    while place >= 0:
        yield place
        place = content.find(wanted, place + 1)


def _with_streamed_part(path: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """The good workbook with one part written without holding it in memory."""
    parts = parts_of(GOOD_CMRT)
    del parts[name]
    write_parts(path, parts)
    packed, size, checksum = bytearray(), 0, 0
    encoder = zlib.compressobj(1, zlib.DEFLATED, -15)
    for piece in pieces:
        packed += encoder.compress(piece)
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
    packed += encoder.flush()
    return raw_file(path, _appended(path.read_bytes(), name, bytes(packed), size, checksum))


def _appended(archive: bytes, name: str, packed: bytes, size: int, checksum: int) -> bytes:
    """``archive`` with a deflated member put behind the others, sizes written in its header."""
    end, start = archive.rindex(b"PK\x05\x06"), archive.index(b"PK\x01\x02")
    common = struct.pack("<5H3I2H", 20, 0, 8, 0, 33, checksum, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + common + name.encode() + packed
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common
    entry += struct.pack("<HHHII", 0, 0, 0, 0, start) + name.encode()
    count = int.from_bytes(archive[end + 8 : end + 10], "little") + 1
    length = end - start + len(entry)
    record = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, length, start + len(local), 0
    )
    return archive[:start] + local + archive[start:end] + entry + record


# XML tricks.

LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def laughing_workbook(path: Path, part: str = "xl/workbook.xml", before: str = "") -> Path:
    """Entities in ``part``, behind ``before`` (a comment, blanks)."""
    content = parts_of(GOOD_CMRT)[part]
    assert isinstance(content, str)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return with_parts(path, {part: declaration + before + LAUGHS + content})


def wide_laughing_workbook(path: Path, encoding: str) -> Path:
    content = parts_of(GOOD_CMRT)["xl/workbook.xml"]
    assert isinstance(content, str)
    return with_parts(path, {"xl/workbook.xml": (LAUGHS + content).encode(encoding)})


# Sheets out of all proportion.


def far_corner(path: Path, part: str = SMELTER_PART, dimension: str = "") -> Path:
    rows = f'<row r="1">{cell_xml("A1", "x")}</row>'
    rows += f'<row r="1048576">{cell_xml("XFD1048576", "y")}</row>'
    return with_parts(path, {part: sheet_around(rows, dimension)})


def sparse_rectangle(path: Path, corner: str, padding: int = 0) -> Path:
    """A1 and ``corner`` are filled; ``padding`` blank rows make the sheet too big for a glance."""
    blank = "".join(f'<row r="{row}" spans="1:1"/>' for row in range(2, 2 + padding))
    row = corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = f'<row r="1">{cell_xml("A1", "x")}</row>{blank}'
    rows += f'<row r="{row}">{cell_xml(corner, "y")}</row>'
    return with_parts(path, {SMELTER_PART: sheet_around(rows)})


def formatted_far_corner(path: Path) -> Path:
    """The far corner is only coloured, not filled: harmless, and common in real files."""
    rows = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    dimension = '<dimension ref="A1:XFD1048576"/>'
    return with_parts(path, {"xl/worksheets/sheet5.xml": sheet_around(rows, dimension)})


def million_rows(path: Path, references: bool = True) -> Path:
    """A million filled rows; without ``references`` rows and cells are only counted."""

    def pieces() -> Iterable[bytes]:
        yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
        for start in range(1, 1_000_001, 10_000):
            numbers = range(start, start + 10_000)
            if references:
                yield "".join(
                    f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in numbers
                ).encode()
            else:
                yield "".join(f"<row><c><v>{n}</v></c></row>" for n in numbers).encode()
        yield b"</sheetData></worksheet>"

    return _with_streamed_part(path, SMELTER_PART, pieces())


def huge_inline_cell(path: Path, size: int = 10 * MEGABYTE) -> Path:
    sheet = sheet_xml({**GOOD_CMRT["Declaration"], "D8": "A" * size})
    return with_parts(path, {DECLARATION_PART: sheet})


def huge_shared_text(path: Path, size: int = 10 * MEGABYTE) -> Path:
    """The long text is the third shared string; Declaration!D8 shows it."""
    parts = parts_of(GOOD_CMRT)
    count = len(GOOD_CMRT)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    texts = f"<si><t>a</t></si><si><t>b</t></si><si><t>{'A' * size}</t></si>"
    sheet = sheet_around(
        '<row r="3"><c r="D3"><v>2</v></c></row><row r="8"><c r="D8" t="s"><v>2</v></c></row>'
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    changed: Parts = {
        "[Content_Types].xml": content_types(count, override("/xl/sharedStrings.xml", kind)),
        "xl/_rels/workbook.xml.rels": relations([*targets, ("sharedStrings", "sharedStrings.xml")]),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        DECLARATION_PART: sheet,
    }
    return write_parts(path, parts | changed)


def control_characters(path: Path) -> Path:
    """Characters XML forbids, raw in the name of the company."""
    good = parts_of(GOOD_CMRT)[DECLARATION_PART]
    assert isinstance(good, str)
    return with_parts(path, {DECLARATION_PART: good.replace("Bright Tin", "Bright\x01\x0b\x00Tin")})


def broken_sheet(path: Path) -> Path:
    good = parts_of(GOOD_CMRT)[DECLARATION_PART]
    assert isinstance(good, str)
    return with_parts(path, {DECLARATION_PART: good.replace("</sheetData>", "</sheetDate>")})


# Other documents.


def word_document(path: Path) -> Path:
    types = f'<Types xmlns="{PACKAGE}/content-types"/>'
    return write_parts(path, {"[Content_Types].xml": types, "word/document.xml": "<w/>"})


def presentation(path: Path) -> Path:
    types = f'<Types xmlns="{PACKAGE}/content-types"/>'
    return write_parts(path, {"[Content_Types].xml": types, "ppt/presentation.xml": "<p/>"})


def open_document(path: Path, kind: str = "spreadsheet") -> Path:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return write_parts(path, {"mimetype": mimetype, "content.xml": "<office/>"})


# ZIPs of workbooks.


def good_bytes() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts_of(GOOD_CMRT).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def archive_of(path: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def archive_with_raw_name(path: Path, raw: bytes, content: bytes) -> Path:
    """A ZIP whose only member carries ``raw`` as its name without the UTF-8 flag."""
    placeholder = "n" * len(raw)
    archive_of(path, [(placeholder, content)])
    return raw_file(path, path.read_bytes().replace(placeholder.encode(), raw))
