"""Writing suppliers, sites, contacts and categories through the services."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import ActivityEntry
from suppliers.models import Category, Supplier, SupplierContact
from suppliers.rules.related_data import ContactInput, SiteInput
from suppliers.selectors.links import input_of, record_of
from suppliers.services.categories import CategoryInput, delete_category, save_category
from suppliers.services.contacts import give_access, remove_access, save_contact
from suppliers.services.evidence import store_evidence
from suppliers.services.problems import InvalidRecord
from suppliers.services.sites import remove_site, save_site
from suppliers.services.suppliers import SupplierInput, create_supplier, update_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture
def boards(db: None) -> Category:
    save_category(None, CategoryInput("EL", "Electronics", "电子"))
    return save_category(None, CategoryInput("EL-PCB", "Boards", "印制电路板", "EL"))


def full(buyer: User) -> SupplierInput:
    return SupplierInput(
        "S-9",
        "Whole Record Ltd",
        "全记录有限公司",
        "cn",
        kind="service",
        region="Guangdong",
        city="Shenzhen",
        address="1 Road",
        parent="s-1",
        buyer=buyer.email.upper(),
        categories=("el-pcb",),
        single_source=True,
        uscc="91440300708461136T",
        duns="12-345-6789",
        minerals=("tin", "gold"),
        minerals_reason="solder paste",
    )


def test_a_whole_record_is_stored(buyer: User, supplier: Supplier, boards: Category) -> None:
    stored = create_supplier(buyer, full(buyer))
    record = record_of(Supplier.objects.get(pk=stored.pk))
    assert record["parent"] == "S-1"
    assert record["buyer"] == buyer.email
    assert record["categories"] == ["EL-PCB"]
    assert record["minerals"] == ["gold", "tin"]
    assert (record["uscc"], record["vat"]) == ("91440300708461136T", "")
    first = stored.status_changes.get()
    assert (first.to_status, first.action, first.actor) == ("registered", "register", buyer)


def test_the_record_as_input_changes_nothing(
    buyer: User, supplier: Supplier, boards: Category
) -> None:
    stored = create_supplier(buyer, full(buyer))
    before = ActivityEntry.objects.count()
    again = update_supplier(buyer, stored.pk, input_of(stored), revision=stored.revision)
    assert again.revision == stored.revision
    assert ActivityEntry.objects.count() == before


def test_a_change_is_noted_field_by_field(
    buyer: User, supplier: Supplier, boards: Category
) -> None:
    stored = create_supplier(buyer, full(buyer))
    data = replace(input_of(stored), city="Dongguan", minerals=("tin",), duns="")
    update_supplier(buyer, stored.pk, data)
    entry = ActivityEntry.objects.about(stored).filter(verb="supplier.changed").get()
    assert entry.data["changes"] == {
        "city": ["Shenzhen", "Dongguan"],
        "duns": ["12-345-6789", ""],
        "minerals": [["gold", "tin"], ["tin"]],
    }


def test_the_second_of_two_people_is_told(buyer: User, supplier: Supplier) -> None:
    seen = supplier.revision
    update_supplier(buyer, supplier.pk, replace(input_of(supplier), city="A"), revision=seen)
    with pytest.raises(DomainError) as refused:
        update_supplier(buyer, supplier.pk, replace(input_of(supplier), city="B"), revision=seen)
    assert refused.value.code == "changed_meanwhile"
    assert Supplier.objects.get(pk=supplier.pk).city == "A"


def test_everything_wrong_is_said_at_once_and_nothing_stored(
    buyer: User, supplier: Supplier
) -> None:
    data = SupplierInput("s-1", "", country="ZZ", parent="NONE", buyer="who@example.test")
    with pytest.raises(InvalidRecord) as refused:
        create_supplier(buyer, data)
    assert {(part.field, part.code) for part in refused.value.parts} == {
        ("code", "supplier_code_taken"),
        ("name", "supplier_name_missing"),
        ("country", "country_unknown"),
        ("parent", "parent_unknown"),
        ("buyer", "buyer_unknown"),
    }
    assert Supplier.objects.count() == 1


def test_parents_do_not_go_in_circles(
    buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    update_supplier(buyer, other_supplier.pk, replace(input_of(other_supplier), parent="S-1"))
    for parent, code in (("S-2", "parent_in_circle"), ("S-1", "parent_is_self")):
        with pytest.raises(InvalidRecord) as refused:
            update_supplier(buyer, supplier.pk, replace(input_of(supplier), parent=parent))
        assert refused.value.code == code


def test_an_auditor_is_no_buyer(buyer: User, auditor: User, supplier: Supplier) -> None:
    with pytest.raises(InvalidRecord):
        update_supplier(buyer, supplier.pk, replace(input_of(supplier), buyer=auditor.email))


def test_sites(buyer: User, auditor: User, supplier: Supplier) -> None:
    site = save_site(buyer, supplier.pk, SiteInput("A", "Plant A", country="cn"))
    with pytest.raises(InvalidRecord) as refused:
        save_site(buyer, supplier.pk, SiteInput("a", "Plant again"))
    assert refused.value.code == "site_code_taken"
    save_site(buyer, supplier.pk, SiteInput("A", "Plant A", country="DE"), site.pk)
    entry = ActivityEntry.objects.about(supplier).filter(verb="supplier.site_changed").get()
    assert entry.data["changes"] == {"country": ["CN", "DE"]}
    with pytest.raises(NotAllowed):
        remove_site(auditor, supplier.pk, site.pk)
    remove_site(buyer, supplier.pk, site.pk)
    assert not supplier.sites.exists()


def test_a_contact_exists_before_its_account(buyer: User, supplier: Supplier) -> None:
    data = ContactInput("王亮", "Wang@Bright.example", role="csr", is_primary=True)
    contact = save_contact(buyer, supplier.pk, data)
    assert (contact.email, contact.user) == ("wang@bright.example", None)
    linked, created = give_access(buyer, supplier.pk, contact.pk)
    assert created
    assert linked.pk == contact.pk
    assert give_access(buyer, supplier.pk, contact.pk)[1] is False
    assert SupplierContact.objects.filter(supplier=supplier).count() == 1
    remove_access(buyer, supplier.pk, contact.pk)
    contact.refresh_from_db()
    assert (contact.user, contact.name) == (None, "王亮")


def test_there_is_one_first_contact(buyer: User, supplier: Supplier) -> None:
    one = save_contact(buyer, supplier.pk, ContactInput("One", is_primary=True))
    save_contact(buyer, supplier.pk, ContactInput("Two", is_primary=True))
    one.refresh_from_db()
    assert not one.is_primary


def test_nobody_moves_a_sign_in_to_another_address(
    buyer: User, supplier: Supplier, supplier_user: User
) -> None:
    contact = supplier.contacts.get(user=supplier_user)
    with pytest.raises(InvalidInput) as refused:
        save_contact(buyer, supplier.pk, ContactInput("X", "x@evil.example"), contact.pk)
    assert refused.value.code == "contact_address_of_account"


def test_a_contact_of_another_supplier_is_not_found(
    buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    contact = save_contact(buyer, other_supplier.pk, ContactInput("Other"))
    with pytest.raises(NotFound):
        save_contact(buyer, supplier.pk, ContactInput("Other"), contact.pk)


def test_moving_a_category_moves_what_is_below(admin: User, boards: Category) -> None:
    save_category(admin, CategoryInput("X", "Everything"))
    top = Category.objects.get(code="EL")
    save_category(admin, CategoryInput("EL", "Electronics", "电子", "X"), top.pk)
    boards.refresh_from_db()
    assert (boards.path, boards.depth) == ("X/EL/EL-PCB/", 2)


def test_a_category_cannot_be_below_itself(admin: User, boards: Category) -> None:
    top = Category.objects.get(code="EL")
    with pytest.raises(InvalidInput) as refused:
        save_category(admin, CategoryInput("EL", "Electronics", parent="EL-PCB"), top.pk)
    assert refused.value.code == "category_in_circle"


def test_a_category_in_use_is_not_deleted(
    admin: User, buyer: User, supplier: Supplier, boards: Category
) -> None:
    update_supplier(buyer, supplier.pk, replace(input_of(supplier), categories=("EL-PCB",)))
    for category in Category.objects.all():
        with pytest.raises(DomainError) as refused:
            delete_category(admin, category.pk)
        assert refused.value.code == "category_in_use"
    with pytest.raises(NotAllowed):
        delete_category(buyer, boards.pk)


def test_the_former_first_contact_is_told_of(buyer: User, supplier: Supplier) -> None:
    first = save_contact(buyer, supplier.pk, ContactInput("Ann", "ann@x.test", is_primary=True))
    save_contact(buyer, supplier.pk, ContactInput("Bo", "bo@x.test", is_primary=True))
    first.refresh_from_db()
    assert not first.is_primary
    entry = ActivityEntry.objects.about(supplier).get(verb="supplier.contact_changed")
    assert (entry.data["name"], entry.data["changes"]) == ("Ann", {"is_primary": [True, False]})


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.pdf", None), ("a.png", None), ("a.jpg", None), ("a.zip", None), ("a.XLSX", "xlsx")],
)
def test_an_archive_is_kept_as_an_office_file_only(
    buyer: User, supplier: Supplier, name: str, kind: str | None
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.bin", b"MZ")
    upload = SimpleUploadedFile(name, packed.getvalue())
    if kind is not None:
        assert store_evidence(buyer, supplier, upload).kind == kind
        return
    with pytest.raises(InvalidInput) as refused:
        store_evidence(buyer, supplier, upload)
    assert refused.value.code == "evidence_kind"
