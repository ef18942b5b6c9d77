"""Country and region names as forms write them, in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils import translation
from django_countries import countries
from django_countries.data import COUNTRIES

from core.reader import reads_chinese

# Names that forms use and the list of countries does not.
OTHER_NAMES = {
    "KOREA, REPUBLIC OF": "KR",
    "KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF": "KP",
    "NORTH MACEDONIA, REPUBLIC OF": "MK",
    "TANZANIA, UNITED REPUBLIC OF": "TZ",
    "TAIWAN, PROVINCE OF CHINA": "TW",
    "HONG KONG": "HK",
    "MACAO": "MO",
    "TURKEY": "TR",
    "UNITED STATES": "US",
    "USA": "US",
    "UK": "GB",
    "VIETNAM": "VN",
    "RUSSIA": "RU",
    "SOUTH KOREA": "KR",
}
SAME_SOUND = str.maketrans("汶珀梵瑙缪斐", "稳破范闹谬匪")
WORD = re.compile(r"[^\W\d_]+")


def country_code(name: str) -> str:
    """ISO 3166 alpha-2 code of an English name in any order of words; ``""`` when unknown."""
    return _codes().get(_key(name), "")


def country_label(name: str) -> str:
    """The name in the active language; unchanged where the country is not recognised."""
    code = country_code(name)
    return str(countries.name(code)) if code else name


def country_choices() -> list[tuple[str, str]]:
    """Codes and names in the order in which the reader looks for them."""
    return in_order((code, str(name)) for code, name in countries)


def in_order(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Codes and names by name; in Chinese by pinyin."""
    return sorted(choices, key=lambda choice: place_of(choice[1]))


def place_of(name: str) -> tuple[bytes, str]:
    """What to sort names by.

    GB 2312 holds the common characters in the order of pinyin; for the few others in names of
    countries a common one of the same sound stands in.
    """
    if not reads_chinese():
        return b"", unicodedata.normalize("NFKD", name).casefold()
    return name.translate(SAME_SOUND).encode("gb18030"), name


def _key(name: str) -> str:
    """``CONGO, DEMOCRATIC REPUBLIC OF THE`` and ``Democratic Republic of the Congo`` are one."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(sorted(WORD.findall(folded)))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    with translation.override("en"):
        found = {_key(str(name)): code for code, name in COUNTRIES.items()}
        found |= {_key(str(name)): code for code, name in countries}
    return found | {_key(name): code for name, code in OTHER_NAMES.items()}
