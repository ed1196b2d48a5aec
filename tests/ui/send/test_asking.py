"""What will be lost or refused is asked about once, in place, and never for the sandbox."""

from __future__ import annotations

from dataclasses import replace

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from composer.core.destination import DestinationKind
from composer.core.wire import WireRequest
from composer.services.verdicts.service import VerdictService
from composer.ui.send.asking import AskOnce
from composer.ui.send.guard import ProductionGuard
from composer.ui.send.question import QuestionBar
from composer.ui.session import Session
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.watch import AT_ONCE, DraftWatch
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import click, wait_until


class Sender:
    """A session whose Send asks, as the desk does it."""

    def __init__(self, stage: Stage, *, loaded: bool = True, knows_project: bool = True) -> None:
        self.stage = stage
        stage.preferences.change_destination(EU)
        stage.preferences.change(destination_id="eu")
        self.session = Session(stage.clock, stage.preferences)
        self.court = Court(VerdictService, stage.tasks)
        self.watch = DraftWatch(self.session, self.court, stage.clock, stage.tasks)
        self.guard = ProductionGuard()
        if knows_project:
            self.guard.agree(EU)
        self.asking = AskOnce(self.session, self.watch, self.guard)
        self.bar = QuestionBar()
        self.asking.asked.connect(self.bar.ask)
        self.asking.settled.connect(self.bar.hide)
        self.asking.ready.connect(self.send)
        self.bar.agreed.connect(self.agree)
        self.bar.dismissed.connect(self.asking.withdraw)
        self.looked: list[bool] = []
        self.bar.look_wanted.connect(lambda: self.looked.append(True))
        self.sent: list[WireRequest] = []
        stage.show(self.bar, 500, 110)
        self.bar.hide()
        if loaded:
            self.court.open(VerdictService())

    def send(self) -> None:
        request = self.session.request
        assert request is not None
        if not self.asking.holds_back(request):
            self.sent.append(request)

    def agree(self) -> None:
        self.asking.agree()
        self.send()


@pytest_asyncio.fixture
async def sender(stage: Stage) -> Sender:
    return Sender(stage)


async def test_a_sound_event_goes_unasked(sender: Sender) -> None:
    sender.send()
    assert (len(sender.sent), sender.bar.words) == (1, "")


async def test_what_will_be_refused_is_asked_about_and_says_why(sender: Sender) -> None:
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    assert sender.sent == []
    assert sender.bar.words == (
        "This will be refused. There is no person's ID, so PostHog refuses the request."
    )
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Look at it"
    assert nameless(sender.bar) == []


async def test_what_will_be_lost_is_asked_about(sender: Sender) -> None:
    sender.session.set_value(("event",), "$identify")
    sender.session.set_value(("properties", "$process_person_profile"), value=False)
    sender.send()
    assert sender.bar.words.startswith("This will be lost. ")


async def test_send_anyway_sends_and_the_same_again_goes_unasked(sender: Sender) -> None:
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    click(sender.bar, "Send anyway")
    sender.send()
    assert (len(sender.sent), sender.bar.words) == (2, "")


async def test_another_event_is_asked_about_anew(sender: Sender) -> None:
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    click(sender.bar, "Send anyway")
    sender.session.set_value(("event",), "another")
    sender.send()
    assert len(sender.sent) == 1
    assert sender.bar.words


async def test_look_at_it_sends_nothing(sender: Sender) -> None:
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    click(sender.bar, "Look at it")
    assert (sender.sent, sender.looked, sender.bar.words) == ([], [True], "")


async def test_escape_sends_nothing(sender: Sender) -> None:
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    QTest.keyClick(sender.bar, Qt.Key.Key_Escape)
    assert (sender.sent, sender.looked, sender.bar.words) == ([], [], "")


async def test_a_question_goes_with_the_event_that_it_was_about(sender: Sender) -> None:
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    sender.session.set_value(("distinct_id",), "customer-42")
    assert sender.bar.words == ""


async def test_a_self_hosted_server_is_asked_about_too(sender: Sender) -> None:
    place = next(
        d for d in sender.stage.preferences.destinations if d.kind is DestinationKind.SELF_HOSTED
    )
    own = replace(place, address="https://posthog.shop.example", token=EU.token)
    sender.stage.preferences.change_destination(own)
    sender.stage.preferences.change(destination_id=own.id)
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    assert sender.bar.words


async def test_the_sandbox_never_asks(sender: Sender) -> None:
    sender.stage.preferences.change(destination_id="sandbox")
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    assert (len(sender.sent), sender.bar.words) == (1, "")


async def test_a_large_event_waits_for_its_verdict_and_goes_by_itself(sender: Sender) -> None:
    sender.session.set_value(("properties", "note"), "x" * (AT_ONCE + 1))
    sender.send()
    assert sender.sent == []
    await wait_until(lambda: sender.sent, "the verdict")
    assert (len(sender.sent), sender.bar.words) == (1, "")


async def test_a_large_event_that_is_bad_is_asked_about_when_that_is_known(
    sender: Sender,
) -> None:
    sender.session.set_value(("properties", "note"), "x" * (AT_ONCE + 1))
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    await wait_until(lambda: sender.bar.words, "the question")
    assert sender.sent == []


async def test_an_edit_while_the_verdict_is_awaited_gives_the_send_up(sender: Sender) -> None:
    sender.session.set_value(("properties", "note"), "x" * (AT_ONCE + 1))
    sender.send()
    sender.session.remove(("properties", "note"))
    assert not sender.watch.is_stale
    assert (sender.sent, sender.bar.words) == ([], "")


@pytest.mark.parametrize("person", ["", "customer-42"])
async def test_before_the_rules_are_loaded_nothing_is_held_back(stage: Stage, person: str) -> None:
    sender = Sender(stage, loaded=False)
    sender.session.set_value(("distinct_id",), person)
    sender.send()
    assert len(sender.sent) == 1


async def test_the_first_send_to_a_production_project_is_asked_about_and_the_next_is_not(
    stage: Stage,
) -> None:
    sender = Sender(stage, knows_project=False)
    sender.send()
    assert sender.sent == []
    assert sender.bar.words == (
        "EU cloud is a production project, and this is the first send to it since the start. "
        "Send it?"
    )
    focused = sender.bar.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Not now"
    click(sender.bar, "Send to EU cloud")
    assert len(sender.sent) == 1
    sender.session.set_value(("event",), "plan cancelled")
    sender.send()
    assert len(sender.sent) == 2


async def test_a_test_project_is_not_asked_about(stage: Stage) -> None:
    sender = Sender(stage, knows_project=False)
    stage.preferences.change_destination(replace(EU, production=False))
    sender.send()
    assert (len(sender.sent), sender.bar.words) == (1, "")


async def test_another_address_or_token_makes_it_another_project(stage: Stage) -> None:
    sender = Sender(stage)
    stage.preferences.change_destination(replace(EU, token=f"{EU.token[:-1]}9"))
    sender.send()
    assert sender.bar.words.startswith("EU cloud is a production project")


async def test_a_doubtful_verdict_and_the_guard_are_one_question(stage: Stage) -> None:
    sender = Sender(stage, knows_project=False)
    sender.session.set_value(("distinct_id",), "")
    sender.send()
    assert sender.bar.words.startswith("This will be refused. ")
    assert sender.bar.words.endswith("since the start. Send it?")
    click(sender.bar, "Send anyway")
    assert len(sender.sent) == 1
    assert sender.guard.question(EU) == ""


async def test_a_batch_for_production_is_asked_about_each_time(sender: Sender) -> None:
    event = '{"event": "e", "distinct_id": "p", "properties": {}}'
    sender.session.choose_type("batch")
    sender.session.set_text(f'{{"api_key": "{EU.token}", "batch": [{event}, {event}]}}')
    sender.send()
    assert sender.bar.words == "Send 2 events to EU cloud, a production project?"
    sender.agree()
    assert len(sender.sent) == 1
    sender.send()
    assert len(sender.sent) == 1
