"""The rules about size."""

import json

from composer.core.verdicts.request import Circumstances, Request, Shape, read_request
from composer.core.verdicts.rules import limits
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import NOW, RuleCase, event, findings, request_from, with_properties

MIB = 1024 * 1024
SOUND = event()
LARGE = with_properties(note="x" * 1_000_001)
CASES = (
    RuleCase(rule="size.request", triggers=" " * (20 * MIB + 1), quiet=" " * (20 * MIB)),
    RuleCase(rule="size.event", triggers=LARGE, quiet=with_properties(note="x" * 900_000)),
    RuleCase(
        rule="size.event",
        triggers=with_properties(note="ä" * 600_000),
        quiet=LARGE | {"event": "$ai_generation"},
    ),
    RuleCase(
        rule="size.batch_413_partial",
        triggers={"api_key": "phc_a", "batch": [SOUND, LARGE]},
        quiet=LARGE,
    ),
)


def test_a_request_is_told_with_its_size() -> None:
    request = Request(text=None, size=30 * MIB)
    (finding,) = findings(limits.of_request, request, Circumstances(now=NOW))
    assert finding.says.endswith("this has 30.0.")


def test_an_event_near_the_limit_is_only_advised_about() -> None:
    request = request_from(with_properties(note="x" * 950_000))
    (finding,) = findings(limits.of_event, request, Circumstances(now=NOW))
    assert finding.severity is Severity.ADVICE
    assert "about 950 KB" in finding.says


def test_the_estimated_size_is_close_to_what_is_sent() -> None:
    rows = [{"name": f"Käse {n}", "amount": n * 1.5, "paid": True, "note": None} for n in range(9)]
    value = with_properties(rows=rows * 2500)
    sent = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    request = read_request(json.dumps(value).encode())
    (finding,) = findings(limits.of_event, request, Circumstances(now=NOW, shape=Shape.SINGLE))
    assert f"about {sent / 1e6:.1f} MB" in finding.says
