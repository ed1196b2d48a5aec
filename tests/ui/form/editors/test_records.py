"""Rows over a list of objects."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.core.jsontext import Number, Object
from tests.helpers.window import click, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line

PATH = ("properties", "$survey_questions")


@pytest.fixture
def survey(desk: Desk) -> Desk:
    desk.session.choose_type("survey_sent")
    return desk


def test_a_record_is_added_filled_and_removed(survey: Desk) -> None:
    click(survey.form, "Add row to Questions")
    assert focused() is line(survey, "Questions 1 id")
    type_into(line(survey, "Questions 1 id"), "q1")
    type_into(line(survey, "Questions 1 question"), "How was it?")
    assert survey.value(*PATH, 0) == Object((("id", "q1"), ("question", "How was it?")))
    QTest.keyClick(line(survey, "Questions 1 question"), Qt.Key.Key_Return)
    assert focused() is line(survey, "Questions 2 id")
    click(survey.form, "Remove Questions 1")
    assert survey.value(*PATH) == (Object((("id", ""), ("question", ""))),)
    assert focused() is line(survey, "Questions 1 id")
    click(survey.form, "Remove Questions 1")
    assert not survey.session.draft.has(PATH)


def test_what_has_no_column_is_kept(survey: Desk) -> None:
    record = Object((("type", "rating"), ("id", Number("1")), ("question", "Old")))
    survey.session.set_value(PATH, (record, "odd"))
    assert line(survey, "Questions 1 id").text() == "1"
    assert line(survey, "Questions 2 id").isReadOnly()
    type_into(line(survey, "Questions 1 question"), "New")
    assert survey.value(*PATH) == (record.with_member("question", "New"), "odd")


def test_what_is_no_list_is_shown_and_kept(survey: Desk) -> None:
    survey.session.set_value(PATH, "none")
    assert line(survey, "Questions").text() == '"none"'
    before = survey.session.draft
    click(survey.form, "Add row to Questions")
    assert survey.session.draft is before
    survey.session.undo_stack.undo()
    survey.form.focus_path(PATH)
    assert focused() is line(survey, "Questions 1 id")


def test_the_cursor_goes_to_a_record(survey: Desk) -> None:
    survey.session.set_value(PATH, (Object((("id", "a"),)), Object((("id", "b"),))))
    survey.form.focus_path((*PATH, 1))
    assert focused() is line(survey, "Questions 2 id")
