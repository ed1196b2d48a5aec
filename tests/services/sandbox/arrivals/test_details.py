"""A judgement without the values that would be too much to carry."""

from composer.services.sandbox.arrivals.details import MOST_LISTED, Trial, outline
from composer.services.sandbox.request import Submission
from composer.services.sandbox.v0.capture import judge
from tests.services.sandbox.client import NOW, TOKEN


def outlined(*events: str) -> tuple[int, int, int]:
    text = f'{{"api_key":"{TOKEN}","batch":[{",".join(events)}]}}'
    submission = Submission(path="/batch", body=None, now=NOW)
    found = outline(Trial(judge=judge, submission=submission, source=text.encode()))
    assert found.answer.status == 200
    assert found.characters == 0
    return len(found.events), len(found.dropped), found.beyond


GOOD = '{"event":"a","distinct_id":"b"}'
LOST = '{"event":"$performance_event","distinct_id":"b"}'


def test_the_facts_of_every_event_are_told() -> None:
    assert outlined(GOOD, LOST, GOOD) == (2, 1, 0)


def test_of_very_many_events_the_first_are_told_and_the_rest_counted() -> None:
    assert outlined(*[GOOD] * (MOST_LISTED + 5), LOST) == (MOST_LISTED, 0, 6)
    assert outlined(*[GOOD] * (MOST_LISTED - 1), LOST, LOST) == (MOST_LISTED - 1, 1, 1)


def test_a_refusal_is_told_as_it_is() -> None:
    trial = Trial(judge=judge, submission=Submission(path="/e", body=None, now=NOW), source=b"{")
    found = outline(trial)
    assert (found.answer.status, found.events, found.beyond) == (400, (), 0)
