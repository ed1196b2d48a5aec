"""What the words of a refusal stand for."""

import pytest

from composer.core.verdicts.refusals import explained, rule_for
from composer.core.verdicts.request import read_request
from composer.core.verdicts.scales import Severity


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("failed to parse request: recursion limit exceeded at line 1 column 128", "json.depth"),
        ("failed to parse request: lone leading surrogate in hex escape", "text.broken_unicode"),
        ("failed to parse request: trailing comma at line 1 column 14", "json.syntax"),
        ("API key is not valid: personal_api_key", "token.personal_key"),
        ("API key is not valid: too_long", "token.shape"),
        ("request holds no event", "body.empty"),
    ],
)
def test_words_stand_for_a_rule(words: str, rule: str) -> None:
    found = rule_for(words)
    assert found is not None
    assert found.id == rule
    assert explained(words, read_request(b"[]")).severity is Severity.ERROR


def test_other_words_stand_for_themselves() -> None:
    assert rule_for("Failed to deserialize query string: invalid digit") is None
