"""The line for a number."""

from pytestqt.qtbot import QtBot

from composer.ui.settings.fields import NumberField
from composer.ui.settings.numbers import read_port, read_seconds


def test_a_number_is_told_as_soon_as_one_stands_there(qtbot: QtBot) -> None:
    field = NumberField("Wait", read_seconds, unit="seconds")
    qtbot.addWidget(field)
    told: list[object] = []
    field.changed.connect(told.append)
    qtbot.keyClicks(field.line, "2.5")
    assert told == [2.0, 2.5]
    assert field.problem == ""


def test_showing_a_number_is_not_changing_it(qtbot: QtBot) -> None:
    field = NumberField("Wait", read_seconds)
    qtbot.addWidget(field)
    told: list[object] = []
    field.changed.connect(told.append)
    field.show_number(30.0)
    assert field.line.text() == "30"
    assert told == []


def test_a_wrong_number_is_told_beside_the_field_and_changes_nothing(qtbot: QtBot) -> None:
    field = NumberField("Port", read_port, note="0 takes any port that is free.")
    qtbot.addWidget(field)
    field.show_number(8810)
    assert field.line.accessibleDescription() == "0 takes any port that is free."
    told: list[object] = []
    field.changed.connect(told.append)
    qtbot.keyClicks(field.line, "x")
    assert told == []
    assert field.problem == "Write a number up to 65535, for example 8810."
    assert field.line.property("problem") is True
    field.show_number(8810)
    assert field.problem == ""
    assert field.line.property("problem") is False
