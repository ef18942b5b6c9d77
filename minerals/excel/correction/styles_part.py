"""xl/styles.xml: a few formats for the first sheet, added behind those of the supplier."""

from __future__ import annotations

from collections.abc import Mapping

from minerals.excel.correction.markup import (
    MAIN,
    Edit,
    Element,
    append_child,
    edited,
    prefix,
    scan,
    set_attribute,
)
from minerals.excel.correction.records import CannotAnnotate

# Spreadsheet programs refuse more; then the first sheet stays plain.
_MAX_FORMATS = 64_000
_FONTS = {
    "title": '<{p}b/><{p}sz val="16"/><{p}color rgb="FF1F3A5F"/>',
    "plain": '<{p}sz val="10"/><{p}color rgb="FF1F2933"/>',
    "bold": '<{p}b/><{p}sz val="10"/><{p}color rgb="FF1F2933"/>',
    "header": '<{p}b/><{p}sz val="10"/><{p}color rgb="FFFFFFFF"/>',
    "link": '<{p}u/><{p}sz val="10"/><{p}color rgb="FF0B5CAD"/>',
    "error": '<{p}b/><{p}sz val="10"/><{p}color rgb="FF9B1C12"/>',
    "warning": '<{p}b/><{p}sz val="10"/><{p}color rgb="FF7A4D00"/>',
    "info": '<{p}b/><{p}sz val="10"/><{p}color rgb="FF1D4E89"/>',
}
_FILLS = {"header": "1F3A5F", "note": "EEF2F6", "error": "FDECEA", "warning": "FFF6DD"}
_FILLS |= {"info": "EAF2FB"}
# format name: font, fill, framed, vertical alignment
_FORMATS = {
    "title": ("title", "", False, "center"),
    "intro": ("plain", "", False, "top"),
    "note": ("bold", "note", False, "center"),
    "header": ("header", "header", True, "center"),
    "error": ("error", "error", True, "top"),
    "warning": ("warning", "warning", True, "top"),
    "info": ("info", "info", True, "top"),
    "link": ("link", "", True, "top"),
    "text": ("plain", "", True, "top"),
}
_TEXT_FORMAT = 49  # the built-in "@": what is typed over a text stays text


def with_formats(data: bytes) -> tuple[bytes, Mapping[str, int]]:
    """The part with our formats, and the number of each by its name in ``_FORMATS``."""
    elements = scan(data, 1)
    if not elements or elements[0].namespace != MAIN:
        raise CannotAnnotate("The formats of this workbook cannot be extended.")
    parts = {item.name: item for item in elements if item.depth == 1 and item.namespace == MAIN}
    if not {"fonts", "fills", "borders", "cellXfs", "cellStyleXfs"} <= parts.keys():
        return data, {}
    if parts["cellXfs"].children + len(_FORMATS) > _MAX_FORMATS:
        return data, {}
    p = prefix(data, elements[0])
    fragments = {
        "fonts": [
            f"<{p}font>{font.format(p=p)}{_FACE.format(p=p)}</{p}font>" for font in _FONTS.values()
        ],
        "fills": [_fill(p, colour) for colour in _FILLS.values()],
        "borders": [_border(p)],
        "cellXfs": _formats(p, {name: parts[name].children for name in parts}),
    }
    edits = [
        edit for name, items in fragments.items() for edit in _extend(data, parts[name], items)
    ]
    first = parts["cellXfs"].children
    return edited(data, edits), {name: first + index for index, name in enumerate(_FORMATS)}


_FACE = '<{p}name val="Calibri"/><{p}family val="2"/>'


def _extend(data: bytes, container: Element, fragments: list[str]) -> list[Edit]:
    edits = [append_child(data, container, "".join(fragments))]
    if "count" in container.attributes and not container.empty:
        total = str(container.children + len(fragments))
        edits.append(set_attribute(data, container, "count", total))
    return edits


def _fill(p: str, colour: str) -> str:
    return (
        f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{colour}"/>'
        f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
    )


def _border(p: str) -> str:
    sides = "".join(
        f'<{p}{side} style="thin"><{p}color rgb="FFCBD2D9"/></{p}{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<{p}border>{sides}<{p}diagonal/></{p}border>"


def _formats(p: str, first: Mapping[str, int]) -> list[str]:
    fonts = {name: first["fonts"] + index for index, name in enumerate(_FONTS)}
    fills = {name: first["fills"] + index for index, name in enumerate(_FILLS)}
    return [
        f'<{p}xf numFmtId="{_TEXT_FORMAT}" fontId="{fonts[font]}" fillId="{fills.get(fill, 0)}" '
        f'borderId="{first["borders"] if framed else 0}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<{p}alignment vertical="{vertical}" wrapText="1"/></{p}xf>'
        for font, fill, framed, vertical in _FORMATS.values()
    ]
