"""``python -m benches`` with names of what to measure, or all without any."""

from __future__ import annotations

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benches import (  # noqa: E402
    blast,
    imports,
    ingest,
    judging,
    lists,
    memory,
    risk,
    similarity,
    suppliers,
    surveys,
)

NAMES = [
    "judging",
    "memory",
    "ingest",
    "suppliers",
    "imports",
    "blast",
    "risk",
    "lists",
    "similarity",
    "surveys",
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benches", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []])
    parser.add_argument("--files", type=int, default=1505, help="files of the ingest bench")
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the imports bench")
    options = parser.parse_args()
    names = options.names or NAMES
    if "judging" in names:
        judging.measure()
    if "memory" in names:
        memory.measure()
    if "ingest" in names:
        ingest.measure(options.files)
    if "suppliers" in names:
        suppliers.measure()
    if "imports" in names:
        imports.measure(options.rows)
    if "blast" in names:
        blast.measure()
    if "risk" in names:
        risk.measure()
    if "lists" in names:
        lists.measure()
    if "similarity" in names:
        similarity.measure()
    if "surveys" in names:
        surveys.measure()


if __name__ == "__main__":
    main()
