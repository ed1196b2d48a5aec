"""The strip in Compose: answers fill the draft as they are typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.jsontext import Number
from composer.core.templates import Variable, VariableKind
from composer.ui.session import Session
from composer.ui.templates.fill_strip import FillStrip
from composer.ui.widgets import LineEdit
from tests.helpers.stage import Stage, nameless
from tests.helpers.templates import event, template
from tests.helpers.window import click, named, type_into, wait_until

ASKING = template(
    "Upgrade",
    event("upgraded", "{{customer}}", seats="{{seats}}", note="for {{customer}}"),
    variables=(
        Variable(name="customer", label="Customer"),
        Variable(name="seats", label="Seats", kind=VariableKind.NUMBER),
    ),
)


class Strip:
    """A strip over a session, in a page of its own."""

    def __init__(self, stage: Stage, height: int = 700) -> None:
        self.session = Session(stage.clock, stage.preferences)
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        self.strip = FillStrip(self.session)
        column.addWidget(self.strip)
        column.addStretch(1)
        stage.show(self.page, 520, height)


async def test_it_is_hidden_while_nothing_is_asked(stage: Stage) -> None:
    strip = Strip(stage)
    assert not strip.strip.isVisible()
    strip.session.open_template(ASKING)
    assert strip.strip.isVisible()
    strip.session.choose_type("identify")
    assert not strip.strip.isVisible()


async def test_an_answer_goes_to_every_place_with_its_type(stage: Stage) -> None:
    strip = Strip(stage)
    strip.session.open_template(ASKING)
    assert strip.strip.words == "0 of 2 filled in"
    type_into(named(strip.page, "Customer", LineEdit), "ada")
    type_into(named(strip.page, "Seats", LineEdit), "14")
    draft = strip.session.draft
    assert draft.payload.get("distinct_id") == "ada"
    assert draft.value(("properties", "seats")) == Number("14")
    assert draft.value(("properties", "note")) == "for ada"
    assert strip.strip.words == "2 of 2 filled in"
    assert strip.session.unfilled == ()


async def test_what_was_changed_by_hand_stays(stage: Stage) -> None:
    strip = Strip(stage)
    strip.session.open_template(ASKING)
    type_into(named(strip.page, "Customer", LineEdit), "ada")
    strip.session.set_value(("distinct_id",), "somebody else")
    type_into(named(strip.page, "Customer", LineEdit), "bob")
    assert strip.session.draft.payload.get("distinct_id") == "somebody else"
    assert strip.session.draft.value(("properties", "note")) == "for bob"


async def test_undo_takes_an_answer_back_in_the_strip_too(stage: Stage) -> None:
    strip = Strip(stage)
    strip.session.open_template(ASKING)
    type_into(named(strip.page, "Seats", LineEdit), "14")
    strip.session.undo_group.undo()
    assert named(strip.page, "Seats", LineEdit).text() == ""
    assert strip.strip.words == "0 of 2 filled in"


async def test_it_folds_and_unfolds_where_something_is_missing(stage: Stage) -> None:
    strip = Strip(stage)
    strip.session.open_template(ASKING)
    click(strip.page, "Hide the prompts")
    assert strip.strip.is_folded
    assert strip.strip.focus_variable("seats")
    assert not strip.strip.is_folded
    row = strip.strip.prompts.rows[1]
    assert row.problem.startswith("Fill this in.")
    assert not strip.strip.focus_variable("unknown")


async def test_many_prompts_scroll_within_their_share(stage: Stage) -> None:
    names = [f"v{number}" for number in range(30)]
    many = template("many", event("x", **{name: f"{{{{{name}}}}}" for name in names}))
    strip = Strip(stage, height=400)
    strip.session.open_template(many)
    await wait_until(lambda: 96 <= strip.strip.height() <= 0.42 * 400 + 40, "the height")


async def test_enter_in_the_last_prompt_leads_on(stage: Stage) -> None:
    strip = Strip(stage)
    left: list[bool] = []
    strip.strip.left.connect(lambda: left.append(True))
    strip.session.open_template(ASKING)
    field = named(strip.page, "Seats", LineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert left == [True]


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    strip = Strip(stage)
    strip.session.open_template(ASKING)
    assert nameless(strip.page) == []
