"""The rules about feature flags."""

from composer.core.verdicts.rules import flag
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import RuleCase, event, found

CALLED = "$feature_flag_called"


def called(**properties: object) -> dict[str, object]:
    whole = {"$feature_flag": "new-basket", "$feature_flag_response": "variant-b"} | properties
    return event(event=CALLED, properties=whole)


def batch(*events: dict[str, object]) -> dict[str, object]:
    return {"api_key": "phc_a", "batch": list(events)}


SOUND = called()
CASES = (
    RuleCase(
        rule="flag.missing_keys", triggers=called(**{"$feature_flag_response": None}), quiet=SOUND
    ),
    RuleCase(
        rule="flag.duplicate",
        triggers=batch(SOUND, SOUND),
        quiet=batch(SOUND, called(**{"$groups": {"company": "acme"}})),
    ),
    RuleCase(
        rule="flag.stripped",
        triggers=called(**{"$feature_flag_response": True, "colour": "red"}),
        quiet=called(colour="red"),
    ),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)


def test_no_is_a_value_of_a_flag() -> None:
    assert not found(flag.missing_keys, ANY, called(**{"$feature_flag_response": False}))


def test_both_keys_are_told_where_both_are_missing() -> None:
    paths = [one.path[-1] for one in found(flag.missing_keys, ANY, event(event=CALLED))]
    assert paths == ["$feature_flag", "$feature_flag_response"]


def test_a_repeat_is_told_at_its_place_and_is_advice_only() -> None:
    (finding,) = found(flag.duplicate, ANY, batch(SOUND, event(), SOUND))
    assert (finding.path, finding.severity) == (("batch", 2), Severity.ADVICE)


def test_what_posthog_knows_is_not_stripped() -> None:
    known = {"$lib": "web", "utm_source": "mail", "locally_evaluated": False, "$feature/a": True}
    assert not found(flag.stripped, ANY, called(**{"$feature_flag_response": True}, **known))
