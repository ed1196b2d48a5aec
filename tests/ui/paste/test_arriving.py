"""The draft that is opened: as it was pasted, with the person's own token."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.paste import read_pasted
from composer.core.reopen import drafts_from_text
from composer.ui.paste.arriving import batch_of, with_own_token
from tests.ui.paste.driver import BATCH, EVENT, TOKEN

OWN = "phc_own"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (EVENT, EVENT.replace(TOKEN, OWN)),
        ('{"event":  "x"}', f'{{"api_key": "{OWN}", "event":  "x"}}'),
        ('{\n    "event": "x"\n}', f'{{\n    "api_key": "{OWN}",\n    "event": "x"\n}}'),
        (
            '{"event":  "x", "token": "phc_theirs"}',
            f'{{"event":  "x", "token": "{OWN}"}}',
        ),
    ],
)
def test_only_the_token_is_another_in_the_text(before: str, after: str) -> None:
    (draft,) = drafts_from_text(before)
    own = with_own_token(draft, OWN)
    assert own.source == after
    assert own.payload == drafts_from_text(after)[0].payload
    assert own.token == OWN


def test_an_event_without_a_token_gets_none_where_there_is_none() -> None:
    (draft,) = drafts_from_text('{"event":  "x"}')
    assert with_own_token(draft, "") is draft


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.integers(0, 5))
@settings(max_examples=40)
def test_the_text_and_the_value_always_say_the_same(
    members: dict[str, int | str], indent: int
) -> None:
    text = json.dumps({"event": "x", **members, "n": 1.5}, indent=indent)
    (draft,) = drafts_from_text(text)
    own = with_own_token(draft, OWN)
    shown = json.loads(own.source) if own.source is not None else None
    assert shown in (None, {**json.loads(text), _token_name(members): OWN})
    assert own.token == OWN


def _token_name(members: dict[str, int | str]) -> str:
    names = (name for name in members if name in {"api_key", "token", "$token"})
    return next(names, "api_key")


def test_a_batch_keeps_its_spelling() -> None:
    (request,) = read_pasted(BATCH.encode()).requests
    batch = batch_of(request, OWN)
    assert batch.event_type.is_batch
    assert batch.source == BATCH.replace(TOKEN, OWN)


def test_a_list_of_events_becomes_a_batch() -> None:
    text = '[{"event": "a", "api_key": "phc_x"}, {"event": "b"}]'
    (request,) = read_pasted(text.encode()).requests
    batch = batch_of(request, OWN)
    assert batch.event_type.is_batch
    assert [event.get("event") for event in batch.events] == ["a", "b"]
    assert batch.token == OWN
