"""The form of an old shape: what is ignored, and the way to the event of today."""

import json

from PySide6.QtWidgets import QAbstractButton, QLabel

from composer.core.events.legacy import IGNORED
from composer.core.jsontext import Object
from composer.ui.form.old_shape import OldShapeNotice
from composer.ui.form.problem import Problem
from composer.ui.widgets import Severity
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line

GROUP = {
    "api_key": "phc_a",
    "type": "group",
    "event": "$group",
    "distinct_id": "old-5512",
    "groupId": "acme-881",
    "traits": {"name": "Acme"},
    "timestamp": "2020-09-02 14:20:05.120000",
}


def opened(desk: Desk, body: dict[str, object]) -> str:
    text = json.dumps(body)
    desk.session.set_text(text)
    return text


def notice(desk: Desk) -> OldShapeNotice:
    return next(n for n in desk.form.findChildren(OldShapeNotice) if n.isVisible())


def shown(desk: Desk) -> list[str]:
    return [label.text() for label in desk.form.findChildren(QLabel) if label.isVisible()]


def test_an_old_shape_is_sent_as_it_was_and_says_what_is_ignored(desk: Desk) -> None:
    text = opened(desk, GROUP)
    assert desk.session.draft.type_id == "legacy_group"
    assert desk.session.text == text
    assert line(desk, "Group ID").text() == "acme-881"
    assert line(desk, "Type").text() == "group"
    assert shown(desk).count(IGNORED) == 2  # where nothing stands
    lost = [words for words in shown(desk) if "here, and it is lost." in words]
    assert len(lost) == 3
    assert IGNORED in line(desk, "Group ID").accessibleDescription()


def test_a_closer_word_takes_the_place_of_the_general_one(desk: Desk) -> None:
    opened(desk, GROUP)
    desk.form.show_problems(())
    assert shown(desk).count(IGNORED) == 5
    desk.form.show_problems(
        (Problem(path=("type",), message="It is lost.", severity=Severity.WARNING),)
    )
    assert shown(desk).count(IGNORED) == 4
    assert "It is lost." in shown(desk)
    desk.form.show_problems(())
    assert shown(desk).count(IGNORED) == 5


def test_a_field_of_an_old_shape_is_written_where_it_stood(desk: Desk) -> None:
    opened(desk, GROUP)
    type_into(line(desk, "Group ID"), "acme-1")
    assert desk.value("groupId") == "acme-1"
    click(desk.form, "Add property to Traits")
    type_into(focused(), "size")
    traits = desk.value("traits")
    assert isinstance(traits, Object)
    assert [key for key, _ in traits] == ["name", "size"]
    assert not desk.session.draft.has(("properties",))


def test_the_notice_lists_what_would_change(desk: Desk) -> None:
    opened(desk, GROUP)
    assert notice(desk).text.splitlines() == [
        "This is an old shape. PostHog ignores part of what is in it.",
        "Convert makes “Set group properties” of it:",
        "event becomes $groupidentify.",
        "timestamp becomes 2020-09-02T14:20:05.120000Z.",
        "groupId becomes $group_key in the properties.",
        "traits becomes $group_set in the properties.",
        "type is left out.",
        "Then fill in: Group type.",
    ]
    desk.session.remove(("type",))
    assert "type is left out." not in notice(desk).text
    opened(desk, {"event": "$create_alias", "properties": {"distinct_id": "a", "alias": "b"}})
    assert "still understands it" in notice(desk).text


def test_converting_is_one_step_and_leads_to_what_is_missing(desk: Desk) -> None:
    text = opened(desk, GROUP)
    steps = desk.session.undo_stack.count()
    click(desk.form, "Convert into Set group properties")
    assert desk.session.draft.type_id == "groupidentify"
    assert desk.value("properties", "$group_key") == "acme-881"
    assert focused() is line(desk, "Group type")
    assert not [n for n in desk.form.findChildren(OldShapeNotice) if n.isVisible()]
    assert desk.session.undo_stack.count() == steps + 1
    desk.session.undo_stack.undo()
    assert (desk.session.draft.type_id, desk.session.text) == ("legacy_group", text)
    assert notice(desk).isVisible()


def test_what_needs_nothing_more_leads_to_the_first_field(desk: Desk) -> None:
    opened(desk, {"event": "$screen", "distinct_id": "p", "name": "Basket"})
    click(desk.form, "Convert into Screen view")
    assert desk.value("properties", "$screen_name") == "Basket"
    assert focused() is line(desk, "Person's ID")


def test_what_cannot_be_converted_says_so(desk: Desk) -> None:
    opened(desk, {"event": "$page", "properties": "x"})
    assert "cannot be converted" in notice(desk).text
    buttons = [b for b in notice(desk).findChildren(QAbstractButton) if b.isVisible()]
    assert buttons == []


def test_events_of_today_have_no_notice(desk: Desk) -> None:
    desk.session.choose_type("screen")
    assert desk.form.findChildren(OldShapeNotice) == []
    assert named(desk.form, "PostHog docs").isVisible()
