"""Pills, notices, empty places, labels and buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from composer.ui.icons import IconName
from composer.ui.theme import LIGHT, Role
from composer.ui.widgets import (
    ElidedLabel,
    EmptyState,
    FlowNote,
    IconButton,
    IconLabel,
    LinkButton,
    Notice,
    Pill,
    PrimaryButton,
    SectionHeader,
    Severity,
    pill_size,
    put_icon,
)


@pytest.mark.parametrize("severity", list(Severity))
def test_a_pill_says_its_severity_in_words_and_shows_its_ground(
    qtbot: QtBot, severity: Severity
) -> None:
    pill = Pill("401", severity)
    qtbot.addWidget(pill)
    assert pill.accessibleName() == (f"{severity.word}: 401" if severity.word else "401")
    pill.resize(pill.sizeHint())
    edge = pill.grab().toImage().pixelColor(6, 10)
    assert edge == severity.ground(LIGHT)


def test_a_pill_grows_with_its_text(qtbot: QtBot) -> None:
    pill = Pill("1 hint", Severity.INFO)
    qtbot.addWidget(pill)
    before = pill.sizeHint().width()
    pill.set("12 hints", Severity.WARNING)
    assert pill.sizeHint().width() > before
    assert (pill.text, pill.severity) == ("12 hints", Severity.WARNING)
    assert pill_size("a", icon=True).width() > pill_size("a").width()


def test_no_two_severities_that_matter_share_an_icon() -> None:
    told = [Severity.OK, Severity.INFO, Severity.WARNING, Severity.ERROR]
    assert len({severity.icon for severity in told}) == len(told)


def test_a_notice_is_hidden_until_it_says_something(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    notice = Notice(place)
    QHBoxLayout(place).addWidget(notice)
    place.show()
    assert not notice.isVisible()
    notice.say("The settings file was put aside.", Severity.WARNING, "Show it")
    assert notice.isVisible()
    assert notice.accessibleName() == "Warning: The settings file was put aside."
    notice.dismiss()
    assert (notice.isVisible(), notice.text) == (False, "")


def test_a_notice_tells_what_a_person_pressed(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say("A draft was found.", Severity.INFO, "Open it")
    action = notice.findChildren(LinkButton)[0]
    close = notice.findChildren(IconButton)[0]
    assert action.text() == "Open it"
    with qtbot.waitSignal(notice.action_chosen):
        qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(notice.dismissed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert notice.isHidden()


def test_a_notice_without_an_action_offers_none(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say("Saved.", Severity.OK)
    assert notice.findChildren(LinkButton)[0].isHidden()


def test_an_empty_place_offers_the_first_step(qtbot: QtBot) -> None:
    empty = EmptyState(IconName.SANDBOX, "Nothing yet", "Send an event.", action="Compose")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.action_chosen):
        qtbot.mouseClick(empty.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert empty.accessibleName() == "Nothing yet"
    empty.set_words("Nothing found", "Try other words.")
    assert empty.accessibleDescription() == "Nothing found. Try other words."


def test_an_empty_place_without_a_step_has_no_button(qtbot: QtBot) -> None:
    empty = EmptyState(IconName.SANDBOX, "Nothing yet", "Wait.")
    qtbot.addWidget(empty)
    assert empty.findChildren(QPushButton)[0].isHidden()


def test_a_long_label_gives_way_and_keeps_its_text_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("a long address that does not fit", role=Role.MONO_MUTED)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.full_text == label.accessibleName()
    label.resize(label.sizeHint())
    assert (label.text(), label.toolTip()) == (label.full_text, "")


def test_a_label_can_be_cut_in_the_middle(qtbot: QtBot) -> None:
    label = ElidedLabel("phc_abcdefghijklmnop", Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    assert label.text()[0] == "p"
    assert label.text()[-1] == "p"
    assert "…" in label.text()


def test_text_of_a_person_is_never_read_as_markup(qtbot: QtBot) -> None:
    for label in (ElidedLabel("<b>x</b>"), FlowNote("<b>x</b>")):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_note_wraps_and_a_section_has_its_role(qtbot: QtBot) -> None:
    note, section = FlowNote("word " * 30), SectionHeader("Properties")
    for label in (note, section):
        qtbot.addWidget(label)
    assert note.heightForWidth(100) > note.heightForWidth(400)
    assert section.property("role") == Role.SECTION


def test_an_icon_button_says_what_it_does(qtbot: QtBot) -> None:
    button = IconButton(IconName.EYE, "Hide the key")
    qtbot.addWidget(button)
    button.set_icon(IconName.EYE_OFF, "Show the key")
    assert button.accessibleName() == button.toolTip() == "Show the key"


def test_buttons_with_text_leave_air_after_the_icon(qtbot: QtBot) -> None:
    main = PrimaryButton("Send", icon=IconName.SEND)
    plain = QPushButton("Copy")
    put_icon(plain, IconName.COPY)
    docs = LinkButton("Docs", icon=IconName.EXTERNAL, trailing=True)
    for button in (main, plain, docs):
        qtbot.addWidget(button)
    assert main.iconSize().width() == plain.iconSize().width() == 20
    assert docs.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert docs.iconSize().width() == 16


def test_an_illustration_shows_another_icon(qtbot: QtBot) -> None:
    label = IconLabel(IconName.INFO)
    qtbot.addWidget(label)
    before = label.grab().toImage()
    label.set_icon(IconName.ERROR, Severity.ERROR.tone)
    assert label.grab().toImage() != before


@pytest.mark.parametrize("width", [260, 420, 900])
def test_the_words_of_an_empty_place_are_never_cut_off(qtbot: QtBot, width: int) -> None:
    sentence = (
        "Keep an event under a name and open it again whenever you need it, as often as you like."
    )
    empty = EmptyState(IconName.SANDBOX, "Nothing here yet", "Wait.", action="Compose an event")
    qtbot.addWidget(empty)
    empty.resize(width, 400)
    empty.show()
    empty.set_words("Nothing here yet", sentence)
    QApplication.sendPostedEvents()  # the layout's turn
    for label in empty.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
        assert empty.rect().contains(label.geometry())
    empty.resize(240, 400)
    assert empty.width() == 240


def test_an_empty_place_never_shows_its_button_as_a_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []
    monkeypatch.setattr(QPushButton, "setVisible", lambda _, visible: shown.append(visible))
    qtbot.addWidget(EmptyState(IconName.SANDBOX, "Nothing yet", "Wait.", action="Compose"))
    assert True not in shown
