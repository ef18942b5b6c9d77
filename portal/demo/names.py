"""Names of invented companies, put together so that no real one is meant; all say “(demo)”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

# The English and the local name of a company that delivers a category.
Naming = Callable[[Random, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A country with towns, and how its companies are named. ``share`` of 100 companies."""

    country: str
    share: int
    towns: tuple[tuple[str, str], ...]
    name: Naming


# What a company of a category calls its trade: English, Chinese, Japanese, Korean.
TRADES: dict[str, tuple[str, str, str, str]] = {
    "EL-PCB": ("Circuits", "电路", "回路", "회로"),
    "EL-CAP": ("Components", "电子", "電子", "전자"),
    "EL-IC": ("Semiconductor", "半导体", "半導体", "반도체"),
    "EL-CON": ("Connectors", "连接器", "精工", "커넥터"),
    "EL-OPT": ("Optics", "光学", "光学", "광학"),
    "ME-CAB": ("Metals", "金属", "金属", "금속"),
    "ME-CAST": ("Castings", "铸造", "鋳造", "주조"),
    "ME-PLA": ("Plastics", "塑胶", "樹脂", "플라스틱"),
    "PW-BAT": ("Batteries", "电池", "電池", "배터리"),
    "PW-SUP": ("Power", "电源", "電機", "전원"),
    "CA": ("Cables", "线缆", "電線", "전선"),
    "PK": ("Packaging", "包装", "包装", "포장"),
    "SV-LOG": ("Logistics", "物流", "物流", "물류"),
    "SV-IT": ("Software", "软件", "情報", "소프트웨어"),
    "EN-TOW": ("Tower Works", "铁塔", "鉄塔", "철탑"),
    "EN-CIV": ("Construction", "建设", "建設", "건설"),
}
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
_KOREAN = (("Haneulsan", "하늘산"), ("Byeolgang", "별강"), ("Dalbit", "달빛"))
_THAI_VIET = ("Sao Bien", "Rung Vang", "Thale Mok", "Doi Phet", "Hoa Ban")


def _chinese(random: Random, category: str) -> tuple[str, str]:
    latin, own = random.choice(_CHINESE)
    trade, word, *_others = TRADES[category]
    return f"{latin} {trade} Co., Ltd. (demo)", f"{own}{word}有限公司（演示）"


def _latin(*forms: str) -> Naming:
    def name(random: Random, category: str) -> tuple[str, str]:
        trade = TRADES[category][0]
        return f"{random.choice(_LATIN)} {trade} {random.choice(forms)} (demo)", ""

    return name


def _japanese(random: Random, category: str) -> tuple[str, str]:
    latin, own = random.choice(_JAPANESE)
    trade, _chinese_word, word, _korean_word = TRADES[category]
    return f"{latin} {trade} KK (demo)", f"{own}{word}株式会社（デモ）"


def _korean(random: Random, category: str) -> tuple[str, str]:
    latin, own = random.choice(_KOREAN)
    trade, *_others, word = TRADES[category]
    return f"{latin} {trade} Co., Ltd. (demo)", f"{own}{word} 주식회사 (데모)"


def _southeast(*forms: str) -> Naming:
    def name(random: Random, category: str) -> tuple[str, str]:
        trade = TRADES[category][0]
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


def fresh_name(random: Random, place: Place, category: str, taken: set[str]) -> tuple[str, str]:
    """A name no other demo company has; a number is added where all are taken."""
    name, local_name = place.name(random, category)
    for _attempt in range(50):
        if name not in taken:
            break
        name, local_name = place.name(random, category)
    else:
        name = f"{name.removesuffix(' (demo)')} {len(taken)} (demo)"
    taken.add(name)
    return name, local_name


_TOWNS = {
    "Shenzhen": "深圳",
    "Dongguan": "东莞",
    "Suzhou": "苏州",
    "Ningbo": "宁波",
    "Chengdu": "成都",
    "Wuhan": "武汉",
    "Kowloon": "九龍",
    "Taoyuan": "桃園",
    "Hsinchu": "新竹",
    "Osaka": "大阪",
    "Nagoya": "名古屋",
    "Suwon": "수원",
}
_PLANT = {"CN": "工厂", "HK": "廠房", "TW": "工廠", "JP": "工場", "KR": " 공장"}
_OFFICE = {"CN": "办事处", "HK": "辦事處", "TW": "辦事處", "JP": "事業所", "KR": " 사무소"}


def site_names(place: Place, town: str, *, makes_goods: bool) -> tuple[str, str]:
    """The English and the local name of a site; the second is empty where Latin is local."""
    local = (_PLANT if makes_goods else _OFFICE).get(place.country, "")
    own = f"{_TOWNS[town]}{local}" if local else ""
    return f"{'Plant' if makes_goods else 'Office'} {town}", own
