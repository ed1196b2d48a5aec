"""The drawings and their tinting."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from composer import resources
from composer.ui.icons import IconName, Tone, app_icon, icon, paint_icon
from composer.ui.theme import DARK, LIGHT, apply


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply(qapp, LIGHT)
    yield
    apply(qapp, LIGHT)
    qapp.setStyleSheet("")


def colours(image: QImage) -> set[str]:
    """The colours of all pixels that are fully drawn."""
    found: set[str] = set()
    for x in range(image.width()):
        for y in range(image.height()):
            color = image.pixelColor(x, y)
            if color.alpha() == 255:
                found.add(color.name().upper())
    return found


def test_every_name_has_a_drawing_and_every_drawing_a_name() -> None:
    shipped = {path.stem for path in resources.path("icons").iterdir()}
    assert shipped == {name.value for name in IconName}


@pytest.mark.parametrize("name", list(IconName))
def test_every_drawing_stands_on_the_grid_with_round_strokes(name: IconName) -> None:
    root = ET.fromstring(resources.text(f"icons/{name}.svg"))  # noqa: S314 - our own file
    assert root.attrib["viewBox"] == "0 0 16 16"
    assert root.attrib["stroke-width"] == "1.6"
    assert (root.attrib["stroke-linecap"], root.attrib["stroke-linejoin"]) == ("round", "round")


@pytest.mark.parametrize("name", list(IconName))
def test_every_drawing_shows_something_and_keeps_clear_of_the_edge(name: IconName) -> None:
    image = icon(name).pixmap(QSize(64, 64)).toImage()
    assert colours(image) == {LIGHT.text}
    edge = [image.pixelColor(x, y).alpha() for x in range(64) for y in (0, 63)]
    edge += [image.pixelColor(x, y).alpha() for y in range(64) for x in (0, 63)]
    assert max(edge) == 0


def test_the_tone_decides_the_colour() -> None:
    for tone in Tone:
        drawn = icon(IconName.SEND, tone).pixmap(QSize(64, 64)).toImage()
        assert colours(drawn) == {tone.color(LIGHT).name().upper()}


def test_an_icon_takes_the_colours_of_a_new_theme_by_itself(qapp: QApplication) -> None:
    made = icon(IconName.SEND, Tone.ACCENT)
    assert colours(made.pixmap(QSize(64, 64)).toImage()) == {LIGHT.accent}
    apply(qapp, DARK)
    assert colours(made.pixmap(QSize(64, 64)).toImage()) == {DARK.accent}


def test_a_disabled_icon_is_faint() -> None:
    drawn = icon(IconName.SEND, Tone.ACCENT).pixmap(QSize(64, 64), QIcon.Mode.Disabled)
    assert colours(drawn.toImage()) == {LIGHT.faint}


def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    drawn = icon(IconName.SEND).pixmap(QSize(16, 16), 2.0)
    assert (drawn.size(), drawn.devicePixelRatio()) == (QSize(32, 32), 2.0)


def test_a_copied_icon_still_draws() -> None:
    copied = QIcon(icon(IconName.SEND))
    copied.setIsMask(True)  # makes Qt clone the engine
    assert colours(copied.pixmap(QSize(64, 64)).toImage()) == {LIGHT.text}


def test_in_a_wide_box_the_drawing_stands_at_the_left() -> None:
    image = icon(IconName.STOP).pixmap(QSize(80, 64)).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(64, 80) for y in range(64))


def test_painting_takes_any_colour_and_stays_in_its_place() -> None:
    ground = QPixmap(40, 40)
    ground.fill(QColor("#FFFFFF"))
    painter = QPainter(ground)
    paint_icon(painter, QRect(4, 4, 32, 32), IconName.CLOSE, QColor("#FF0000"))
    painter.end()
    image = ground.toImage()
    assert "#FF0000" in colours(image)
    assert image.pixelColor(2, 2) == QColor("#FFFFFF")


def test_the_application_has_an_icon_of_its_own() -> None:
    image = app_icon().pixmap(QSize(64, 64)).toImage()
    assert "#3D5BDB" in colours(image)
