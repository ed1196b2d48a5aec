"""Severities, counts, outlooks and places in words."""

import pytest

from composer.core.events import by_id
from composer.core.jsontext import Path
from composer.core.verdicts.outlook import Forecast, Outlook
from composer.core.verdicts.scales import Severity
from composer.ui.verdicts.naming import is_token, place_name
from composer.ui.verdicts.words import LOOKS, WORDS, counts_text, outlook_look, outlook_text
from composer.ui.widgets import Severity as Look


def test_every_severity_has_a_word_of_its_own_and_a_look() -> None:
    assert len({*WORDS.values()}) == len(WORDS) == len(Severity)
    assert set(LOOKS) == set(Severity)


def test_counts_name_the_worst_first_and_leave_notes_out() -> None:
    counts = {Severity.ADVICE: 4, Severity.WARNING: 1, Severity.ALTERED: 1200, Severity.ERROR: 2}
    assert counts_text(counts) == "2 errors · 1,200 altered · 1 to know"
    assert counts_text({Severity.ADVICE: 4}) == ""


@pytest.mark.parametrize(
    ("outlook", "events", "lost", "words", "look"),
    [
        (Outlook.STORED, 1, 0, "Will be stored", Look.OK),
        (Outlook.ALTERED, 1, 0, "Will be stored, but not as typed", Look.WARNING),
        (Outlook.LOST, 1, 1, "Will be lost", Look.ERROR),
        (Outlook.LOST, 3, 3, "Will be lost", Look.ERROR),
        (Outlook.ALTERED, 3, 2, "2 of 3 events will be lost", Look.ERROR),
        (Outlook.REFUSED, 3, 0, "Will be refused", Look.ERROR),
        (Outlook.REFUSED, 3, 1, "Will be refused", Look.ERROR),
    ],
)
def test_the_outlook_says_how_many_events_are_lost(
    outlook: Outlook, events: int, lost: int, words: str, look: Look
) -> None:
    forecast = Forecast(outlook=outlook, counts={}, events=events, lost=lost)
    assert (outlook_text(forecast), outlook_look(forecast)) == (words, look)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), ""),
        (("api_key",), "Project token"),
        (("token",), "Project token"),
        (("timestamp",), "When"),
        (("properties", "plan"), "plan"),
        (("properties", ""), "a property without a name"),
        (("properties", "list", 2), "list, item 3"),
        (("properties", "$set", "email"), "Also update the person, email"),
        (("batch", 2), "Event 3"),
        (("batch", 2, "distinct_id"), "Event 3: Person's ID"),
        ((4,), "item 5"),
    ],
)
def test_a_place_is_called_as_the_form_calls_it(path: Path, name: str) -> None:
    assert place_name(path, by_id("custom")) == name


def test_only_the_token_at_the_top_is_the_token() -> None:
    assert is_token(("api_key",))
    assert not is_token(("properties", "token"))
    assert not is_token(())
