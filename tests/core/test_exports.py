"""Lists as files: what the answer tells browser and caches."""

from __future__ import annotations

import pytest
from django import forms
from django.test import RequestFactory

from core.web.exports import export_response


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_is_handed_out_is_kept_in_no_cache(kind: str) -> None:
    request = RequestFactory().get("/", {"format": kind})
    response = export_response(request, "suppliers", forms.Form(), [], [])
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert f'.{kind}"' in response.headers["Content-Disposition"]
