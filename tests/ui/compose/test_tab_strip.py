"""The line of tabs: chosen, closed and dragged by mouse and keyboard; quiet while there is one."""

from __future__ import annotations

import pytest
import pytest_asyncio
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from composer.ui.compose.tab_bar import HEIGHT
from composer.ui.compose.tab_strip import TabStrip
from composer.ui.session import Session
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Strip:
    """The strip over a session of its own."""

    def __init__(self, stage: Stage) -> None:
        self.session = Session(stage.clock, stage.preferences)
        self.strip = TabStrip(self.session)
        self.bar = self.strip.bar
        self.closed: list[object] = []
        self.strip.close_wanted.connect(self.closed.append)
        stage.show(self.strip, width=800, height=HEIGHT + 1)
        self.strip.setVisible(len(self.session.tabs) > 1)

    def open(self, *events: str) -> None:
        for event in events:
            self.session.open_tab()
            self.session.set_value(("event",), event)

    def middle_of(self, index: int) -> QPoint:
        return self.bar.tabRect(index).center()

    @property
    def titles(self) -> list[str]:
        return [self.bar.tabText(index) for index in range(self.bar.count())]


@pytest_asyncio.fixture
async def strip(stage: Stage) -> Strip:
    return Strip(stage)


async def test_one_draft_needs_no_line(strip: Strip) -> None:
    assert not strip.strip.isVisible()
    strip.open("two")
    assert strip.strip.isVisible()
    strip.session.close_tab()
    assert not strip.strip.isVisible()


async def test_titles_follow_what_is_typed(strip: Strip) -> None:
    strip.open("two")
    assert strip.titles == ["plan upgraded · customer-42", "two"]
    strip.session.set_value(("distinct_id",), "Q&A")
    assert strip.titles[1] == "two · Q&A"
    assert strip.bar.tabToolTip(1) == "two · Q&A"
    strip.session.undo_group.undo()
    assert strip.titles[1] != "two · Q&A"


async def test_a_click_brings_a_tab_to_the_front(strip: Strip) -> None:
    strip.open("two", "three")
    QTest.mouseClick(strip.bar, LEFT, pos=strip.bar.tabRect(0).topLeft() + QPoint(20, 12))
    assert strip.session.current == 0
    assert strip.bar.currentIndex() == 0


async def test_the_arrow_keys_go_through_the_tabs(strip: Strip) -> None:
    strip.open("two", "three")
    QTest.keyClick(strip.bar, Qt.Key.Key_Left)
    assert strip.session.current == 1


async def test_the_cross_and_the_middle_button_ask_for_closing(strip: Strip) -> None:
    strip.open("two", "three")
    first, _, third = (tab.id for tab in strip.session.tabs)
    QTest.mouseClick(strip.bar, MIDDLE, pos=strip.middle_of(0))
    rect = strip.bar.tabRect(2)
    QTest.mouseClick(strip.bar, LEFT, pos=QPoint(rect.right() - 16, HEIGHT // 2))
    assert strip.closed == [first, third]
    assert strip.session.current == 2


async def test_a_tab_is_dragged_to_another_place(strip: Strip) -> None:
    strip.open("two", "three")
    start, end = strip.middle_of(2), strip.bar.tabRect(0).topLeft() + QPoint(10, 12)
    QTest.mousePress(strip.bar, LEFT, pos=start)
    for step in range(1, 11):
        QTest.mouseMove(strip.bar, start + (end - start) * step / 10)
    QTest.mouseRelease(strip.bar, LEFT, pos=end)
    assert strip.titles == ["three", "plan upgraded · customer-42", "two"]
    assert strip.session.current == 0


async def test_tabs_grow_narrower_until_there_is_a_list_of_them(strip: Strip) -> None:
    strip.open("two")
    wide = strip.bar.tabRect(0).width()
    assert not strip.strip.menu.actions()
    strip.open(*(f"event {number}" for number in range(12)))
    assert strip.bar.tabRect(0).width() < wide
    click(strip.strip, "All open drafts")
    actions = strip.strip.menu.actions()
    assert [action.text() for action in actions] == strip.titles
    assert [action.isChecked() for action in actions].index(True) == 13
    actions[0].trigger()
    assert strip.session.current == 0
    assert strip.bar.rect().contains(strip.bar.tabRect(0))
    strip.strip.menu.close()


async def test_the_current_tab_is_in_sight_however_many_there_are(strip: Strip) -> None:
    strip.open(*(f"event {number}" for number in range(20)))
    for index in (0, 10, 20, 5):
        strip.session.switch_to(strip.session.tabs[index].id)
        rect = strip.bar.tabRect(index)
        assert rect.left() >= -1
        assert rect.right() <= strip.bar.width() + 1


@pytest.mark.parametrize("several", [False, True])
async def test_everything_has_a_name(strip: Strip, several: bool) -> None:
    strip.open("two", *(f"event {number}" for number in range(12 * several)))
    assert nameless(strip.strip) == []
    assert named(strip.strip, "New draft (Ctrl+T)").isVisible()
