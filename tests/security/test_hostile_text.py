"""Text of suppliers stays text: in pages for every reader, in exports, in names of downloads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from minerals.excel.sample import complete_answers
from minerals.models import Declaration
from minerals.selectors import reference
from minerals.services.correction import request_correction, write_correction
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>\"'{{7*7}}{% now %}\u202e"
STARTS = ("=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =")
TABS = ("findings", "answers", "smelters", "products", "mines", "history", "file")
SignIn = Callable[[User], Client]


@pytest.fixture
def hostile(tmp_path: Path, csr_specialist: User, supplier: Supplier) -> Declaration:
    reference._built_list.cache_clear()
    supplier.name, supplier.local_name, supplier.code = f"{SCRIPT} Ltd", f"+{SCRIPT}", "<i>@1"
    supplier.save()
    csr_specialist.name = "<u>me"
    csr_specialist.save()
    content = complete_answers("cmrt_6.5")
    rows = [*content["smelters"], {"metal": "Tin", "lookup": SCRIPT, "country": "INDONESIA"}]
    data = form(
        company={"company_name": SCRIPT, "contact_name": SCRIPT, "contact_email": "<i>a@"},
        comments=dict.fromkeys(content["comments"], SCRIPT),
        smelters=rows,
    )
    return Desk(tmp_path, csr_specialist).hand_in(supplier, data, f"{SCRIPT}.xlsx")


@pytest.mark.parametrize("reader", ["csr_specialist", "admin", "supplier_user"])
def test_no_page_runs_it(
    reader: str, hostile: Declaration, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(request.getfixturevalue(reader))
    job = request_correction(request.getfixturevalue("csr_specialist"), hostile.pk)
    page = hostile.get_absolute_url()
    row = hostile.smelters.order_by("-row")[0]
    addresses = ["/", "/minerals/declarations/", f"{page}correction/?job={job.pk}"]
    addresses += [f"{page}?tab={tab}" for tab in TABS]
    addresses += [f"/search/?q={SCRIPT}", f"/minerals/declarations/?search={SCRIPT}"]
    addresses += ["/suppliers/", f"/suppliers/{hostile.supplier_id}/", "/settings/users/"]
    addresses += [f"/minerals/smelter-rows/{row.pk}/candidates/?q={SCRIPT}"]
    addresses += ["/admin/minerals/declaration/", "/admin/core/job/", "/admin/suppliers/supplier/"]
    shown = 0
    for address in addresses:
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code in (200, 302, 403), address
        for raw in ("<script>alert", "<u>me", "<i>@1", "<i>a@", ">49"):
            assert raw not in text, address
        shown += "&lt;script&gt;alert(1)" in text
    assert shown >= 8


def test_downloads_have_a_harmless_name(hostile: Declaration, supplier_user: User) -> None:
    job = request_correction(supplier_user, hostile.pk)
    write_correction(hostile.pk, job.pk)
    client = Client()
    client.force_login(supplier_user)
    page = hostile.get_absolute_url()
    for address in (f"{page}original/", f"{page}correction/download/?job={job.pk}"):
        answer = client.get(address)
        assert answer.status_code == 200
        name = answer["Content-Disposition"].removeprefix("attachment; filename=")
        assert name.startswith('"') and name.endswith('.xlsx"')
        assert not set("<>\\/\r\n\u202e") & set(name)
        assert answer["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("start", STARTS)
def test_no_export_holds_a_formula(
    start: str, supplier: Supplier, csr_specialist: User, tmp_path: Path
) -> None:
    text = f"{start}1+1"
    Supplier.objects.filter(pk=supplier.pk).update(name=text, local_name=text, code=text)
    Desk(tmp_path, csr_specialist).hand_in(supplier, form(), f"{text.strip()}.xlsx")
    client = Client()
    client.force_login(csr_specialist)
    for address in ("/suppliers/export/", "/minerals/declarations/export/"):
        body = client.get(address).getvalue()
        cells = [
            cell
            for sheet in openpyxl.load_workbook(io.BytesIO(body))
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert any("1+1" in str(cell.value) for cell in cells)
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        plain = client.get(f"{address}?format=csv").getvalue()
        values = [value for line in csv.reader(io.StringIO(plain.decode())) for value in line]
        ours = [value for value in values if "1+1" in value]
        assert len(ours) >= 3
        assert all(value.startswith("'") for value in ours)
