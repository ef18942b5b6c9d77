"""Template tags of the interface."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Engine, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from core.templatetags.core_ui import FIELD_CLASSES, ICON_FOLDER, icon, number, percent

ROOT = Path(__file__).resolve().parents[2]
MOMENT = dt.datetime(2026, 11, 12, 9, 30, 5, tzinfo=dt.UTC)


def show(source: str, address: str = "/list/", **context: Any) -> str:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return Template(source).render(RequestContext(request, context)).strip()


# --- Icons ---------------------------------------------------------------------------------------
def test_an_icon_is_a_drawing_in_the_colour_of_the_text_that_is_not_read_aloud() -> None:
    drawing = icon("home")
    assert drawing.startswith('<svg class="icon" viewBox="0 0 24 24"')
    assert 'stroke="currentColor"' in drawing
    assert 'aria-hidden="true"' in drawing
    assert '<path d="M5 12l-2 0l9 -9l9 9l-2 0" />' in drawing


def test_a_labelled_icon_is_read_aloud_and_its_label_is_escaped() -> None:
    drawing = icon("home", label='a "b" <c>')
    assert 'role="img" aria-label="a &quot;b&quot; &lt;c&gt;"' in drawing
    assert "aria-hidden" not in drawing


def test_a_filled_icon_is_painted_instead_of_stroked() -> None:
    assert 'fill="currentColor" stroke="none"' in icon("circle-check-filled")


@pytest.mark.parametrize("name", ["no-such-icon", "../models/job", "home.svg", ""])
def test_an_unknown_icon_is_an_error_that_says_what_to_do(name: str) -> None:
    with pytest.raises(ValueError, match=r"add it to scripts/icons\.txt"):
        icon(name)


def test_every_icon_named_in_a_template_exists() -> None:
    named = {
        (name, str(path.relative_to(ROOT)))
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text("utf-8"))
    }
    assert len(named) > 50
    missing = {pair for pair in named if not (ICON_FOLDER / f"{pair[0]}.svg").is_file()}
    assert missing == set()


# --- Badges --------------------------------------------------------------------------------------
def test_a_badge_has_an_icon_and_a_word() -> None:
    badge = show('{% status_badge "verified" label %}', label="Conformant <b>")
    assert badge.startswith('<span class="status-badge tone-verified"><svg class="icon"')
    assert badge.endswith("<span>Conformant &lt;b&gt;</span></span>")


def test_an_unknown_tone_is_an_error() -> None:
    with pytest.raises(ValueError, match="No tone 'green'"):
        show('{% status_badge "green" "Conformant" %}')


@pytest.mark.parametrize(
    ("severity", "tone", "word"),
    [("error", "now", "Error"), ("warning", "soon", "Warning"), ("info", "info", "Note")],
)
def test_a_severity_has_its_tone_and_word(severity: str, tone: str, word: str) -> None:
    chip = show("{% severity_chip severity %}", severity=severity)
    assert f'class="severity-chip tone-{tone}"' in chip
    assert chip.endswith(f"<span>{word}</span></span>")


def test_a_counting_chip_groups_thousands() -> None:
    assert show('{% severity_chip "error" 1204 %}').endswith("<b>1,204</b></span>")


# --- Dates and numbers ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "show_what", "text"),
    [
        ("en", "moment", "12 Nov 2026, 17:30"),
        ("en", "day", "12 Nov 2026"),
        ("zh-hans", "moment", "2026年11月12日 17:30"),
        ("zh-hans", "day", "2026年11月12日"),
    ],
)
def test_a_moment_is_local_with_the_exact_one_on_hover(
    settings: Any, language: str, show_what: str, text: str
) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"
    with translation.override(language):
        shown = show("{% moment value show %}", value=MOMENT, show=show_what)
    assert shown == (
        f'<time datetime="2026-11-12T09:30:05+00:00" title="2026-11-12 09:30:05 UTC">{text}</time>'
    )


def test_a_calendar_date_has_no_time_zone() -> None:
    shown = show("{% day value %}", value=dt.date(2026, 6, 30))
    assert shown == '<time datetime="2026-06-30" title="2026-06-30">30 Jun 2026</time>'


def test_what_is_not_known_is_a_grey_dash() -> None:
    dash = '<span class="not-known">–</span>'
    assert show("{% moment value %}{% day value %}", value=None) == dash + dash


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1204, "1,204"), (1234567, "1,234,567"), (None, "–")]
)
def test_numbers_are_grouped(value: int | None, text: str) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0 %"), (0.766, "77 %"), (1, "100 %"), (None, "–")]
)
def test_shares_are_whole_percentages(value: float | None, text: str) -> None:
    assert percent(value) == text


# --- Sorting -------------------------------------------------------------------------------------
def heading(address: str, **extra: Any) -> str:
    return show('{% sort_heading "name" "Name" first=first %}', address, first="", **extra)


@pytest.mark.parametrize(
    ("address", "link", "order"),
    [
        ("/list/", "?sort=name", None),
        ("/list/?sort=name", "?sort=-name", "ascending"),
        ("/list/?sort=-name", "?sort=name", "descending"),
        ("/list/?sort=other", "?sort=name", None),
        ("/list/?metal=tin&page=4", "?metal=tin&amp;sort=name", None),
    ],
)
def test_a_heading_sorts_keeps_filters_and_starts_again(
    address: str, link: str, order: str | None
) -> None:
    shown = heading(address)
    assert f'href="{link}"' in shown
    found = re.search(r'aria-sort="(\w+)"', shown)
    assert (found[1] if found else None) == order


def test_figures_sort_downwards_first() -> None:
    shown = show('{% sort_heading "share" "Share" css="num" first="-" %}')
    assert '<th scope="col" class="num">' in shown
    assert 'href="?sort=-share"' in shown


def test_a_heading_in_a_list_changes_only_the_list() -> None:
    assert 'hx-boost="true" hx-target="#list"' in heading("/list/", list_id="list")
    assert "hx-" not in heading("/list/")


# --- Filters -------------------------------------------------------------------------------------
class Filters(forms.Form):
    search = forms.CharField(label="Search", required=False)
    metal = forms.MultipleChoiceField(
        label="Metal", required=False, choices=[("tin", "Tin"), ("au", "Gold")]
    )
    demo = forms.NullBooleanField(label="Demo", required=False)
    sort = forms.CharField(required=False)


def chips(address: str) -> list[tuple[str, str, str]]:
    request = RequestFactory().get(address)
    context = Context({"request": request, "form": Filters(request.GET)})
    Template("{% active_filters form as found %}").render(context)
    return [(chip.label, chip.value, chip.url) for chip in context["found"]]


def test_active_filters_in_words_each_with_the_address_without_it() -> None:
    assert chips("/list/?search=x&metal=tin&metal=au&page=3&sort=name") == [
        ("Search", "x", "?metal=tin&metal=au&sort=name"),
        ("Metal", "Tin, Gold", "?search=x&sort=name"),
    ]


def test_no_filter_no_chip() -> None:
    assert chips("/list/?sort=name&page=2") == []


def test_a_false_filter_is_a_filter() -> None:
    assert chips("/list/?demo=false") == [("Demo", "no", "?")]


def test_an_invalid_filter_shows_no_chip() -> None:
    assert chips("/list/?metal=cheese") == []


# --- Forms ---------------------------------------------------------------------------------------
class Entry(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the invoice.")
    since = forms.DateField(label="Since", required=False)
    metal = forms.ChoiceField(label="Metal", choices=[("tin", "Tin")])
    agreed = forms.BooleanField(label="Agreed")
    scope = forms.ChoiceField(
        label="Scope", choices=[("a", "Company"), ("b", "Product")], widget=forms.RadioSelect
    )
    secret = forms.CharField(widget=forms.HiddenInput, initial="7")


def rendered(name: str, data: dict[str, str] | None = None) -> str:
    return show(f"{{% field form.{name} %}}", form=Entry(data))


def test_help_and_errors_are_joined_to_the_input() -> None:
    shown = rendered("name", {})
    assert 'class="form-control is-invalid"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert '<div class="field-help" id="id_name_helptext">As on the invoice.</div>' in shown
    assert '<ul class="field-errors" id="id_name_error">' in shown
    assert "This field is required." in shown


def test_a_field_without_errors_says_nothing_of_errors() -> None:
    shown = rendered("name", {"name": "Bright Tin Co. (demo)"})
    assert "is-invalid" not in shown
    assert "field-errors" not in shown


def test_an_optional_field_says_so() -> None:
    assert '<span class="optional">optional</span>' in rendered("since")
    assert "optional" not in rendered("name")


@pytest.mark.parametrize(
    ("name", "kind"), [("name", "input"), ("metal", "select"), ("agreed", "checkbox")]
)
def test_each_kind_of_input_has_its_class(name: str, kind: str) -> None:
    assert f'class="{FIELD_CLASSES[kind]}"' in rendered(name)


def test_choices_are_a_group_with_the_chosen_one_marked() -> None:
    shown = rendered("scope", {"scope": "b"})
    assert '<legend class="form-label">Scope</legend>' in shown
    assert 'value="b" id="id_scope_1" checked>' in shown
    assert 'value="a" id="id_scope_0">' in shown


def test_a_hidden_field_has_no_label() -> None:
    assert rendered("secret") == ('<input type="hidden" name="secret" value="7" id="id_secret">')


# --- Pages ---------------------------------------------------------------------------------------
def test_the_pager_counts_and_keeps_the_filters() -> None:
    page = Paginator(range(1203), 50).page(3)
    shown = show('{% include "components/pagination.html" %}', "/list/?metal=tin", page_obj=page)
    assert "<span>101–150 of 1,203</span>" in shown
    assert 'href="?metal=tin&amp;page=2" rel="prev"' in shown
    assert 'href="?metal=tin&amp;page=25"' in shown
    assert 'id="page-3" tabindex="-1" aria-current="page">3</span>' in shown


def test_a_single_page_has_no_links() -> None:
    page = Paginator(range(3), 50).page(1)
    shown = show('{% include "components/pagination.html" %}', page_obj=page)
    assert "1–3 of 3" in shown
    assert "<nav" not in shown


# --- House rules ---------------------------------------------------------------------------------
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_obey_the_content_security_policy(path: Path) -> None:
    source = path.read_text("utf-8")
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", source) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", source) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', source) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_compile(path: Path) -> None:
    Engine.get_default().get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_error_pages_need_no_request_and_no_database(code: str, language: str) -> None:
    with translation.override(language):
        page = Engine.get_default().get_template(f"{code}.html").render(Context({}))
    assert f'<html lang="{language}">' in page
    assert 'href="/"' in page
    assert 'class="entrance-tone' in page
