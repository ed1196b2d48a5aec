"""The inspector shows the very bytes of a request, and hides nothing but a key."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtWidgets import QAbstractButton

from composer.core.curl import render
from composer.core.jsontext import encode
from composer.core.outcome import Cancelled, Fault, Outcome, Rejected, Response, Unreachable, judge
from composer.core.tokens import KeyMode
from composer.ui.inspector import RequestInspector
from composer.ui.inspector.view import Side
from composer.ui.widgets import CodeView, Pill, Tabs
from tests.helpers.stage import EU, OK, SANDBOX, Stage, nameless
from tests.helpers.values import values
from tests.helpers.window import click, named

BODY = b'{"api_key": "phc_aRealProjectsToken00000000000000", "event": "a\\u00e9", "n": 1.00}'


def inspector_on(stage: Stage) -> RequestInspector:
    inspector = RequestInspector(stage.preferences, stage.copier)
    stage.show(inspector, 420, 500)
    return inspector


def shown(inspector: RequestInspector) -> str:
    view = next(view for view in inspector.findChildren(CodeView) if view.isVisible())
    return view.text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(value=values)
async def test_any_body_is_shown_character_by_character(stage: Stage, value: object) -> None:
    body = encode(value).encode("utf-8", "surrogatepass")  # pyright: ignore[reportArgumentType]
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(body), SANDBOX)
    expected = body.decode("utf-8", "replace")
    if expected.encode("utf-8") == body and body:
        assert shown(inspector) == expected


async def test_curl_stands_beside_it_with_the_key_as_settings_say(stage: Stage) -> None:
    inspector = inspector_on(stage)
    request = stage.request(BODY, EU)
    inspector.show_request(request, EU)
    inspector.show_side(Side.CURL)
    for key in (None, *KeyMode):
        stage.preferences.change(copy_key=key)
        expected = render(request, key=key or KeyMode.ENV).text
        assert shown(inspector) == expected
        inspector.copy_curl()
        assert stage.copied[-1] == expected
    assert len(set(stage.copied)) == 3


async def test_a_real_projects_key_stays_out_of_copies_unless_it_is_asked_for(
    stage: Stage,
) -> None:
    assert stage.preferences.settings.destination_id == "sandbox"
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(BODY, EU), EU)
    click(inspector, "Copy body")
    assert stage.copied == [
        BODY.decode().replace("phc_aRealProjectsToken00000000000000", "$POSTHOG_PROJECT_TOKEN")
    ]
    assert "in place of the token" in stage.said[-1].text
    stage.preferences.change(copy_key=KeyMode.INLINE)
    click(inspector, "Copy body")
    assert stage.copied[-1] == BODY.decode()


async def test_each_tab_copies_its_own_text(stage: Stage) -> None:
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(b'{"event": "e"}'), SANDBOX, OK)
    for side, name in (
        (Side.HEADERS, "Copy headers"),
        (Side.RESPONSE, "Copy response"),
        (Side.CURL, "Copy curl command"),
        (Side.REQUEST, "Copy body"),
    ):
        inspector.show_side(side)
        click(inspector, name)
        assert stage.copied[-1] == inspector.text(side)
    assert stage.copied[1] == '{"status":"Ok"}'
    assert stage.copied[3] == '{"event": "e"}'


async def test_a_hidden_key_is_hidden_on_screen_only(stage: Stage) -> None:
    inspector = inspector_on(stage)
    request = stage.request(BODY, EU)
    inspector.show_request(request, EU)
    stage.preferences.change(hide_key=True)
    assert "phc_aRea…0000" in shown(inspector)
    assert "phc_aRealProjectsToken" not in shown(inspector)
    assert inspector.text(Side.REQUEST) == BODY.decode()
    inspector.show_side(Side.CURL)
    assert "phc_aRealProjectsToken" not in shown(inspector)
    stage.preferences.change(hide_key=False)
    inspector.show_side(Side.REQUEST)
    assert shown(inspector) == BODY.decode()


async def test_the_size_and_the_whole_digest_can_be_had(stage: Stage) -> None:
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(BODY, EU), EU)
    digest = hashlib.sha256(BODY).hexdigest()
    button = named(inspector, "Copy SHA-256 of the body", QAbstractButton)
    assert digest[:6] in button.text()
    assert digest in button.toolTip()
    button.click()
    assert stage.copied == [digest]


async def test_a_long_body_is_cut_on_screen_and_whole_in_a_copy(stage: Stage) -> None:
    inspector = inspector_on(stage)
    body = b'"' + b"x" * 300_000 + b'"'
    inspector.show_request(stage.request(body), SANDBOX)
    assert len(shown(inspector)) == 200_000
    click(inspector, "Copy body")
    assert stage.copied[-1].encode() == body


async def test_a_body_that_is_no_text_is_shown_as_hex(stage: Stage) -> None:
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(b"\xff\xfe"), SANDBOX)
    assert shown(inspector).startswith("00000000  ff fe")


async def test_without_an_answer_there_is_no_tab_for_it(stage: Stage) -> None:
    inspector = inspector_on(stage)
    tabs = inspector.findChildren(Tabs)[0]
    inspector.show_request(stage.request(BODY), SANDBOX, OK)
    inspector.show_side(Side.RESPONSE)
    assert inspector.side is Side.RESPONSE
    inspector.show_request(stage.request(BODY), SANDBOX)
    assert not tabs.isTabVisible(Side.RESPONSE)
    assert inspector.side is Side.REQUEST
    inspector.show_side(Side.RESPONSE)
    assert inspector.side is Side.REQUEST


@pytest.mark.parametrize(
    ("outcome", "badge", "body"),
    [
        (OK, "200 OK", '{"status":"Ok"}'),
        (judge(Response(status=503, body=b"later")), "503", "later"),
        (Unreachable(fault=Fault.REFUSED, detail="refused"), "No answer", None),
        (Cancelled(milliseconds=5), "Cancelled", None),
    ],
)
async def test_the_answer_is_explained_and_shown_as_received(
    stage: Stage, outcome: Outcome, badge: str, body: str | None
) -> None:
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(BODY), SANDBOX, outcome)
    inspector.show_side(Side.RESPONSE)
    assert next(p for p in inspector.findChildren(Pill) if p.isVisible()).text == badge
    views = [view for view in inspector.findChildren(CodeView) if view.isVisible()]
    assert [view.text() for view in views[:1]] == ([] if body is None else [body])


async def test_secrets_in_headers_are_hidden_as_the_key_is(stage: Stage) -> None:
    place = replace(EU, headers=(("X-Api-Key", "0123456789"), ("X-Team", "support")))
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(BODY, place), place)
    inspector.show_side(Side.HEADERS)
    for hide, key in ((False, KeyMode.INLINE), (True, KeyMode.MASKED)):
        stage.preferences.change(hide_key=hide, copy_key=key)
        click(inspector, "Copy headers")
        for text in (shown(inspector), stage.copied[-1]):
            assert "X-Team: support" in text
            assert ("0123456789" in text) != hide


async def test_headers_of_the_answer_are_shown_as_received(stage: Stage) -> None:
    inspector = inspector_on(stage)
    headers = (("Date", "now"), ("x-odd", ""), ("X-ODD", "2"))
    response = Response(status=401, reason="Unauthorized", headers=headers, body=b"no")
    outcome = judge(response)
    assert isinstance(outcome, Rejected)
    inspector.show_request(stage.request(BODY), SANDBOX, outcome)
    inspector.show_side(Side.RESPONSE)
    view = named(inspector, "Request response: headers", CodeView)
    assert view.text() == "401 Unauthorized\nDate: now\nx-odd: \nX-ODD: 2"


async def test_nothing_to_show_is_no_trouble(stage: Stage) -> None:
    inspector = inspector_on(stage)
    inspector.show_request(None)
    inspector.copy_curl()
    assert shown(inspector) == ""
    assert stage.copied == []
    assert inspector.text(Side.REQUEST) == ""


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    inspector = inspector_on(stage)
    inspector.show_request(stage.request(BODY), SANDBOX, OK)
    for side in Side:
        inspector.show_side(side)
        assert nameless(inspector) == []
