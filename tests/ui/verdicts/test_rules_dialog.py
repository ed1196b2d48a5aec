"""Help → Rules: all rules, how each is treated, and the search."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from composer.core.verdicts.listing import Treatment
from composer.core.verdicts.rules import ALL
from composer.core.verdicts.scales import Subject
from composer.ui.lists.grid import Grid
from composer.ui.verdicts.rules_dialog import RulesDialog
from composer.ui.verdicts.rules_model import At, RulesModel
from composer.ui.widgets import EmptyState, LineEdit
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, type_into


class Rules:
    """The dialog and how a test looks at it."""

    def __init__(self, parent: QWidget) -> None:
        self.opened: list[str] = []
        self.window = parent  # which owns it
        self.dialog = RulesDialog(self.opened.append, parent)
        self.dialog.show()
        self.table = named(self.dialog, "Rules", Grid)

    def search(self, words: str) -> None:
        type_into(named(self.dialog, "Search the rules", LineEdit), words)

    def column(self, column: At) -> list[str]:
        model = self.table.model()
        cells = (model.index(row, column).data() for row in range(model.rowCount()))
        return [cell for cell in cells if cell]

    @property
    def words(self) -> str:
        return " ".join(label.text() for label in self.dialog.findChildren(QLabel))


@pytest.fixture
def rules(qtbot: QtBot) -> Rules:
    window = QWidget()
    qtbot.addWidget(window)
    return Rules(window)


def test_every_rule_is_listed_once_under_its_subject(rules: Rules) -> None:
    assert sorted(rules.column(At.ID)) == sorted(rule.rule.id for rule in ALL)
    titles = rules.column(At.WHEN)
    for subject in Subject:
        assert titles.count(subject.value) == 1
    assert f"{len(ALL)} rules" in rules.words


def test_each_says_how_it_is_treated(rules: Rules) -> None:
    treated = {words.lower() for words in rules.column(At.TREATED)}
    assert treated == {treatment.value for treatment in Treatment}


def test_a_rule_that_cannot_be_known_says_why_and_what_would_tell(rules: Rules) -> None:
    rules.search("token.unknown")
    assert rules.column(At.ID) == ["token.unknown"]
    assert rules.column(At.TREATED) == ["Cannot be known from here"]
    assert "What would tell: " in rules.words


def test_the_search_takes_words_in_any_order_and_case(rules: Rules) -> None:
    rules.search("ZONE time.no")
    assert rules.column(At.ID) == ["time.no_zone"]
    assert "1 rule" in rules.words
    click(rules.dialog, "PostHog's page about this rule")
    (page,) = rules.opened
    assert page.startswith("https://posthog.com/docs")


def test_where_nothing_fits_it_says_so(rules: Rules) -> None:
    rules.search("zebra crossing")
    assert not rules.table.isVisible()
    assert any(state.isVisible() for state in rules.dialog.findChildren(EmptyState))
    rules.search("zone")
    assert rules.table.isVisible()


def test_it_blocks_nothing_and_everything_has_a_name(rules: Rules) -> None:
    assert not rules.dialog.isModal()
    assert nameless(rules.dialog) == []


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = RulesModel()
    model.search("batch")
    qtmodeltester.check(model)
    model.search("")
    assert model.count == len(ALL)
