"""``python -m benches [judging] [memory] [ingest] [--files N]``; without names, all of them."""

from __future__ import annotations

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benches import ingest, judging, memory  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(prog="benches", description=__doc__)
    parser.add_argument("names", nargs="*", choices=["judging", "memory", "ingest", []])
    parser.add_argument("--files", type=int, default=1505, help="files of the ingest bench")
    options = parser.parse_args()
    names = options.names or ["judging", "memory", "ingest"]
    if "judging" in names:
        judging.measure()
    if "memory" in names:
        memory.measure()
    if "ingest" in names:
        ingest.measure(options.files)


if __name__ == "__main__":
    main()
