"""Numbers typed into the settings."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from composer.core.settings import Settings
from composer.services.settings_form import read_settings, written_settings
from composer.ui.settings.numbers import number_text, read_port, read_seconds


@pytest.mark.parametrize(
    ("text", "seconds"), [("10", 10.0), (" 2.5 ", 2.5), ("0.1", 0.1), ("3600", 3600.0)]
)
def test_seconds_are_read(text: str, seconds: float) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize(
    "text", ["", " ", "ten", "2,5", "1e3", "-1", "+1", "nan", "inf", ".5", "5.", "٣", "1 0"]
)
def test_what_is_no_number_of_seconds_is_told_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="for example"):
        read_seconds(text)


@pytest.mark.parametrize("text", ["0", "0.05", "3600.1", "999999"])
def test_too_short_and_too_long_waits_are_told_with_the_limits(text: str) -> None:
    with pytest.raises(ValueError, match=r"Choose between 0\.1 and 3600 seconds"):
        read_seconds(text)


@pytest.mark.parametrize(("text", "port"), [("0", 0), (" 8810 ", 8810), ("65535", 65535)])
def test_a_port_is_read(text: str, port: int) -> None:
    assert read_port(text) == port


@pytest.mark.parametrize("text", ["", "65536", "-1", "88.5", "http", "1e3", "9" * 40])
def test_what_is_no_port_is_told_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="for example 8810"):
        read_port(text)


@given(st.integers(1, 36_000).map(lambda tenths: tenths / 10))
def test_seconds_are_written_as_they_are_read(seconds: float) -> None:
    assert read_seconds(number_text(seconds)) == seconds


@pytest.mark.parametrize(
    ("number", "text"), [(10.0, "10"), (2.5, "2.5"), (8810, "8810"), (0, "0"), (0.1, "0.1")]
)
def test_numbers_are_written_as_short_as_they_can_be(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    "settings",
    [
        replace(Settings(), connect_timeout=read_seconds("0.1"), answer_timeout=3600.0),
        replace(Settings(), sandbox_port=read_port("0")),
        replace(Settings(), sandbox_port=read_port("65535")),
    ],
)
def test_what_the_dialog_takes_the_settings_file_takes_too(settings: Settings) -> None:
    assert read_settings(written_settings(settings)) == (settings, ())
