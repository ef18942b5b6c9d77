"""Findings about the file: its version, where it came from, what was noticed while reading."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding
from minerals.rules.releases import newest, version_key

REVISION = "Declaration!J3"


def file_findings(declaration: Declaration, context: Context) -> Iterator[Finding]:
    for note in declaration.notes:
        yield finding(note.code, note.cell, **note.params)
    yield from _version(declaration, context)
    yield from _same_bytes(context)
    for answer in declaration.orphan_answers:
        yield finding(
            "orphan_answer", answer.entry.cell, question=answer.question, value=answer.entry.text
        )


def _version(declaration: Declaration, context: Context) -> Iterator[Finding]:
    family, latest = newest(declaration.family)
    params = {"family": declaration.family, "version": declaration.version}
    minimum = context.minimum_versions.get(declaration.family, "")
    age = version_key(declaration.version)
    if declaration.outdated:
        yield finding("outdated_template", REVISION, newest=f"{family} {latest}", **params)
    elif minimum and age < version_key(minimum):
        yield finding("template_below_minimum", REVISION, minimum=minimum, **params)
    elif family != declaration.family or age < version_key(latest):
        yield finding("template_not_latest", REVISION, newest=f"{family} {latest}", **params)


def _same_bytes(context: Context) -> Iterator[Finding]:
    if context.known_elsewhere:
        yield finding("same_file_other_supplier")
    if context.known_hash_on:
        yield finding("same_file_as_before", date=context.known_hash_on.isoformat())
