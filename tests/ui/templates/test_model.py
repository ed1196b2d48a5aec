"""The rows of the list of templates and of the list of events."""

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.modeltest import ModelTester

from composer.core.templates import Template
from composer.ui.templates.about import tags_of
from composer.ui.templates.model import TemplatesModel, Wanted
from composer.ui.templates.steps_model import StepsModel, earlier_text, row_of, seconds_text
from tests.helpers.templates import SEQUENCE, event, template

KEPT = (
    template("loose"),
    template("inside", folder="Billing", tags=("a",)),
    template("deep", folder="Billing/Refunds"),
    template("other", folder="Billings"),
)


def shown(model: TemplatesModel) -> list[str]:
    return [model.section(row) or _name(model.at(row)) for row in range(model.rowCount())]


def _name(found: Template | None) -> str:
    assert found is not None
    return found.name


def test_templates_stand_under_their_folders() -> None:
    model = TemplatesModel()
    model.show_all(KEPT)
    assert shown(model) == [
        "Not in a folder",
        "loose",
        "Billing",
        "inside",
        "Billing › Refunds",
        "deep",
        "Billings",
        "other",
    ]


def test_without_folders_there_are_no_headings() -> None:
    model = TemplatesModel()
    model.show_all((template("a"), template("b")))
    assert shown(model) == ["a", "b"]


def test_a_folder_holds_its_own_folders_but_no_namesakes() -> None:
    wanted = Wanted(folder="Billing")
    assert [one.name for one in KEPT if wanted.takes(one)] == ["inside", "deep"]
    assert [one.name for one in KEPT if Wanted(folder="").takes(one)] == ["loose"]


def test_a_search_wants_every_word_somewhere() -> None:
    model = TemplatesModel()
    model.show_all(KEPT)
    model.show_wanted(Wanted(search="REFUNDS deep"))
    assert [one.name for one in model.found] == ["deep"]
    assert model.total == len(KEPT)


def test_the_models_keep_qts_contract(qtmodeltester: ModelTester) -> None:
    model = TemplatesModel()
    model.show_all((*KEPT, SEQUENCE))
    qtmodeltester.check(model, force_py=True)
    steps = StepsModel(is_sent=True)
    steps.show_rows([row_of(step, at) for at, step in enumerate(SEQUENCE.steps)])
    qtmodeltester.check(steps, force_py=True)


def test_rows_that_change_their_words_are_told_one_by_one() -> None:
    model = StepsModel()
    rows = [row_of(step, at) for at, step in enumerate(SEQUENCE.steps)]
    model.show_rows(rows)
    changes = QSignalSpy(model.dataChanged)
    resets = QSignalSpy(model.modelReset)
    model.show_rows([rows[0], row_of(SEQUENCE.steps[0], 1), rows[2]])
    assert (changes.count(), resets.count()) == (1, 0)
    model.show_rows(rows[:2])
    assert resets.count() == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.5, "0.5 s"), (2, "2 s"), (92, "1.5 min"), (3600, "1 h"), (86_400, "1 day")],
)
def test_times_are_told_in_a_fitting_unit(seconds: float, words: str) -> None:
    assert seconds_text(seconds) == words


def test_the_last_event_happens_now() -> None:
    assert [earlier_text(SEQUENCE.steps, at) for at in range(3)] == [
        "2 s earlier",
        "1 s earlier",
        "now",
    ]


def test_an_event_without_a_name_is_called_by_its_type() -> None:
    step = template("x", event("", "ada")).steps[0]
    assert row_of(step, 0).event == "Custom event"


def test_tags_are_separated_by_commas_and_kept_once() -> None:
    assert tags_of(" #billing, two words ,billing,, ") == ("billing", "two words")
