"""Fetch the pinned front-end kit into static/vendor/ and core/icons/. Run by hand: needs npm.

    python scripts/vendor.py

The files it writes are committed, so neither set-up nor run time needs Node or a network.
``static/vendor/vendor.json`` records name, version, licence and the sha512 of every archive;
an archive whose sha512 differs from the record of the same version is refused.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
ICONS = ROOT / "core" / "icons"
ICON_NAMES = ROOT / "scripts" / "icons.txt"
RECORD = VENDOR / "vendor.json"

SOURCE_MAP = re.compile(r"\n?(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

MIT_NOTICE = """MIT License

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """A pinned package: ``files`` maps a path in the archive to a name in ``folder``."""

    name: str
    version: str
    licence: str
    folder: str
    files: dict[str, str] = field(default_factory=dict)
    notice: str = ""


PACKAGES = (
    Package(
        "@tabler/core",
        "1.6.1",
        "MIT",
        "tabler",
        {"dist/css/tabler.min.css": "tabler.min.css", "dist/js/tabler.min.js": "tabler.min.js"},
        # The archive has no licence file; the copyright line is that of its own file headers.
        MIT_NOTICE.format(
            copyright="Copyright (c) 2018-2026 The Tabler Authors\n"
            "Copyright (c) 2018-2026 codecalm.net Paweł Kuna"
        ),
    ),
    Package("@tabler/icons", "3.51.0", "MIT", "tabler-icons", {"LICENSE": "LICENSE"}),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        "inter",
        {
            "files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
            "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
            "LICENSE": "LICENSE",
        },
    ),
    # Boundaries of Natural Earth, which are in the public domain (core/world_map.py).
    Package(
        "world-atlas",
        "2.0.2",
        "ISC",
        "world-atlas",
        {"countries-110m.json": "countries-110m.json", "LICENSE": "LICENSE"},
    ),
)


def fetch(package: Package, folder: Path) -> tuple[Path, str]:
    """The unpacked archive and the sha512 of the packed one."""
    folder.mkdir()
    subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = folder.glob("*.tgz")
    digest = hashlib.sha512(archive.read_bytes()).digest()
    with tarfile.open(archive) as content:
        content.extractall(folder, filter="data")
    return folder / "package", "sha512-" + base64.b64encode(digest).decode()


def copy(source: Path, target: Path) -> None:
    """Copy one file; without its source map reference, which manifest storage cannot resolve."""
    if source.suffix in {".css", ".js"}:
        target.write_text(SOURCE_MAP.sub("\n", source.read_text("utf-8")), "utf-8")
    else:
        shutil.copyfile(source, target)


def install(package: Package, unpacked: Path) -> None:
    folder = VENDOR / package.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for inside, name in package.files.items():
        copy(unpacked / inside, folder / name)
    if package.notice:
        (folder / "LICENSE").write_text(package.notice, "utf-8")


def install_icons(unpacked: Path) -> int:
    """Copy the icons named in icons.txt, as the inner drawing only; how many."""
    shutil.rmtree(ICONS, ignore_errors=True)
    ICONS.mkdir()
    names = ICON_NAMES.read_text("utf-8").split()
    for name in names:
        style, stem = ("filled", name[:-7]) if name.endswith("-filled") else ("outline", name)
        drawing = (unpacked / "icons" / style / f"{stem}.svg").read_text("utf-8")
        drawing = " ".join(COMMENT.sub("", drawing).split())
        (ICONS / f"{name}.svg").write_text(drawing + "\n", "utf-8")
    return len(names)


def entry(package: Package, integrity: str) -> dict[str, str]:
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "sha512": integrity,
        "folder": f"static/vendor/{package.folder}",
    }


def refuse_changed(new: dict[str, str], known: list[dict[str, str]]) -> None:
    for old in known:
        same = (old["name"], old["version"]) == (new["name"], new["version"])
        if same and old["sha512"] != new["sha512"]:
            sys.exit(f"{new['name']} {new['version']}: the archive differs from the recorded one")


def main() -> None:
    known = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else []
    record = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, package in enumerate(PACKAGES):
            unpacked, integrity = fetch(package, Path(scratch) / str(number))
            new = entry(package, integrity)
            refuse_changed(new, known)
            install(package, unpacked)
            record.append(new)
            if package.name == "@tabler/icons":
                print(f"{install_icons(unpacked)} icons")
            print(f"{package.name} {package.version}")
    RECORD.write_text(json.dumps(record, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
