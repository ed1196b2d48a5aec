"""Every template that comes with the app works as it is: filled in, judged, sent and stored."""

from collections.abc import Iterator

import pytest

from composer.core.destination import SANDBOX_TOKEN, Destination, DestinationKind
from composer.core.draft import Draft
from composer.core.jsontext import Layout, Value
from composer.core.outcome import Accepted
from composer.core.templates import Template, problem_of, problems_in, steps_of, unfilled_in
from composer.core.verdicts.scales import Severity
from composer.core.wire import build_request
from composer.services.sandbox.server import Sandbox
from composer.services.sender import Sender, Timeouts
from composer.services.templates.starters import is_starter, starters
from composer.services.verdicts.service import VerdictService
from tests.helpers.maker import StandingMaker

STARTERS = starters()
SAID = {"session.missing": "warns of that", "survey.shown_side_effect": "PostHog writes"}
"""Rules that a starter may break, if its description says so."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    running = Sandbox(clock=StandingMaker().now)
    running.start()
    assert running.await_ready()
    yield running
    running.stop()


def filled(template: Template) -> tuple[Draft, ...]:
    """With the defaults, and the first examples where there is none."""
    answers = {one.name: one.default or next(iter(one.choices), "") for one in template.prompts}
    drafts = steps_of(template, answers, StandingMaker())
    return tuple(draft.with_token(SANDBOX_TOKEN) for draft in drafts)


def path_of(draft: Draft) -> str:
    return "/batch/" if draft.event_type.is_batch else "/i/v0/e/"


def test_there_are_enough_of_them_and_each_is_told_by_its_name() -> None:
    assert len(STARTERS) >= 18
    assert len({one.name for one in STARTERS}) == len(STARTERS)
    assert all(is_starter(one.id) and one.is_starter and one.folder for one in STARTERS)


@pytest.mark.parametrize("template", STARTERS, ids=lambda template: template.id)
def test_a_starter_says_why_and_when_and_what_to_look_at(template: Template) -> None:
    assert "Use it" in template.description
    assert "Afterwards" in template.description
    assert "PostHog" in template.description
    assert template.tags
    assert problems_in(template) == ()
    for variable in template.prompts:
        assert variable.label
        assert variable.default or variable.choices or not variable.required
        assert all(problem_of(variable, text) == "" for text in variable.choices)


@pytest.mark.parametrize("template", STARTERS, ids=lambda template: template.id)
def test_nothing_of_a_starter_is_lost_or_altered_unless_it_says_so(template: Template) -> None:
    for draft in filled(template):
        body = draft.text(Layout.COMPACT).encode()
        now = StandingMaker().now()
        report = VerdictService().judge(
            body, path=path_of(draft), query="", destination=None, now=now
        )
        loud = {one.rule.id for one in report.verdicts if one.severity is not Severity.ADVICE}
        assert all(SAID[rule] in template.description for rule in loud)
        assert unfilled_in(draft.payload) == ()


@pytest.mark.parametrize("template", STARTERS, ids=lambda template: template.id)
async def test_a_starter_is_accepted_and_stored(template: Template, sandbox: Sandbox) -> None:
    place = Destination(id="s", name="S", kind=DestinationKind.SANDBOX, address=sandbox.url)
    sandbox.clear()
    sent: list[Value] = []
    for draft in filled(template):
        request = build_request(draft.text(Layout.COMPACT).encode(), place, path_of(draft))
        outcome = await Sender().send(request, Timeouts(connect=5, answer=5), place.route)
        assert isinstance(outcome, Accepted)
        sent += draft.ids if isinstance(draft.ids, tuple) else (draft.ids,)
    arrivals = sandbox.arrivals()
    stored = {event.uuid for arrival in arrivals for event in arrival.events}
    assert len(sent) >= len(template.steps)
    assert stored >= set(sent)
    assert not any(arrival.dropped for arrival in arrivals)
