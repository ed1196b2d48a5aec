"""Options have limits, and what is beyond them is told with the next step."""

import pytest

from composer.core.batch.options import LARGEST_REQUEST, LIMITS, BatchOptions, option_problem


@pytest.mark.parametrize("name", list(LIMITS))
def test_the_default_and_both_limits_can_be_set_and_nothing_beyond(name: str) -> None:
    limits = LIMITS[name]
    for value in (getattr(BatchOptions(), name), limits.least, limits.most):
        assert option_problem(name, value) == ""
    for value in (limits.least - 1, limits.most + 1):
        assert option_problem(name, value).startswith(("Enter", "PostHog takes"))


def test_only_the_rate_may_have_a_fraction() -> None:
    assert option_problem("rate", 0.5) == ""
    assert "whole number from 1 to 32" in option_problem("workers", 2.5)
    assert option_problem("workers", float("nan")) != ""


def test_a_request_stays_under_what_the_service_takes() -> None:
    assert LARGEST_REQUEST < 20_971_520
    assert "under 20 MB" in option_problem("request_bytes", 20_971_520)
