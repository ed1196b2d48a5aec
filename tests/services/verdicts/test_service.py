"""A body in, a report out."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import parse
from composer.core.verdicts.outlook import Outlook
from composer.core.verdicts.request import request_of
from composer.core.verdicts.scales import Severity
from composer.services.verdicts.service import VerdictService
from tests.services.verdicts.bodies import TOKEN

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CLOUD = Destination(
    id="us", name="US", kind=DestinationKind.US, address="https://us.i.posthog.com", token=TOKEN
)
EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "core" / "examples.jsonl").read_text().splitlines()
]
FULL = [example for example in EXAMPLES if example["size"] == "full"]
TELLING = {"survey_shown": {"survey.shown_side_effect"}}
"""Full examples whose entry in the catalogue says that something happens to them."""
LEGACY = {
    *("top.unknown_keys", "time.no_zone", "ip.support_machine", "event.lookalike"),
}
"""What the older shapes are told, whose point it is."""


def rules(body: Any, *, path: str = "/i/v0/e/", now: datetime = NOW) -> dict[str, Severity]:
    report = VerdictService().judge(
        json.dumps(body).encode(), path=path, destination=CLOUD, now=now
    )
    return {verdict.rule.id: verdict.severity for verdict in report.verdicts}


@pytest.mark.parametrize("example", FULL, ids=lambda example: example["type"])
@pytest.mark.parametrize("now", [NOW, datetime(2025, 11, 18, 9, 30, tzinfo=UTC)], ids=str)
def test_a_full_example_of_the_catalogue_raises_no_alarm(
    example: dict[str, Any], now: datetime
) -> None:
    path = "/batch/" if "batch" in example["body"] else "/i/v0/e/"
    found = rules(example["body"], path=path, now=now)
    alarms = {rule for rule, severity in found.items() if severity is not Severity.ADVICE}
    kind = example["type"]
    assert alarms <= (LEGACY if kind.startswith("legacy_") else TELLING.get(kind, set()))


def test_all_types_have_a_full_example() -> None:
    assert len(FULL) == 37


def test_the_time_of_sending_is_that_of_the_batch_or_of_the_query() -> None:
    events = [{"event": "a", "distinct_id": "b", "timestamp": "2026-11-21T09:00:00Z"}]
    batch = {"api_key": TOKEN, "batch": events}
    assert "time.sent_at_skew" not in rules(batch)
    assert "time.sent_at_skew" in rules(batch | {"sent_at": "2026-11-21T08:00:00Z"})
    report = VerdictService().judge(
        json.dumps(batch).encode(),
        path="/batch",
        query="_=1795000000000",
        destination=None,
        now=NOW,
    )
    assert "time.sent_at_skew" in {verdict.rule.id for verdict in report.verdicts}


def test_a_value_that_was_never_text_is_judged_as_its_text() -> None:
    text = f'{{"api_key":"{TOKEN}","event":"a","distinct_id":"\\ud83d"}}'
    service = VerdictService()
    request = request_of(parse(text), text=None, size=len(text))
    report = service.judge(request, path="/e", destination=None, now=NOW)
    assert report.forecast.outlook is Outlook.REFUSED
    assert report.verdicts[0].rule.id == "text.broken_unicode"


def test_each_thread_has_a_judge_of_its_own() -> None:
    first = VerdictService()
    large = {"api_key": TOKEN, "batch": [{"event": "a", "distinct_id": str(n)} for n in range(300)]}
    found: list[int] = []

    def judge_many() -> None:
        body = json.dumps(large).encode()
        report = first.another().judge(body, path="/batch", destination=None, now=NOW)
        found.append(len({one.event for one in report.verdicts if one.event is not None}))

    thread = threading.Thread(target=judge_many)
    thread.start()
    small = f'{{"api_key":"{TOKEN}","event":"a","distinct_id":"b"}}'.encode()
    for _ in range(50):
        report = first.judge(small, path="/e", destination=None, now=NOW)
        assert report.forecast.outlook is Outlook.ALTERED
    thread.join()
    assert found == [300]
