"""The rules about errors and AI events."""

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.rules import error_ai
from tests.core.verdicts.cases import RuleCase, event, found, mended_event

ERROR = {"type": "PaymentDeclined", "value": "Card refused by bank"}


def error(**properties: object) -> dict[str, object]:
    return event(event="$exception", properties=properties)


def step(**properties: object) -> dict[str, object]:
    return event(event="$ai_generation", properties={"$ai_trace_id": "chat-1"} | properties)


SOUND = step(**{"$ai_model": "gpt-4o-mini", "$ai_input_tokens": 210})
CASES = (
    RuleCase(rule="exc.no_list", triggers=error(), quiet=error(**{"$exception_list": [ERROR]})),
    RuleCase(rule="ai.no_trace", triggers=step(**{"$ai_trace_id": ""}), quiet=SOUND),
    RuleCase(rule="ai.trace_type", triggers=step(**{"$ai_span_id": 4}), quiet=SOUND),
    RuleCase(
        rule="ai.trace_chars",
        triggers=step(**{"$ai_trace_id": "chat 1/2"}),
        quiet=step(**{"$ai_trace_id": "chat-1_~.@()!':|"}),
    ),
    RuleCase(rule="ai.tokens", triggers=step(**{"$ai_input_tokens": "many"}), quiet=SOUND),
    RuleCase(rule="ai.lane", triggers=event(), quiet=SOUND, path="/i/v0/ai"),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)


@pytest.mark.parametrize(
    ("items", "path"),
    [
        ([], ()),
        ("PaymentDeclined", ()),
        ([ERROR, "x"], (1,)),
        ([{"value": "Card refused"}], (0, "type")),
        ([ERROR | {"type": 7}], (0, "type")),
        ([{"type": "PaymentDeclined"}], (0, "value")),
    ],
)
def test_an_unusable_list_is_told_where_it_is_wrong(
    items: object, path: tuple[object, ...]
) -> None:
    (finding,) = found(error_ai.no_list, ANY, error(**{"$exception_list": items}))
    assert finding.path == ("properties", "$exception_list", *path)


def test_an_older_pair_of_type_and_message_becomes_the_list() -> None:
    pair = {"$exception_type": ERROR["type"], "$exception_message": ERROR["value"]}
    after = mended_event(error_ai.no_list, error(**pair, order="LK-1"))
    assert after == from_python(error(order="LK-1", **{"$exception_list": [ERROR]}))


def test_a_list_that_is_there_is_never_written_over() -> None:
    pair = {"$exception_type": "A", "$exception_message": "B"}
    (finding,) = found(error_ai.no_list, ANY, error(**pair, **{"$exception_list": {"type": "C"}}))
    assert finding.mend is None


@pytest.mark.parametrize(("before", "after"), [(12, "12"), (True, "true")])
def test_an_id_becomes_text(before: object, after: str) -> None:
    fixed = mended_event(error_ai.trace_type, step(**{"$ai_trace_id": before}))
    assert fixed == from_python(step(**{"$ai_trace_id": after}))


@pytest.mark.parametrize("lost", [["a"], {"id": "a"}])
def test_an_id_that_is_removed_is_told_without_a_guess(lost: object) -> None:
    (finding,) = found(error_ai.trace_type, ANY, step(**{"$ai_parent_id": lost}))
    assert finding.mend is None


@pytest.mark.parametrize("count", [None, 0, 12.5, "12", " 12 ", "", "1e3", "-1", "0x1F", "1.204"])
def test_what_posthog_can_read_as_a_count_is_quiet(count: object) -> None:
    assert not found(error_ai.tokens, ANY, step(**{"$ai_output_tokens": count}))


@pytest.mark.parametrize(
    ("before", "after"),
    [("1,204", 1204), ("1 204 tokens", 1204), ("210 tokens", 210), ({"total": 7, "cached": 1}, 7)],
)
def test_a_count_that_is_clear_becomes_a_number(before: object, after: int) -> None:
    fixed = mended_event(error_ai.tokens, step(**{"$ai_input_tokens": before}))
    assert fixed == from_python(step(**{"$ai_input_tokens": after}))


@pytest.mark.parametrize("count", ["1,5", "NaN", "Infinity", "1e999", True, [1], {"total": "x"}])
def test_a_count_that_is_not_clear_is_told_without_a_guess(count: object) -> None:
    (finding,) = found(error_ai.tokens, ANY, step(**{"$ai_input_tokens": count}))
    assert finding.mend is None


@pytest.mark.parametrize(
    ("path", "name", "told"),
    [
        ("/i/v0/ai", "$ai_span", True),
        ("/i/v0/ai/batch", "$ai_span", False),
        ("/i/v0/ai/batch", "$ai_custom", True),
        ("/i/v0/e", "invoice paid", False),
    ],
)
def test_an_address_for_ai_events_takes_those_of_its_list(
    path: str, name: str, *, told: bool
) -> None:
    case = RuleCase(rule="", triggers=None, quiet=None, path=path)
    assert bool(found(error_ai.lane, case, event(event=name))) is told
