"""About 300 invented suppliers in 12 countries with sites, people and spend. Demo mode only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from django.db import transaction

from accounts.models import User
from core import clock
from portal.demo.names import PLACES, TRADES, Place, fresh_name, site_names
from suppliers.enums import ContactRole, Metal, SupplierKind
from suppliers.models import AnnualSpend, Category, Site, Supplier, SupplierContact
from suppliers.services.categories import CategoryInput, save_category
from suppliers.services.record_parts import set_categories, set_minerals
from suppliers.services.suppliers import SupplierInput, create_supplier

COUNT = 294
SEED = 2026
# Groups of companies.
GROUPS = 8
# Code, English, Chinese, parent.
CATEGORIES = (
    ("EL", "Electronic parts", "电子元器件", ""),
    ("EL-PCB", "Printed circuit boards", "印制电路板", "EL"),
    ("EL-CAP", "Capacitors and resistors", "电容电阻", "EL"),
    ("EL-IC", "Semiconductors", "半导体器件", "EL"),
    ("EL-CON", "Connectors", "连接器", "EL"),
    ("EL-OPT", "Optical modules", "光模块", "EL"),
    ("ME", "Mechanical parts", "结构件", ""),
    ("ME-CAB", "Cabinets and sheet metal", "机柜与钣金", "ME"),
    ("ME-CAST", "Castings", "压铸件", "ME"),
    ("ME-PLA", "Plastic parts", "塑胶件", "ME"),
    ("PW", "Power and batteries", "电源与电池", ""),
    ("PW-BAT", "Batteries", "电池", "PW"),
    ("PW-SUP", "Power supplies", "电源模块", "PW"),
    ("CA", "Cables", "线缆", ""),
    ("PK", "Packaging", "包装材料", ""),
    ("SV", "Services", "服务", ""),
    ("SV-LOG", "Logistics", "物流服务", "SV"),
    ("SV-IT", "IT services", "IT服务", "SV"),
    ("EN", "Engineering", "工程服务", ""),
    ("EN-TOW", "Tower erection", "铁塔施工", "EN"),
    ("EN-CIV", "Civil works", "土建施工", "EN"),
)
# Which materials the goods of a category may contain, and why.
MINERALS = {
    "EL-PCB": ((Metal.TIN, Metal.GOLD), "Solder and surface finish"),
    "EL-CAP": ((Metal.TANTALUM, Metal.TIN), "Tantalum capacitors, terminations"),
    "EL-IC": ((Metal.GOLD, Metal.TIN, Metal.TUNGSTEN), "Bond wires, solder balls, contacts"),
    "EL-CON": ((Metal.GOLD, Metal.TIN), "Plated contacts"),
    "EL-OPT": ((Metal.GOLD, Metal.TUNGSTEN), "Sub-mounts and heat spreaders"),
    "PW-BAT": ((Metal.COBALT, Metal.LITHIUM, Metal.NICKEL), "Cathode material"),
    "PW-SUP": ((Metal.TIN, Metal.TUNGSTEN), "Solder, contacts"),
}
# What the companies of the demo files deliver; they were there before the categories.
FIRST_ONES = {
    "DEMO-001": "EL-PCB",
    "DEMO-002": "EL-CON",
    "DEMO-003": "EL-CAP",
    "DEMO-004": "PW-SUP",
    "DEMO-005": "PW-BAT",
    "DEMO-006": "EL-IC",
}
CURRENCIES = {"CN": "CNY", "HK": "HKD", "TW": "USD", "JP": "JPY", "KR": "KRW", "DE": "EUR"}
_FAMILY = ("Chen", "Lindgren", "Okafor", "Novak", "Ferreira", "Sato", "Nguyen", "Brandt")


def load_companies() -> bool:
    """Create categories and suppliers once; True when anything was created."""
    if Supplier.objects.filter(is_demo=True).count() > COUNT // 2:
        return False
    with transaction.atomic():
        _load_categories()
        random = Random(SEED)  # noqa: S311 - invented data, the same every time
        taken: set[str] = set()
        buyer = User.objects.filter(email="buyer@demo.example").first()
        for code, category in FIRST_ONES.items():
            _deliver(code, category)
        for number, place in enumerate(_places(random), start=100):
            _create(random, number, place, buyer, taken)
        _join_groups()
    return True


def _join_groups() -> None:
    """Companies that share the first word of their name belong together: the first of some of
    them is the parent company of the next two."""
    families: dict[str, list[Supplier]] = {}
    for supplier in Supplier.objects.filter(is_demo=True).order_by("code")[: COUNT // 3]:
        families.setdefault(supplier.name.split()[0], []).append(supplier)
    for parent, *others in [group for group in families.values() if len(group) > 2][:GROUPS]:
        keys = [one.pk for one in others[:2]]
        Supplier.objects.filter(pk__in=keys).update(parent=parent)


def _load_categories() -> None:
    for code, name, local_name, parent in CATEGORIES:
        if not Category.objects.filter(code=code).exists():
            save_category(None, CategoryInput(code, name, local_name, parent))


def _deliver(code: str, category: str) -> None:
    supplier = Supplier.objects.filter(code=code).first()
    if supplier is not None:
        metals, reason = MINERALS.get(category, ((), ""))
        set_categories(supplier, [category])
        set_minerals(supplier, metals, reason)


def _places(random: Random) -> Iterator[Place]:
    shares = [place.share for place in PLACES]
    yield from PLACES
    yield from random.choices(PLACES, shares, k=COUNT - len(PLACES))


def _create(random: Random, number: int, place: Place, buyer: User | None, taken: set[str]) -> None:
    region, town = random.choice(place.towns)
    category = random.choice(list(TRADES))
    name, local_name = fresh_name(random, place, category, taken)
    metals, reason = MINERALS.get(category, ((), ""))
    supplier = create_supplier(
        None,
        SupplierInput(
            code=f"DEMO-{number}",
            name=name,
            local_name=local_name,
            country=place.country,
            kind=_kind(category),
            region=region,
            city=town,
            address=f"{random.randint(1, 300)} Example Road",
            buyer=buyer.email if buyer and random.random() < 0.5 else "",
            categories=(category,),
            single_source=random.random() < 0.08,
            minerals=tuple(metals),
            minerals_reason=reason,
        ),
        is_demo=True,
    )
    _belongings(random, supplier, place)


def _kind(category: str) -> str:
    if category.startswith("EN"):
        return SupplierKind.SUBCONTRACTOR
    return SupplierKind.SERVICE if category.startswith("SV") else SupplierKind.PRODUCTION


def _belongings(random: Random, supplier: Supplier, place: Place) -> None:
    makes_goods = supplier.kind == SupplierKind.PRODUCTION
    name, local_name = site_names(place, supplier.city, makes_goods=makes_goods)
    Site.objects.create(
        supplier=supplier,
        code="A",
        name=name,
        local_name=local_name,
        country=supplier.country,
        region=supplier.region,
        city=supplier.city,
    )
    for order, role in enumerate((ContactRole.CSR, ContactRole.SALES)[: random.randint(1, 2)]):
        SupplierContact.objects.create(
            supplier=supplier,
            name=f"{random.choice(_FAMILY)} (demo)",
            email=f"{role}.{supplier.code.lower()}@demo.example",
            role=role,
            language="zh-hans" if supplier.country in ("CN", "HK") else "en",
            is_primary=order == 0,
            may_sign=order == 0,
        )
    this_year = clock.today().year
    size = random.paretovariate(1.1) * 40_000
    currency = CURRENCIES.get(str(supplier.country), "USD")
    AnnualSpend.objects.bulk_create(
        AnnualSpend(
            supplier=supplier,
            year=this_year - back,
            currency=currency,
            amount=Decimal(round(min(size, 9e7) * random.uniform(0.7, 1.3))),
        )
        for back in (1, 2, 3)
    )
