"""Keys are hidden in every place that an export has, and in every spelling."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from composer.core.exporting import ExportFormat, pieces, ticket_pack
from composer.core.exporting.hiding import Veil
from composer.core.outcome import Accepted, Response
from composer.core.records import HistoryEntry, Summary
from composer.core.tokens import KeyMode
from tests.helpers.history_entries import MOMENT, PERSONAL, TOKEN, an_entry

COOKIE = "s3ssion-of-a-real-person"


def escaped(token: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" for sign in token)


def planted(key: str) -> HistoryEntry:
    """A send with ``key`` in each of its places."""
    body = f'{{"api_key": "{key}", "event": "e", "properties": {{"token": "{key}", "a": "{key}"}}}}'
    answer = Response(
        status=200,
        reason=key,
        headers=(("x-token", key), ("set-cookie", f"id={COOKIE}")),
        body=f"{key} is fine".encode(),
    )
    entry = an_entry(
        body.encode(),
        Accepted(response=answer),
        headers=(("Authorization", f"Bearer {key}"), ("X-Note", key), ("Cookie", COOKIE)),
        note=f"sent with {key}",
        ticket=key,
        summary=Summary(event=key, person=key),
    )
    return replace(entry, request=replace(entry.request, url=f"https://a.example/e?token={key}"))


@pytest.mark.parametrize("kind", list(ExportFormat))
@pytest.mark.parametrize("key", [TOKEN, PERSONAL])
def test_no_key_is_in_a_masked_export(kind: ExportFormat, key: str) -> None:
    text = "".join(pieces([planted(key)], kind, KeyMode.MASKED))
    assert key not in text
    assert key[12:] not in text
    assert COOKIE not in text


@pytest.mark.parametrize("key", [TOKEN, PERSONAL])
def test_no_key_is_in_a_ticket_pack(key: str) -> None:
    text = ticket_pack(planted(key), None, f"curl -d '{key}' {quote(key)}", MOMENT)
    assert key[12:] not in text
    assert COOKIE not in text


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_a_token_is_there_in_full_where_that_was_asked_for(kind: ExportFormat) -> None:
    text = "".join(pieces([planted(TOKEN)], kind, KeyMode.INLINE))
    assert text.count(TOKEN) >= 8
    assert (COOKIE in text) == (kind is not ExportFormat.CSV)  # which has no headers


@pytest.mark.parametrize("kind", list(ExportFormat))
@pytest.mark.parametrize("key", list(KeyMode))
def test_a_personal_key_is_never_there(kind: ExportFormat, key: KeyMode) -> None:
    text = "".join(pieces([planted(PERSONAL)], kind, key))
    assert PERSONAL[8:] not in text


@pytest.mark.parametrize("key", [TOKEN, PERSONAL])
def test_other_spellings_of_a_key_are_hidden_too(key: str) -> None:
    veil = Veil(an_entry(f'{{"api_key": "{key}"}}'.encode()).request, KeyMode.MASKED)
    for text in (escaped(key), key[:4] + escaped(key[4:]), f"%70{key[1:]}"):
        hidden = veil.text(f'{{"a": "{text}"}}')
        assert text[-12:] not in hidden


def test_a_body_that_spells_its_token_with_escapes_is_masked() -> None:
    body = f'{{"api_key": "{escaped(TOKEN)}", "event": "e"}}'.encode()
    veil = Veil(an_entry(body).request, KeyMode.MASKED)
    assert escaped(TOKEN)[-24:].encode() not in veil.data(body)


def test_the_token_of_another_project_is_masked_as_well() -> None:
    other = "phc_AnotherProjectsToken0123456789abcdef"
    veil = Veil(an_entry().request, KeyMode.MASKED)
    assert other not in veil.text(f"compare with {other}")
    assert veil.text("phc_short and phone_number") == "phc_short and phone_number"


def test_bytes_that_are_no_text_stay_as_they_are_around_a_token() -> None:
    body = b"\xff\xfe" + f'"api_key": "{TOKEN}"'.encode() + b"\x80"
    hidden = Veil(an_entry(body).request, KeyMode.MASKED).data(body)
    assert hidden.startswith(b"\xff\xfe")
    assert hidden.endswith(b'"\x80')
    assert TOKEN.encode() not in hidden


def test_as_a_variable_the_token_is_named() -> None:
    veil = Veil(an_entry().request, KeyMode.ENV)
    assert veil.data(an_entry().request.body).startswith(b'{"api_key":"$POSTHOG_PROJECT_TOKEN"')
