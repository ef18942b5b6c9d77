"""The demo sign-ins, and the companies that the demo files belong to."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Role
from suppliers.models import Supplier, SupplierContact
from suppliers.services.suppliers import SupplierInput, create_supplier

DEMO_PASSWORD = "demo-2026-portal"  # noqa: S105 - demo mode only, printed on start

LIMITED_BUYER = "buyer2@demo.example"
REVIEWER = "csr@demo.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    email: str
    name: str
    title: str
    role: Role
    language: str = ""
    supplier_code: str = ""


def demo_people() -> tuple[DemoPerson, ...]:
    return (
        DemoPerson(REVIEWER, "Lin Yue (demo)", "CSR specialist", Role.CSR_SPECIALIST),
        DemoPerson("buyer@demo.example", "Max Buyer (demo)", "procurement", Role.PROCUREMENT),
        DemoPerson(
            LIMITED_BUYER, "Nina Limit (demo)", "procurement, logistics only", Role.PROCUREMENT
        ),
        DemoPerson("auditor@demo.example", "Aisha Audit (demo)", "auditor", Role.AUDITOR),
        DemoPerson("esg@demo.example", "Eva Report (demo)", "ESG reporter", Role.ESG_REPORTER),
        DemoPerson("admin@demo.example", "Ada Admin (demo)", "administrator", Role.ADMINISTRATOR),
        DemoPerson(
            "supplier@demo.example",
            "王亮 (demo)",
            "supplier contact of Bright Tin Co.",
            Role.SUPPLIER_CONTACT,
            language="zh-hans",
            supplier_code="DEMO-001",
        ),
    )


DEMO_SUPPLIERS = (
    SupplierInput("DEMO-001", "Bright Tin Co. (demo)", "亮锡有限公司（演示）", "CN"),
    SupplierInput("DEMO-002", "Golden Contact Ltd (demo)", "金触点有限公司（演示）", "CN"),
    SupplierInput("DEMO-003", "Nordic Tantal AB (demo)", "", "SE"),
    SupplierInput("DEMO-004", "Wolfram Werk GmbH (demo)", "", "DE"),
    SupplierInput("DEMO-005", "Cobalt Cathode Corp. (demo)", "", "US"),
    SupplierInput("DEMO-006", "Sakura Denshi KK (demo)", "さくら電子株式会社（デモ）", "JP"),
)


def load_people_and_suppliers() -> bool:
    """Create what is missing; True when anything was created."""
    created = False
    for data in DEMO_SUPPLIERS:
        if not Supplier.objects.filter(code=data.code).exists():
            create_supplier(None, data, is_demo=True)
            created = True
    for person in demo_people():
        created = _load_person(person) or created
    return created


def _load_person(person: DemoPerson) -> bool:
    if User.objects.filter(email=person.email).exists():
        return False
    admin = person.role == Role.ADMINISTRATOR
    user = User.objects.create_user(
        person.email, DEMO_PASSWORD, name=person.name, language=person.language, is_staff=admin
    )
    user.add_roles([person.role])
    if person.supplier_code:
        supplier = Supplier.objects.get(code=person.supplier_code)
        SupplierContact.objects.create(
            supplier=supplier,
            user=user,
            name=user.name,
            email=user.email,
            language=user.language,
            is_primary=True,
            may_sign=True,
        )
    return True
