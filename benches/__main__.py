"""``python -m benches [judging] [memory] [ingest] [suppliers] [imports]``; all without names."""

from __future__ import annotations

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benches import imports, ingest, judging, memory, suppliers  # noqa: E402

NAMES = ["judging", "memory", "ingest", "suppliers", "imports"]


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


if __name__ == "__main__":
    main()
