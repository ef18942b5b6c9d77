"""The register of smelters follows lists and official templates."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from minerals.models import ReferenceSnapshot, Smelter, SmelterList
from minerals.services.smelters import refresh_smelters
from tests.factories.minerals import Desk
from tests.minerals.lists.files import FIRST, SECOND, imported, line

pytestmark = pytest.mark.django_db


def test_an_installed_template_fills_it(desk: Desk) -> None:
    desk.install()
    smelter = Smelter.objects.get(cid="CID900001")
    assert (smelter.metal, smelter.name) == ("Tin", "Bright Tin Smelting Co. (demo)")
    assert (smelter.country, smelter.country_code) == ("INDONESIA", "ID")
    assert (smelter.city, smelter.state) == ("Demo Port", "South Demo")
    lines = smelter.search_text.split("\n")
    assert lines[0] == "cid900001"
    assert {"bright tin (demo)", "pt bright tin demo", "demo port"} <= set(lines)
    assert refresh_smelters() == 0


def test_the_newest_word_counts_and_old_names_stay_findable(
    desk: Desk, csr_specialist: User
) -> None:
    imported(csr_specialist, [line("CID900001", name="Oldest (demo)", country="PERU")], FIRST)
    imported(csr_specialist, [line("CID900001", name="Newer (demo)", country="CHILE")], SECOND)
    smelter = Smelter.objects.get(cid="CID900001")
    assert (smelter.name, smelter.country_code) == ("Newer (demo)", "CL")
    desk.install()
    smelter.refresh_from_db()
    assert (smelter.name, smelter.country_code) == ("Bright Tin Smelting Co. (demo)", "ID")
    assert {"oldest (demo)", "newer (demo)"} <= set(smelter.search_text.split("\n"))


def test_an_older_list_does_not_overwrite_names(csr_specialist: User) -> None:
    imported(csr_specialist, [line("CID900001", name="New (demo)")], SECOND)
    imported(csr_specialist, [line("CID900001", name="Old (demo)")], FIRST)
    assert Smelter.objects.get().name == "New (demo)"


def test_real_data_go_before_invented_ones(csr_specialist: User) -> None:
    real = imported(csr_specialist, [line("CID900001", name="Real")], FIRST)
    demo = imported(csr_specialist, [line("CID900001", name="Invented (demo)")], SECOND)
    SmelterList.objects.filter(pk=demo.pk).update(is_demo=True)
    refresh_smelters()
    assert (Smelter.objects.get().name, Smelter.objects.get().is_demo) == ("Real", False)
    SmelterList.objects.filter(pk=real.pk).update(is_demo=True)
    refresh_smelters()
    assert Smelter.objects.get().is_demo


def test_a_row_without_name_takes_no_name_away(csr_specialist: User) -> None:
    found = imported(csr_specialist, [line("CID900001", name="")], FIRST)
    assert found.listings.get().name == "CID900001"
    assert Smelter.objects.get().name == "CID900001"
    imported(csr_specialist, [line("CID900001", name="Now named (demo)")], SECOND)
    imported(csr_specialist, [line("CID900001", name="")], SECOND + dt.timedelta(days=1))
    assert Smelter.objects.get().name == "Now named (demo)"


def test_what_lists_drop_stays(csr_specialist: User) -> None:
    imported(csr_specialist, [line("CID900001"), line("CID900002")], FIRST)
    imported(csr_specialist, [line("CID900002")], SECOND)
    assert Smelter.objects.count() == 2
    assert not ReferenceSnapshot.objects.exists()
