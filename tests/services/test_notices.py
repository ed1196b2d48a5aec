"""Notices are kept once each, in their order."""

from composer.services.notices import Notices


def test_a_sentence_is_told_once_and_in_its_place() -> None:
    notices = Notices()
    for sentence in ("One.", "Two.", "One."):
        notices.add(sentence)
    assert notices.all() == ("One.", "Two.")
