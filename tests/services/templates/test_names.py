"""Folders of templates keep the name that a person gave them, on every system."""

import re

import pytest
from hypothesis import given

from composer.services.templates.names import as_shown, on_disk, tidy
from tests.helpers.values import texts

RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt9"}


@pytest.mark.parametrize(
    ("folder", "parts"),
    [
        ("", ()),
        ("Support/Refunds", ("Support", "Refunds")),
        (" Support // Refunds / ", ("Support", "Refunds")),
        ("Größe & Übung", ("Größe & Übung",)),
        ("日本語", ("日本語",)),
        ("Refunds: EU?", ("Refunds%3A EU%3F",)),
        ("../etc", ("%2E%2E", "etc")),
        (".git", ("%2Egit",)),
        ("con/Nul.txt/console", ("%63on", "%4Eul.txt", "console")),
        ("100%", ("100%",)),
        ("%41", ("%2541",)),
        ("a.", ("a%2E",)),
    ],
)
def test_a_folder_is_called_what_a_person_calls_it(folder: str, parts: tuple[str, ...]) -> None:
    assert on_disk(folder) == parts
    assert as_shown(parts) == tidy(folder)


@given(texts)
def test_every_folder_is_fit_for_every_system_and_comes_back(folder: str) -> None:
    parts = on_disk(folder)
    assert as_shown(parts) == as_shown(on_disk(as_shown(parts)))
    assert len(parts) <= 8
    for part in parts:
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|^\.|[. ]$', part)
        assert part.partition(".")[0].casefold() not in RESERVED
        assert 0 < len(part.encode("utf-8")) <= 120


@given(texts)
def test_what_is_shown_is_what_was_typed(folder: str) -> None:
    shown = tidy(folder)
    assert tidy(shown) == shown
    if shown.isprintable():
        assert as_shown(on_disk(shown)) == shown


def test_a_percent_sign_from_elsewhere_stays() -> None:
    assert as_shown(("50%FF",)) == "50%FF"
    assert as_shown(("a%2Fb",)) == "a%2Fb"
