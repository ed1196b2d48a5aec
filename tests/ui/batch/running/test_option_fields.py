"""The numbers of a run's options as text."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.options import LARGEST_REQUEST, LIMITS, BatchOptions, option_problem
from composer.ui.batch.running.option_fields import FIELDS, as_option, problem, read, shown


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ("request_bytes", "5", 5_000_000),
        ("request_bytes", " 0.5 ", 500_000),
        ("request_bytes", "20.9", 20_900_000),
        ("most_events", "2,000", 2_000),
        ("workers", "32", 32),
        ("rate", "", 0.0),
        ("rate", "0.5", 0.5),
        ("tries", "1", 1),
    ],
)
def test_a_text_is_read_as_the_option(option: str, text: str, value: float) -> None:
    assert problem(option, text) == ""
    assert as_option(option, text) == value
    assert isinstance(as_option(option, text), float if option == "rate" else int)


@pytest.mark.parametrize(
    ("option", "text", "says"),
    [
        ("request_bytes", "21", "from 0.001 to 20.9 MB"),
        ("request_bytes", "0.0001", "from 0.001 to 20.9 MB"),
        ("request_bytes", "much", "from 0.001 to 20.9 MB"),
        ("most_events", "0", "from 1 to 100,000"),
        ("most_events", "2.5", "whole number"),
        ("workers", "33", "from 1 to 32"),
        ("workers", "", "from 1 to 32"),
        ("rate", "-1", "number from 0"),
        ("rate", "nan", "number from 0"),
        ("rate", "1e9", "number from 0"),
        ("tries", "٣", "from 1 to 20"),
        ("tries", "9" * 400, "from 1 to 20"),
    ],
)
def test_what_cannot_be_is_told_with_the_limits(option: str, text: str, says: str) -> None:
    assert says in problem(option, text)


@given(st.sampled_from([field.option for field in FIELDS]), st.data())
def test_what_is_shown_is_read_back(option: str, data: st.DataObject) -> None:
    limits = LIMITS[option]
    value = data.draw(st.integers(int(limits.least), int(limits.most)))
    options = BatchOptions(**{option: value})  # pyright: ignore[reportArgumentType]
    text = shown(option, options)
    assert as_option(option, text) == value
    assert problem(option, text) == option_problem(option, value) == ""


def test_every_number_among_the_limits_has_a_field() -> None:
    assert {field.option for field in FIELDS} == set(LIMITS)


def test_the_largest_size_that_is_named_is_allowed() -> None:
    assert (read("request_bytes", "20.9") or 0) <= LARGEST_REQUEST
