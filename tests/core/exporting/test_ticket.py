"""A ticket pack tells a colleague everything, and breaks no tracker's Markdown."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.destination import Destination
from composer.core.exporting import ticket_pack
from composer.core.exporting.markdown import code, fenced, prose, quoted
from composer.core.exporting.ticket import LONGEST_BODY
from composer.core.outcome import Fault, Interrupted, Rejected, Response, Unreachable, judge
from composer.core.records import HistoryEntry, Summary
from composer.services.verdicts.service import VerdictService
from tests.helpers.history_entries import BODY, CLOUD, MOMENT, TOKEN, an_entry, entries

NOW = datetime(2026, 5, 4, 14, 0, tzinfo=timezone(timedelta(hours=5, minutes=45)))
pack = partial(ticket_pack, report=None, curl="curl https://a.example", now=NOW)


def blocks(text: str) -> list[str]:
    """The contents of the fenced blocks, read as CommonMark reads them."""
    found: list[str] = []
    fence, lines = "", list[str]()
    for line in text.split("\n"):
        opening = re.match(r"(`{3,})[a-z]*$", line)
        if not fence and opening:
            fence, lines = opening[1], []
        elif fence and re.fullmatch(rf"`{{{len(fence)},}}\s*", line):
            found.append("\n".join(lines))
            fence = ""
        elif fence:
            lines.append(line)
    assert not fence, "a block was never closed"
    return found


def test_everything_that_a_colleague_asks_is_told() -> None:
    text = pack(an_entry(note="Ann saw it too\nsince Monday", ticket="#4711"))
    assert text.startswith("## `$pageview` for `customer-42`: 200 OK\n")
    assert "**Ticket:** \\#4711" in text
    assert "> Ann saw it too  \n> since Monday" in text
    assert "- **Event ID (uuid):** `019a0000-0000-7000-8000-000000000001`" in text
    assert "- **Sent to:** US cloud, POST `https://us.i.posthog.com/i/v0/e/`" in text
    assert (
        "- **Sent at:** 2026-05-04 10:00:00.123 UTC "
        "(2026-05-04 15:45:00 local time, UTC+05:45)" in text
    )
    assert "- **Outcome:** US cloud accepted the request." in text
    assert "`200 OK` after 12 ms" in text
    body, command, answer = blocks(text)
    assert '"distinct_id": "customer-42"' in body
    assert command == "curl https://a.example"
    assert answer == 'content-type: application/json\n\n{"status":"Ok"}'
    assert TOKEN not in text


def test_a_body_over_several_lines_is_shown_as_it_was_sent() -> None:
    body = '{\n   "event": "e",\n "n": 1.00}'
    assert blocks(pack(an_entry(body.encode())))[0] == body
    assert "it is laid out" not in pack(an_entry(body.encode()))


def test_the_verdicts_are_told_the_worst_first() -> None:
    body = b'{"api_key": "phc_1", "event": "e", "properties": {}}'
    report = VerdictService().judge(body, path="/i/v0/e/", destination=CLOUD, now=NOW)
    text = pack(an_entry(body), report=report)
    assert "### What PostHog does with it\n\nWill be refused" in text
    assert "- **Refused:** " in text


def test_without_report_and_command_their_headings_are_left_out() -> None:
    text = pack(an_entry(), curl="")
    assert "As a command" not in text
    assert "What PostHog does" not in text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (None, "It is still under way."),
        (Interrupted(), "The app was closed before an answer came."),
        (Unreachable(fault=Fault.TLS, detail="self-signed `x`"), "self-signed `x`"),
        (judge(Response(status=401, body=b"bad")), "The server refused the token: bad"),
    ],
    ids=["under way", "cut off", "unreachable", "refused"],
)
def test_the_outcome_is_explained(outcome: Rejected | None, words: str) -> None:
    assert words in pack(an_entry(outcome=outcome))


def test_a_long_body_is_cut_with_words_on_it() -> None:
    text = pack(an_entry(b"x" * 200_000), curl="y" * 100_000)
    assert len(text) < 65_536
    assert blocks(text)[0] == "x" * LONGEST_BODY
    assert "Cut off: these are the first 20,000 of 200,000 characters." in text


def test_of_a_batch_the_first_ids_are_named() -> None:
    events = ",".join(f'{{"event": "e", "uuid": "id-{n}"}}' for n in range(8))
    text = pack(an_entry(f'{{"api_key": "{TOKEN}", "batch": [{events}]}}'.encode()))
    assert "`id-0`, `id-1`, `id-2`, `id-3`, `id-4` and 3 more" in text


def test_summer_is_told_apart_from_winter_where_the_clock_is_the_systems() -> None:
    here = MOMENT.astimezone()
    text = ticket_pack(an_entry(), None, "", here)
    assert f"{here:%Y-%m-%d %H:%M:%S} local time" in text


@settings(max_examples=80)
@given(entries, st.text("`~ab\n #>", max_size=40))
def test_nothing_in_a_send_can_break_out_of_its_block(entry: HistoryEntry, curl: str) -> None:
    text = pack(entry, curl=curl)
    headings = re.findall(r"^##.*$", text, re.MULTILINE)
    assert len(headings) >= 2
    assert len(blocks(text)) in {0, 1, 2, 3}


@pytest.mark.parametrize(
    "body", [b"```\n# Escaped\n```", b"`````", b"~~~\n", b"```json\n```` \n```"]
)
def test_a_body_with_fences_stays_within_its_own(body: bytes) -> None:
    assert blocks(pack(an_entry(body)))[0] == body.decode().rstrip("\n")


@given(st.text("`a b\n$", max_size=20))
def test_a_code_span_says_what_it_is_given(text: str) -> None:
    written = code(text)
    flat = " ".join(text.split("\n")).strip()
    if flat:
        ticks = re.match("`+", written)
        assert ticks is not None
        assert written.endswith(ticks[0])
        inner = written[len(ticks[0]) : -len(ticks[0])]
        assert inner.strip() == flat
        assert ticks[0] not in re.findall("`+", inner)


def test_sentences_are_no_markdown() -> None:
    assert prose("a *b* <i> [c](d) `e`") == "a \\*b\\* \\<i\\> \\[c\\](d) \\`e\\`"
    assert prose("Set $set_once, or distinct_id.") == "Set `$set_once`, or `distinct_id`."
    assert prose("https://a.example/b_c stays") == "https://a.example/b_c stays"
    assert quoted("<script>\n\n# no") == "> \\<script\\>  \n>\n> \\# no  "
    assert fenced("a") == "```\na\n```"


def test_names_with_backticks_stay_code() -> None:
    odd = replace(CLOUD, name="*My* `cloud`")
    summary = Summary(event="a`b", person="`")
    text = pack(an_entry(place=Destination(**_fields(odd)), summary=summary))
    assert text.startswith("## ``a`b`` for `` ` ``: 200 OK\n")
    assert "\\*My\\* \\`cloud\\`" in text


def _fields(place: Destination) -> dict:
    return {name: getattr(place, name) for name in Destination.__dataclass_fields__}


def test_times_are_those_of_the_send() -> None:
    entry = an_entry(BODY)
    old = replace(entry, row=replace(entry.row, sent_at=datetime(1999, 12, 31, 23, tzinfo=UTC)))
    assert "1999-12-31 23:00:00.000 UTC" in pack(old)
