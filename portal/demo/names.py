"""Names of invented companies, put together so that no real one is meant; all say “(demo)”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Place:
    """A country with towns, and how its companies are named. ``share`` of 100 companies."""

    country: str
    share: int
    towns: tuple[tuple[str, str], ...]
    name: Callable[[Random], tuple[str, str]]


TRADES = (
    ("Electronics", "电子"),
    ("Precision", "精密"),
    ("Circuits", "电路"),
    ("Metals", "金属"),
    ("Plastics", "塑胶"),
    ("Optics", "光学"),
    ("Power", "电源"),
    ("Cables", "线缆"),
    ("Packaging", "包装"),
    ("Technology", "科技"),
)
_CHINESE = (
    ("Chuanmu", "川木"),
    ("Qingjian", "青简"),
    ("Baiyan", "白砚"),
    ("Fenglu", "枫麓"),
    ("Lanzhe", "岚柘"),
    ("Yuncang", "云沧"),
    ("Xiheng", "晞衡"),
    ("Mingke", "鸣珂"),
    ("Songyin", "松隐"),
    ("Hanlu", "寒鹭"),
    ("Zhaoxi", "朝汐"),
    ("Guiting", "桂庭"),
    ("Yanbei", "燕陂"),
    ("Duruo", "杜若"),
    ("Jiangli", "江蓠"),
    ("Tingzhi", "汀芷"),
    ("Shuanglin", "霜林"),
    ("Yeqiao", "野桥"),
    ("Wuyin", "梧荫"),
    ("Liuxu", "柳溆"),
    ("Hegui", "荷珪"),
    ("Zhuxian", "竹弦"),
    ("Xueluo", "雪萝"),
    ("Qiuheng", "秋蘅"),
)
_LATIN = (
    "Alvender",
    "Brennick",
    "Corvane",
    "Dunmarrow",
    "Elstrand",
    "Farrowick",
    "Galdern",
    "Hollmeer",
    "Iverlund",
    "Jorvane",
    "Kestermann",
    "Lindquay",
    "Morrowen",
    "Northvale",
    "Ostrevan",
    "Pellward",
)
_JAPANESE = (
    ("Tsukimori", "月守"),
    ("Kazehara", "風原"),
    ("Mizutori", "水鳥"),
    ("Akanezawa", "茜沢"),
)
_JAPANESE_TRADES = (("Denshi", "電子"), ("Seiko", "精工"), ("Kogaku", "光学"), ("Kinzoku", "金属"))
_KOREAN_TRADES = (("Electronics", "전자"), ("Precision", "정밀"), ("Metals", "금속"))
_KOREAN = (("Haneulsan", "하늘산"), ("Byeolgang", "별강"), ("Dalbit", "달빛"))
_THAI_VIET = ("Sao Bien", "Rung Vang", "Thale Mok", "Doi Phet", "Hoa Ban")


def _chinese(random: Random) -> tuple[str, str]:
    latin, own = random.choice(_CHINESE)
    trade, word = random.choice(TRADES)
    return f"{latin} {trade} Co., Ltd. (demo)", f"{own}{word}有限公司（演示）"


def _latin(*forms: str) -> Callable[[Random], tuple[str, str]]:
    def name(random: Random) -> tuple[str, str]:
        trade = random.choice(TRADES)[0]
        return f"{random.choice(_LATIN)} {trade} {random.choice(forms)} (demo)", ""

    return name


def _japanese(random: Random) -> tuple[str, str]:
    latin, own = random.choice(_JAPANESE)
    trade, word = random.choice(_JAPANESE_TRADES)
    return f"{latin} {trade} KK (demo)", f"{own}{word}株式会社（デモ）"


def _korean(random: Random) -> tuple[str, str]:
    latin, own = random.choice(_KOREAN)
    trade, word = random.choice(_KOREAN_TRADES)
    return f"{latin} {trade} Co., Ltd. (demo)", f"{own}{word} 주식회사 (데모)"


def _southeast(*forms: str) -> Callable[[Random], tuple[str, str]]:
    def name(random: Random) -> tuple[str, str]:
        trade = random.choice(TRADES)[0]
        return f"{random.choice(_THAI_VIET)} {trade} {random.choice(forms)} (demo)", ""

    return name


PLACES: tuple[Place, ...] = (
    Place(
        "CN",
        58,
        (
            ("Guangdong", "Shenzhen"),
            ("Guangdong", "Dongguan"),
            ("Jiangsu", "Suzhou"),
            ("Zhejiang", "Ningbo"),
            ("Sichuan", "Chengdu"),
            ("Hubei", "Wuhan"),
        ),
        _chinese,
    ),
    Place("HK", 4, (("", "Kowloon"),), _chinese),
    Place("TW", 6, (("", "Taoyuan"), ("", "Hsinchu")), _chinese),
    Place("JP", 5, (("Osaka", "Osaka"), ("Aichi", "Nagoya")), _japanese),
    Place("KR", 3, (("Gyeonggi", "Suwon"),), _korean),
    Place("VN", 4, (("", "Hai Phong"), ("", "Bac Ninh")), _southeast("JSC", "Co., Ltd.")),
    Place("TH", 3, (("", "Rayong"),), _southeast("Co., Ltd.")),
    Place("MY", 3, (("Penang", "George Town"),), _southeast("Sdn. Bhd.")),
    Place("DE", 5, (("Bavaria", "Nuremberg"), ("Hesse", "Kassel")), _latin("GmbH", "AG")),
    Place("SE", 2, (("", "Västerås"),), _latin("AB")),
    Place("US", 5, (("Texas", "Austin"), ("Ohio", "Dayton")), _latin("Inc.", "LLC")),
    Place("IN", 2, (("Tamil Nadu", "Chennai"),), _latin("Pvt. Ltd.")),
)


def fresh_name(random: Random, place: Place, taken: set[str]) -> tuple[str, str]:
    """A name no other demo company has; a number is added where all are taken."""
    name, local_name = place.name(random)
    for _attempt in range(50):
        if name not in taken:
            break
        name, local_name = place.name(random)
    else:
        name = f"{name.removesuffix(' (demo)')} {len(taken)} (demo)"
    taken.add(name)
    return name, local_name
