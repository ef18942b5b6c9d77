"""Working through many records of which one is broken."""

from __future__ import annotations

import logging

import pytest

from core.each import each_by_itself


def test_the_others_are_done_and_the_failure_is_told(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    def work(key: int) -> float:
        done.append(6 / key)
        return done[-1]

    with caplog.at_level(logging.ERROR), pytest.raises(ExceptionGroup) as failed:
        each_by_itself([3, 0, 2], work)
    assert done == [2, 3]
    assert [type(one) for one in failed.value.exceptions] == [ZeroDivisionError]
    assert "work failed for 0" in caplog.text
    assert each_by_itself([1, 2], work) == [6, 3]
