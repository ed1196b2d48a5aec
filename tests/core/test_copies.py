"""Copies of a request as commands and code: what the core writes, with every token carried."""

from __future__ import annotations

import pytest

from composer.core.copies import CodeManner, CurlManner, Manner, Wish, make_copy
from composer.core.curl import Style, render as render_command
from composer.core.destination import mask
from composer.core.shells import Shell
from composer.core.snippets import TARGETS, render as render_code
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest, build_request
from tests.helpers.stage import EU

BODY = f'{{"api_key": "{EU.token}", "event": "it\'s", "distinct_id": "p"}}'.encode()
REQUEST = build_request(BODY, EU, "/i/v0/e/")
EVERY_WAY: tuple[Manner, ...] = (
    *(CurlManner(shell=shell, style=style) for shell in Shell for style in Style),
    *(CodeManner(target=target.id) for target in TARGETS),
)


@pytest.mark.parametrize("key", KeyMode)
def test_a_copy_is_what_curl_and_snippets_make_of_the_request(key: KeyMode) -> None:
    for shell in Shell:
        for style in Style:
            manner = CurlManner(shell=shell, style=style)
            copy = make_copy(Wish(request=REQUEST, manner=manner, key=key))
            command = render_command(REQUEST, key=key, shell=shell, style=style)
            assert (copy.text, copy.notes) == (command.text, command.notes)
    for target in TARGETS:
        copy = make_copy(Wish(request=REQUEST, manner=CodeManner(target=target.id), key=key))
        snippet = render_code(target.id, REQUEST, key)
        assert (copy.text, copy.notes) == (snippet.text, snippet.notes)


@pytest.mark.parametrize("manner", EVERY_WAY, ids=str)
def test_on_a_screen_that_hides_it_no_token_is_seen_and_the_notes_are_of_the_copy(
    manner: Manner,
) -> None:
    shown = make_copy(Wish(request=REQUEST, manner=manner, key=KeyMode.INLINE, hides_key=True))
    plain = make_copy(Wish(request=REQUEST, manner=manner, key=KeyMode.INLINE))
    assert EU.token in plain.text
    assert EU.token not in shown.text
    assert shown.notes == plain.notes


def test_a_variable_stays_one_on_a_screen_that_hides_the_token() -> None:
    wish = Wish(request=REQUEST, manner=CurlManner(), key=KeyMode.ENV, hides_key=True)
    assert "$POSTHOG_PROJECT_TOKEN" in make_copy(wish).text


def test_only_as_much_of_the_text_is_handed_over_as_is_wanted() -> None:
    whole = make_copy(Wish(request=REQUEST, manner=CurlManner(), key=KeyMode.INLINE))
    part = make_copy(Wish(request=REQUEST, manner=CurlManner(), key=KeyMode.INLINE, most=20))
    assert part.text == whole.text[:20]
    assert part.length == whole.length == len(whole.text)


def test_whether_there_is_a_token_is_told() -> None:
    bare = build_request(b'{"event": "e"}', EU, "/i/v0/e/")
    found = [
        make_copy(Wish(request=request, manner=CurlManner(), key=KeyMode.MASKED)).has_token
        for request in (REQUEST, bare)
    ]
    assert found == [True, False]


@pytest.mark.parametrize("key", [KeyMode.ENV, KeyMode.MASKED])
def test_a_token_in_a_header_is_masked_and_it_is_said(key: KeyMode) -> None:
    headers = (("Host", "eu.i.posthog.com"), ("authorization", f"Bearer {EU.token}"))
    request = WireRequest(
        method="POST", url="https://eu.i.posthog.com/i/v1/", headers=headers, body=b"{}"
    )
    copy = make_copy(Wish(request=request, manner=CurlManner(), key=key))
    assert f"authorization: Bearer {mask(EU.token)}" in copy.text
    assert EU.token not in copy.text
    assert "put the value in before you run this" in copy.notes[-1]
    inline = make_copy(Wish(request=request, manner=CurlManner(), key=KeyMode.INLINE))
    assert f"authorization: Bearer {EU.token}" in inline.text
    assert inline.notes == ()
