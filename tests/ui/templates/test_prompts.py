"""Prompts: an editor for each kind of variable, help and problem beside it, Enter goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from composer.core.templates import Variable, VariableKind
from composer.ui.templates.prompts import PromptForm, words_for
from composer.ui.widgets import CodeView, Combo, LineEdit
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, type_into, wait_until

EVERY_KIND = (
    Variable(name="customer_id", label="Customer", help="As in your billing system."),
    Variable(name="seats", kind=VariableKind.NUMBER),
    Variable(name="is_trial", label="On trial", kind=VariableKind.YES_NO),
    Variable(name="when", label="When", kind=VariableKind.DATE, required=False),
    Variable(name="plan", label="Plan", choices=("free", "pro")),
    Variable(name="items", label="Items", kind=VariableKind.VALUE, required=False),
)


class Form:
    """A form and what it told."""

    def __init__(self, stage: Stage, *variables: Variable) -> None:
        self.form = PromptForm(variables or EVERY_KIND)
        self.told: list[tuple[str, object]] = []
        self.completions = 0
        self.form.answered.connect(self._on_answered)
        self.form.completed.connect(self._on_completed)
        stage.show(self.form, 520, 420)

    def _on_answered(self, name: str, text: object) -> None:
        self.told.append((name, text))

    def _on_completed(self) -> None:
        self.completions += 1

    def problem(self, name: str) -> str:
        return next(row.problem for row in self.form.rows if row.variable.name == name)

    async def activate(self) -> None:
        self.form.activateWindow()
        await wait_until(self.form.isActiveWindow, "the window")


async def test_each_kind_is_answered_with_the_text_that_was_typed(stage: Stage) -> None:
    form = Form(stage)
    type_into(named(form.form, "Customer", LineEdit), "ä b")
    type_into(named(form.form, "Seats", LineEdit), "14")
    trial = named(form.form, "On trial", Combo)
    trial.setCurrentIndex(trial.findText("No"))
    trial.activated.emit(trial.currentIndex())
    click(form.form, "When: now")
    type_into(named(form.form, "Plan, text", QLineEdit), "custom plan")
    items = named(form.form, "Items", CodeView)
    items.setFocus()
    QTest.keyClicks(items, "[1]")
    assert form.form.answers == {
        "customer_id": "ä b",
        "seats": "14",
        "is_trial": "no",
        "when": "now",
        "plan": "custom plan",
        "items": "[1]",
    }
    assert dict(form.told) == form.form.answers
    assert form.form.done == len(EVERY_KIND)


async def test_a_choice_of_the_list_is_taken_over(stage: Stage) -> None:
    form = Form(stage)
    combo = named(form.form, "Plan", Combo)
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert form.told == [("plan", "pro")]
    line = combo.lineEdit()
    assert line is not None
    assert line.text() == "pro"


async def test_enter_goes_on_to_the_next_and_ends_at_the_last(stage: Stage) -> None:
    form = Form(stage, *EVERY_KIND[:3])
    await form.activate()
    form.form.focus_first()
    for name in ("Customer", "Seats", "On trial"):
        field = named(form.form, name, QWidget)
        assert QApplication.focusWidget() is field
        assert form.completions == 0
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert form.completions == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("seats", "many", "number"), ("items", "[1", ""), ("when", "some day", "")],
)
async def test_what_cannot_be_used_is_told_beside_it(
    stage: Stage, name: str, text: str, said: str
) -> None:
    form = Form(stage)
    form.form.show_prompts(EVERY_KIND, {name: text})
    assert form.problem(name)
    assert said in form.problem(name).lower()
    assert not next(row for row in form.form.rows if row.variable.name == name).is_done


async def test_a_missing_answer_is_told_once_somebody_was_there(stage: Stage) -> None:
    form = Form(stage)
    await form.activate()
    assert form.problem("customer_id") == ""
    form.form.focus_variable("customer_id")
    form.form.focus_variable("seats")
    assert form.problem("customer_id").startswith("Fill this in.")
    assert form.problem("when") == ""


async def test_a_form_that_is_not_complete_names_the_first_gap(stage: Stage) -> None:
    form = Form(stage)
    form.form.show_prompts(EVERY_KIND, {"customer_id": "ada", "seats": "x"})
    missing = form.form.insist()
    assert missing is not None
    assert missing.variable.name == "seats"
    assert form.problem("is_trial").startswith("Fill this in.")


async def test_rows_that_stay_keep_what_is_being_typed(stage: Stage) -> None:
    form = Form(stage, *EVERY_KIND[:2])
    field = named(form.form, "Customer", LineEdit)
    type_into(field, "ada")
    form.form.show_prompts(EVERY_KIND[:1], {"customer_id": "ada"})
    assert named(form.form, "Customer", LineEdit) is field
    assert field.cursorPosition() == 3
    assert [row.variable.name for row in form.form.rows] == ["customer_id"]


async def test_invisible_characters_survive_an_edit(stage: Stage) -> None:
    form = Form(stage, EVERY_KIND[0])
    form.form.show_prompts(EVERY_KIND[:1], {"customer_id": "a\nb\ud800"})
    field = named(form.form, "Customer", LineEdit)
    field.setFocus()
    field.end(False)
    QTest.keyClicks(field, "c")
    assert form.told == [("customer_id", "a\nb\ud800c")]


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    assert nameless(Form(stage).form) == []


def test_a_variable_without_a_label_is_called_by_its_name() -> None:
    assert words_for(Variable(name="customer_id")) == "Customer id"
    assert words_for(Variable(name="x", label="The X")) == "The X"
