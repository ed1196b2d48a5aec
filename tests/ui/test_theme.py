"""Tokens, palette, style sheet, and who switches them."""

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from composer import resources
from composer.ui.theme import (
    DARK,
    LIGHT,
    Role,
    Surface,
    TextStyle,
    Theme,
    ThemeChoice,
    ThemeController,
    Variant,
    apply,
    current_theme,
    mono_font,
    set_edge,
    set_role,
    set_surface,
    set_variant,
    text_font,
)
from composer.ui.theme.palette import palette, style_sheet
from composer.ui.widgets import Panel

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture(autouse=True)
def _plain_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(palette(LIGHT))


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable_pairs() -> Iterator[tuple[str, str]]:
    """Each token that words are written in, with each ground that they are written on."""
    grounds = ["window", "surface", "raised", "hover", "accent_ground"]
    for words in ("text", "muted", "accent"):
        for ground in grounds:
            yield words, ground
    for words in ("error", "warning", "ok_text"):
        for ground in ("window", "surface", "raised"):
            yield words, ground
    for words in ("json_key", "json_string", "json_number", "json_literal", "text", "muted"):
        for ground in ("surface", "current_line", "problem_line"):
            yield words, ground
    for severity in ("ok", "warning", "error", "info"):
        yield "text", f"{severity}_ground"
        yield "muted", f"{severity}_ground"
    yield from (("ok_text", "ok_ground"), ("warning", "warning_ground"))
    yield from (("error", "error_ground"), ("info", "info_ground"))
    yield from (("on_accent", "accent"), ("on_accent", "accent_strong"), ("text", "pressed"))


@BOTH
def test_every_text_is_readable_on_every_ground_it_stands_on(theme: Theme) -> None:
    weak = {
        f"{words} on {ground}: {ratio:.2f}"
        for words, ground in readable_pairs()
        if (ratio := contrast(getattr(theme, words), getattr(theme, ground))) < 4.5
    }
    assert not weak


@BOTH
def test_rings_and_strips_stand_out_from_their_surroundings(theme: Theme) -> None:
    for token in ("accent", "sandbox", "self_hosted", "production"):
        for ground in ("window", "surface", "raised"):
            assert contrast(getattr(theme, token), getattr(theme, ground)) >= 3


@BOTH
def test_every_token_is_a_colour(theme: Theme) -> None:
    for field in fields(theme):
        if field.name != "name":
            assert re.fullmatch(r"#[0-9A-F]{6}", getattr(theme, field.name)), field.name


def test_the_themes_differ_in_darkness() -> None:
    assert luminance(LIGHT.surface) > luminance(LIGHT.text)
    assert luminance(DARK.surface) < luminance(DARK.text)
    assert (LIGHT.is_dark, DARK.is_dark) == (False, True)


@BOTH
def test_the_style_sheet_fills_in_every_placeholder(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "@" not in sheet
    assert theme.accent in sheet


@BOTH
def test_every_picture_in_the_style_sheet_is_shipped_in_the_colours_of_its_theme(
    theme: Theme,
) -> None:
    pictures = set(re.findall(r"url\(theme:([^)]+)\)", style_sheet(theme)))
    assert pictures
    colours = {getattr(theme, field.name) for field in fields(theme)}
    for picture in pictures:
        assert picture.startswith(f"{theme.name}/")
        drawn = resources.text(f"theme/{picture}")
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", drawn)) <= colours


@BOTH
def test_every_shipped_picture_is_used(theme: Theme) -> None:
    used = set(re.findall(r"url\(theme:[a-z]+/([^)]+)\)", style_sheet(theme)))
    assert {path.name for path in resources.path(f"theme/{theme.name}").iterdir()} == used


@BOTH
def test_the_palette_carries_the_tokens(theme: Theme) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert made.color(QPalette.ColorRole.Text) == QColor(theme.text)
    disabled = QPalette.ColorGroup.Disabled
    assert made.color(disabled, QPalette.ColorRole.Text) == QColor(theme.faint)


@BOTH
def test_applying_a_theme_makes_it_the_current_one(qapp: QApplication, theme: Theme) -> None:
    apply(qapp, theme)
    assert current_theme() is theme
    assert qapp.font().pixelSize() == 13


@BOTH
@pytest.mark.parametrize("kind", [QLineEdit, QPushButton, QComboBox, QToolButton])
def test_controls_are_thirty_pixels_high_with_and_without_focus(
    qapp: QApplication, qtbot: QtBot, theme: Theme, kind: type[QLineEdit]
) -> None:
    apply(qapp, theme)
    control = kind()
    qtbot.addWidget(control)
    control.show()
    qtbot.waitExposed(control)
    control.setFocus()
    assert control.height() == 30
    control.clearFocus()
    assert control.height() == 30


def test_a_role_changes_the_look_of_a_label_that_is_already_shown(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply(qapp, LIGHT)
    label = QLabel("Page view")
    qtbot.addWidget(label)
    label.show()
    before = label.font().pixelSize()
    set_role(label, Role.TITLE)
    label.ensurePolished()
    assert (before, label.font().pixelSize()) == (13, 17)


@BOTH
def test_a_panel_shows_its_ground_and_its_edge(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    apply(qapp, theme)
    panel = Panel(Surface.RAISED, "bottom")
    qtbot.addWidget(panel)
    panel.resize(40, 40)
    image = panel.grab().toImage()
    assert image.pixelColor(20, 20) == QColor(theme.raised)
    assert image.pixelColor(20, 39) == QColor(theme.line)
    set_edge(panel)
    set_surface(panel, Surface.WINDOW)
    image = panel.grab().toImage()
    assert {image.pixelColor(20, y).name() for y in (20, 39)} == {theme.window.lower()}


@BOTH
def test_a_primary_button_is_painted_in_the_accent(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    apply(qapp, theme)
    button = QPushButton()
    set_variant(button, Variant.PRIMARY)
    qtbot.addWidget(button)
    button.resize(60, 30)
    assert button.grab().toImage().pixelColor(8, 15) == QColor(theme.accent)


def test_small_buttons_are_twenty_six_pixels_high(qapp: QApplication, qtbot: QtBot) -> None:
    apply(qapp, LIGHT)
    button = QPushButton("Mend")
    set_variant(button, Variant.ORDINARY, small=True)
    qtbot.addWidget(button)
    button.show()
    assert button.height() == 26


def test_the_controller_shows_each_choice_and_the_other_theme(qapp: QApplication) -> None:
    controller = ThemeController(qapp, ThemeChoice.LIGHT)
    assert controller.theme is current_theme() is LIGHT
    controller.choose(ThemeChoice.DARK)
    assert (controller.choice, controller.theme, current_theme()) == (
        ThemeChoice.DARK,
        DARK,
        DARK,
    )
    controller.toggle()
    assert (controller.choice, controller.theme, current_theme()) == (
        ThemeChoice.LIGHT,
        LIGHT,
        LIGHT,
    )


def test_following_the_system_shows_what_the_system_reports(qapp: QApplication) -> None:
    reported = qapp.styleHints().colorScheme()
    controller = ThemeController(qapp, ThemeChoice.SYSTEM)
    assert controller.theme is (DARK if reported is Qt.ColorScheme.Dark else LIGHT)


def test_a_change_of_the_system_is_ignored_once_a_person_has_chosen(qapp: QApplication) -> None:
    controller = ThemeController(qapp, ThemeChoice.DARK)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert controller.theme is DARK


def test_the_style_sheet_is_held_back_while_a_window_is_built(qapp: QApplication) -> None:
    controller = ThemeController(qapp, ThemeChoice.DARK)
    with controller.held_back():
        assert qapp.styleSheet() == ""
        assert current_theme() is DARK
    assert qapp.styleSheet() == style_sheet(DARK)


def test_fonts_come_in_the_sizes_of_the_design() -> None:
    assert [text_font(style).pixelSize() for style in TextStyle] == [11, 12, 13, 17]
    assert text_font(TextStyle.TITLE).weight() > text_font().weight()
    assert text_font(strong=True).weight() > text_font().weight()
    assert mono_font().pixelSize() == 13
