"""The panel that finds anything, used by keyboard and mouse."""

import asyncio

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from composer.core.shells import Shell
from composer.ui.actions import Command
from composer.ui.palette.entries import CopyAs
from tests.helpers.templates import template
from tests.helpers.window import wait_until
from tests.ui.palette.driver import Driver

KEY = Qt.Key


async def test_it_opens_with_everything_and_the_first_entry_chosen(driver: Driver) -> None:
    driver.open()
    assert driver.palette.isVisible()
    assert driver.focus is driver.field
    assert driver.rows[:2] == ["Event types", "Custom event"]
    assert driver.current == "Custom event"
    assert {"Commands", "Destinations"} <= set(driver.rows)


async def test_escape_closes_it_and_gives_the_keyboard_back(driver: Driver) -> None:
    driver.behind.setFocus()
    driver.open()
    driver.type("x")
    driver.press(KEY.Key_Escape)
    assert not driver.palette.isVisible()
    assert driver.focus is driver.behind


async def test_its_own_keys_close_it_too(driver: Driver) -> None:
    driver.open()
    QTest.keyClick(driver.field, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not driver.palette.isVisible()


async def test_a_click_beside_it_closes_it_and_a_click_inside_does_not(driver: Driver) -> None:
    driver.open()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(driver.palette, left, pos=driver.field.mapTo(driver.palette, QPoint(-3, -3)))
    assert driver.palette.isVisible()
    QTest.mouseClick(driver.palette, left, pos=QPoint(5, 400))
    assert not driver.palette.isVisible()


async def test_it_covers_the_window_also_after_a_resize(driver: Driver) -> None:
    driver.open()
    driver.window.resize(1500, 900)
    assert driver.palette.geometry() == driver.window.rect()


async def test_no_command_of_the_window_runs_behind_it(driver: Driver) -> None:
    driver.open()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(driver.field, KEY.Key_5, control)
    QTest.keyClick(driver.field, KEY.Key_Return, control)
    assert driver.done == []


async def test_arrows_skip_headings_and_go_round(driver: Driver) -> None:
    driver.open()
    driver.press(KEY.Key_Up)
    assert driver.current == driver.rows[-1]
    driver.press(KEY.Key_Down, KEY.Key_Down)
    assert driver.current == "Anonymous event"
    driver.press(KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Backtab)
    assert driver.current == "Custom event"


async def test_pages_stop_at_the_ends(driver: Driver) -> None:
    driver.open()
    driver.press(*[KEY.Key_PageDown] * 20)
    assert driver.current == driver.rows[-1]
    driver.press(*[KEY.Key_PageUp] * 20)
    assert driver.current == "Custom event"


async def test_enter_runs_a_command(driver: Driver) -> None:
    driver.open()
    driver.type("go to hist")
    assert driver.current == "Go to History"
    driver.press(KEY.Key_Return)
    assert not driver.palette.isVisible()
    assert driver.done == [Command.GO_HISTORY]


async def test_enter_asks_for_a_copy_in_another_language(driver: Driver) -> None:
    driver.open()
    driver.type("as ruby")
    driver.press(KEY.Key_Return)
    driver.open()
    driver.type("cmd.exe")
    driver.press(KEY.Key_Return)
    assert driver.done == [CopyAs(target="ruby"), CopyAs(shell=Shell.CMD)]


async def test_a_command_that_is_off_is_left_out(driver: Driver) -> None:
    driver.actions.enable(Command.UNDO, on=False)
    driver.open()
    assert "Undo" not in driver.rows
    driver.press(KEY.Key_Escape)
    driver.actions.enable(Command.UNDO, on=True)
    driver.open()
    assert "Undo" in driver.rows


async def test_it_does_not_offer_itself(driver: Driver) -> None:
    driver.open()
    assert "Find anything" not in driver.rows


async def test_a_click_opens_an_event_type(driver: Driver) -> None:
    driver.open()
    driver.type("pageview")
    place = driver.list.visualRect(driver.list.model().index(1, 0)).center()
    QTest.mouseClick(driver.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert driver.done == ["pageview"]


async def test_a_destination_is_found_by_its_name(driver: Driver) -> None:
    driver.open()
    driver.type("eu cl")
    assert driver.current == "Send to EU cloud"
    driver.press(KEY.Key_Enter)
    assert driver.bench.preferences.destination.id == "eu"


async def test_a_template_is_found_by_its_name(driver: Driver) -> None:
    draft = driver.bench.session.draft.with_value(("distinct_id",), "cust-20417")
    saved = driver.bench.services.templates.save(template("Ticket 4812", draft))
    driver.open()
    await wait_until(lambda: "Ticket 4812" in driver.rows, "the templates")
    driver.type("4812")
    driver.press(KEY.Key_Return)
    assert driver.done == [saved]


async def test_a_starter_is_shown_only_where_it_fits_what_is_typed(driver: Driver) -> None:
    starter = next(one for one in driver.bench.services.templates.all() if one.is_starter)
    driver.bench.services.templates.save(template("Ticket 4812"))
    driver.open()
    await wait_until(lambda: "Ticket 4812" in driver.rows, "the templates")
    assert starter.name not in driver.rows
    driver.type(starter.name)
    await wait_until(lambda: starter.name in driver.rows, "the starter")


async def test_history_is_found_by_its_content_and_shown(driver: Driver) -> None:
    driver.remember("plan upgraded")
    identifier = driver.remember("invoice paid", b'{"quokkas": 14}')
    driver.open()
    driver.type("quokkas")
    await wait_until(lambda: "History" in driver.rows, "the history")
    assert driver.rows == ["History", "invoice paid · customer-42"]
    driver.press(KEY.Key_Return)
    assert driver.done == [identifier]


async def test_only_the_answer_to_what_was_typed_last_is_shown(driver: Driver) -> None:
    driver.remember("invoice paid", b'{"quokkas": 14}')
    driver.open()
    await wait_until(lambda: "History" in driver.rows, "the history")
    driver.type("quokkas")
    driver.type("zzz")
    assert driver.rows == []
    await asyncio.sleep(0.4)  # time for both answers
    assert driver.rows == []


async def test_what_arrives_late_leaves_the_choice_where_it_is(driver: Driver) -> None:
    driver.remember("invoice paid")
    driver.open()
    driver.press(KEY.Key_Down, KEY.Key_Down)
    chosen = driver.current
    await wait_until(lambda: "History" in driver.rows, "the history")
    assert driver.current == chosen


async def test_typing_on_chooses_the_first_of_what_is_found(driver: Driver) -> None:
    driver.open()
    driver.type("go")
    driver.press(KEY.Key_Down)
    driver.type(" to")
    assert driver.current == driver.rows[1]


async def test_nothing_found_is_said_in_words(driver: Driver) -> None:
    driver.open()
    driver.type("zzzzz")
    assert driver.rows == []
    assert any("Nothing found for “zzzzz”" in text for text in driver.words)
    assert driver.field.accessibleDescription() == "Nothing found"
    driver.press(KEY.Key_Return, KEY.Key_Down)
    assert driver.palette.isVisible()


async def test_field_and_list_have_their_names(driver: Driver) -> None:
    assert driver.field.accessibleName() == "Find anything"
    assert driver.list.accessibleName() == "Results"


async def test_the_field_tells_assistive_tools_what_is_chosen(driver: Driver) -> None:
    driver.open()
    driver.type("settings")
    assert driver.field.accessibleDescription() == "Settings, Ctrl ,, Commands"
