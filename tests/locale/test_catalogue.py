"""Every text a user can read is in the Chinese catalogue, with the same placeholders."""

from __future__ import annotations

import re

import polib
import pytest

from scripts import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def chinese() -> polib.POFile:
    return messages.load("zh_Hans")


def test_every_text_of_the_source_is_translated() -> None:
    assert messages.missing("zh_Hans") == []


def test_catalogue_holds_nothing_the_source_no_longer_says(chinese: polib.POFile) -> None:
    source = messages.extract()
    dead = [
        entry.msgid
        for entry in chinese
        if messages.Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")
        not in source
    ]
    assert dead == []


def test_translations_keep_the_placeholders(chinese: polib.POFile) -> None:
    broken = []
    for entry in chinese:
        text = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        if set(PLACEHOLDER.findall(text)) != wanted:
            broken.append(entry.msgid)
    assert broken == []


def test_extraction_finds_every_kind_of_text() -> None:
    """One known text of each kind, so that an extractor that finds nothing cannot pass."""
    found = {message.text for message in messages.extract()}
    assert "The e-mail of the contact is missing or has no @." in found  # a rule's N_
    assert "Simplified Chinese" in found  # gettext_lazy
    assert "Skip to the content" in found  # a template's translate
    assert any("%(name)s" in text for text in found)  # blocktranslate or a message with a name
