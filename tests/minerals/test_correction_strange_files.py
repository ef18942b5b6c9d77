"""The correction workbook of files that are hostile, unusual, or made by newer programs."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from minerals.excel.correction import (
    CannotAnnotate,
    CorrectionRow,
    CorrectionSheet,
    Remark,
    write_correction_workbook,
)
from minerals.excel.correction.comments_part import CommentsPart
from minerals.excel.correction.drawing_part import Box, Grid, drawn
from minerals.excel.correction.records import Position
from minerals.excel.correction.sheet_part import SheetPart

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LIST = CorrectionSheet(
    name="Corrections",
    title="What to correct",
    headings=("Severity", "Cell", "What we found", "How to fix it"),
    rows=(CorrectionRow("error", "Error", "Declaration!D16", "Missing.", "Fill in"),),
    author="Supplier portal",
)
REMARK = Remark("Declaration!D16", "Missing.", "error")
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>'


def supplied_parts() -> dict[str, bytes]:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "Declaration"
    workbook["Declaration"]["D8"] = "Bright Tin Co. (demo)"
    workbook["Declaration"]["D16"].comment = Comment("Ask Jane", "Jane")
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return path


def corrected(source: Path, remark: Remark = REMARK) -> dict[str, bytes]:
    target = source.with_name("corrected.xlsx")
    write_correction_workbook(source, target, LIST, [remark])
    openpyxl.load_workbook(target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(source: Path) -> str:
    target = source.with_name("corrected.xlsx")
    with pytest.raises(CannotAnnotate) as caught:
        write_correction_workbook(source, target, LIST, [REMARK])
    assert not target.exists()
    return str(caught.value)


@pytest.mark.parametrize("content", [b"", b"no workbook", b"\xd0\xcf\x11\xe0" + bytes(2000)])
def test_refuses_what_is_no_zip(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "old.xls"
    source.write_bytes(content)
    assert refused(source) == "The file is damaged or no .xlsx workbook."


def test_refuses_a_damaged_part(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.xlsx", supplied_parts())
    with zipfile.ZipFile(source) as archive:
        info = archive.getinfo("xl/theme/theme1.xml")
    content = bytearray(source.read_bytes())
    name_length, extra_length = struct.unpack_from("<HH", content, info.header_offset + 26)
    start = info.header_offset + 30 + name_length + extra_length
    content[start + 100 : start + 200] = bytes(100)
    source.write_bytes(content)
    assert refused(source) == "The file is damaged or no .xlsx workbook."


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"],
)
def test_never_expands_entities(tmp_path: Path, part: str) -> None:
    contents = supplied_parts()
    body = re.sub(rb"<\?xml[^>]*\?>", b"", contents[part])
    contents[part] = DOCTYPE + body
    source = packed(tmp_path / "a.xlsx", contents)
    assert refused(source) == "A part of the workbook declares a document type."


def test_refuses_other_encodings(tmp_path: Path) -> None:
    contents = supplied_parts()
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].decode().encode("utf-16")
    source = packed(tmp_path / "a.xlsx", contents)
    assert refused(source) == "A part of the workbook is not written in UTF-8."


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "xl\\..\\evil", "xl/../../evil"])
def test_refuses_unsafe_names(tmp_path: Path, name: str) -> None:
    source = packed(tmp_path / "a.xlsx", supplied_parts() | {name: b"x"})
    assert refused(source) == "The workbook has a part with an unsafe name."


def test_refuses_two_parts_of_one_name(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.xlsx", supplied_parts() | {"XL/Workbook.xml": b"x"})
    assert refused(source) == "The workbook has two parts of the same name."


def test_refuses_the_strict_dialect(tmp_path: Path) -> None:
    contents = supplied_parts()
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(MAIN.encode(), strict)
    assert "cannot be edited" in refused(packed(tmp_path / "a.xlsx", contents))


def test_refuses_a_workbook_that_records_its_changes(tmp_path: Path) -> None:
    contents = supplied_parts()
    rels = contents["xl/_rels/workbook.xml.rels"]
    entry = b'<Relationship Id="rIdR" Type="http://x/revisionHeaders" Target="revisions/r.xml"/>'
    contents["xl/_rels/workbook.xml.rels"] = rels.replace(
        b"</Relationships>", entry + b"</Relationships>"
    )
    assert "records its changes" in refused(packed(tmp_path / "a.xlsx", contents))


def test_a_drawing_outside_the_file_is_never_followed(tmp_path: Path) -> None:
    contents = supplied_parts()
    rels = contents["xl/worksheets/_rels/sheet1.xml.rels"]
    contents["xl/worksheets/_rels/sheet1.xml.rels"] = rels.replace(
        b'Target="/xl/drawings/commentsDrawing1.vml"',
        b'TargetMode="External" Target="file:///etc/passwd"',
    )
    assert rels != contents["xl/worksheets/_rels/sheet1.xml.rels"]
    assert "lacks a part" in refused(packed(tmp_path / "a.xlsx", contents))


def test_macros_do_not_survive(tmp_path: Path) -> None:
    contents = supplied_parts()
    macro_type = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain_type = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = contents["[Content_Types].xml"].replace(plain_type, macro_type)
    contents["[Content_Types].xml"] = types.replace(
        b"</Types>",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
    )
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/></Relationships>',
    )
    contents["xl/vbaProject.bin"] = b"macro"
    after = corrected(packed(tmp_path / "a.xlsm", contents))
    assert "xl/vbaProject.bin" not in after
    assert plain_type in after["[Content_Types].xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert b"vba" not in after[name].lower()
        assert b"macro" not in after[name].lower()


def test_a_conversation_becomes_a_comment_that_shows_our_text(tmp_path: Path) -> None:
    contents = supplied_parts()
    thread = "xl/threadedComments/threadedComment1.xml"
    contents[thread] = b"<ThreadedComments/>"
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/{thread}" ContentType="application/vnd.ms-excel.threadedcomments'
        '+xml"/></Types>'.encode(),
    )
    contents["xl/worksheets/_rels/sheet1.xml.rels"] = contents[
        "xl/worksheets/_rels/sheet1.xml.rels"
    ].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        b'threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    )
    contents["xl/comments/comment1.xml"] = contents["xl/comments/comment1.xml"].replace(
        b"<author>Jane", b"<author>tc={0001}"
    )
    after = corrected(packed(tmp_path / "a.xlsx", contents))
    assert thread not in after
    assert b"threadedComment" not in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert b"threadedComment" not in after["[Content_Types].xml"]
    untouched = corrected(tmp_path / "a.xlsx", Remark("Declaration!D8", "Name.", "info"))
    assert untouched[thread] == contents[thread]


def test_a_workbook_without_formats_or_names(tmp_path: Path) -> None:
    contents = supplied_parts()
    styles = re.sub(rb"<(cellStyles|cellStyleXfs)\b.*?</\1>", b"", contents["xl/styles.xml"])
    contents["xl/styles.xml"] = styles
    contents["xl/workbook.xml"] = re.sub(
        rb"<definedNames\s*/>|<bookViews>.*?</bookViews>", b"", contents["xl/workbook.xml"]
    )
    after = corrected(packed(tmp_path / "a.xlsx", contents))
    assert after["xl/styles.xml"] == styles
    assert b" s=" not in after["xl/worksheets/sheet2.xml"]
    assert (
        b'<definedNames><definedName name="_correction_list" hidden="1">'
        b"'Corrections'!$A$1</definedName></definedNames>" in after["xl/workbook.xml"]
    )


def comments_xml(text: str) -> bytes:
    return (
        f'<comments xmlns="{MAIN}"><authors><author>Jane</author></authors><commentList>'
        f'<comment ref="D16" authorId="0">{text}</comment></commentList></comments>'
    ).encode()


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("<text><t>a</t></text>", "<text><r><t>a</t></r>{}</text>"),
        (
            "<text><r><t>a</t></r><phoneticPr/></text>",
            "<text><r><t>a</t></r>{}<phoneticPr/></text>",
        ),
        ("<text/>", "<text>{}</text>"),
        ("", "<text>{}</text>"),
    ],
)
def test_every_form_of_comment_can_be_extended(text: str, merged: str) -> None:
    annotated = CommentsPart(comments_xml(text), "Us").annotated({Position(15, 3): "― Us ―\nours"})
    run = re.search(rb"<r><rPr>.*?</r>", annotated.data, re.DOTALL)
    assert run is not None
    assert "\n\n― Us ―\nours</t>" in run[0].decode()
    assert annotated.data == comments_xml(merged.format(run[0].decode()))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<text><r><t>a&#10;&#10;― Us ―&#10;old</t></r></text>", "<text><r><t>a</t></r></text>"),
        (
            "<text><r><t>a</t></r><r><t> \n\n― U</t></r><r><t>s ―\nold</t></r></text>",
            "<text><r><t>a</t></r></text>",
        ),
        (
            "<text><t>&lt;a\n― Us ―</t><rPh><t>b</t></rPh></text>",
            "<text><t>&lt;a</t><rPh><t>b</t></rPh></text>",
        ),
    ],
)
def test_old_remarks_go_though_another_program_merged_or_split_them(text: str, left: str) -> None:
    assert CommentsPart(comments_xml(text), "Us").annotated({}).data == comments_xml(left)


@pytest.mark.parametrize("author", ["Jane", "Us"])
def test_an_old_remark_alone_goes_with_its_box(author: str) -> None:
    signed = comments_xml("<text><r><t>― Us ―\nold</t></r></text>")
    annotated = CommentsPart(signed.replace(b"Jane", author.encode()), "Us").annotated({})
    assert b"<commentList></commentList>" in annotated.data
    assert annotated.obsolete == {Position(15, 3)}


def grid() -> Grid:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetFormatPr defaultRowHeight="15"/><cols>'
        '<col min="5" max="5" width="10"/><col min="6" max="6" width="90" hidden="1"/>'
        '<col min="7" max="7" width="60"/></cols><sheetData><row r="16" ht="30"/>'
        '<row r="17" hidden="1"/></sheetData></worksheet>'
    )
    return Grid(SheetPart(sheet.encode()), 40)


def test_boxes_have_their_size_whatever_the_columns_are() -> None:
    # From 12 pixels into E: 75 wide, F is hidden, the rest of 332 lies in G. Two lines are 46
    # pixels from 4 into row 16: 40 high, row 17 is hidden, the rest lies in row 18.
    assert (
        grid().anchor(Box(Position(15, 3), "one\ntwo", "error")) == "4, 12, 15, 4, 6, 257, 17, 10"
    )


def test_drawings_that_are_no_xml_keep_what_they_hold() -> None:
    control = (
        b'<v:shape id="_x0000_s1030"><div>a<br>b</div><x:ClientData ObjectType="Drop"/></v:shape>'
    )
    note = (
        b'<v:shape id="_x0000_s1040"><x:ClientData ObjectType="Note"><x:Row>15</x:Row>'
        b"<x:Column>3</x:Column></x:ClientData></v:shape>"
    )
    opening = b'<xml xmlns:v="urn:schemas-microsoft-com:vml">'
    box = Box(Position(15, 3), "ours", "error")
    data = drawn(opening + control + note + b"</xml>\n", [box.place], [box], grid())
    assert data.startswith(opening + control + b"<v:shapetype ")
    assert note not in data
    assert b'id="_x0000_s1031"' in data
    assert data.endswith(b"</v:shape></xml>\n")
    assert b'xmlns:x="urn:schemas-microsoft-com:office:excel"' in data


def test_drawings_of_open_tags_take_linear_time() -> None:
    hostile = b'<xml xmlns:v="urn:schemas-microsoft-com:vml">' + b"<v:shape " * 200_000 + b"</xml>"
    began = time.perf_counter()
    drawn(hostile, [Position(1, 1)], [], grid())
    drawn(hostile.replace(b"shape ", b"shape>"), [Position(1, 1)], [], grid())
    assert time.perf_counter() - began < 2
