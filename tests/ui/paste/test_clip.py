"""What the clipboard holds, as a value."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from composer.ui.paste.clip import NOTHING, PICTURE, clip_of, is_welcome


def holding(text: str = "", urls: tuple[QUrl, ...] = ()) -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if urls:
        data.setUrls(list(urls))
    return data


def test_text_is_taken_as_it_is() -> None:
    clip = clip_of(holding("  curl\r\n"))
    assert (clip.text, clip.files, clip.fault) == ("  curl\r\n", (), "")


def test_files_come_before_the_text_that_names_them(tmp_path: Path) -> None:
    url = QUrl.fromLocalFile(str(tmp_path / "a b.har"))
    clip = clip_of(holding("file:///somewhere", (url,)))
    assert clip.names == ("a b.har",)
    assert clip.text == ""
    assert clip.fault == ""


def test_an_address_is_text_and_never_a_file() -> None:
    clip = clip_of(holding(urls=(QUrl("https://eu.i.posthog.com/e/?data=abc"),)))
    assert clip.files == ()
    assert clip.text == "https://eu.i.posthog.com/e/?data=abc"


def test_nothing_and_a_picture_are_told_apart() -> None:
    picture = QMimeData()
    picture.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert clip_of(picture).fault == PICTURE
    assert clip_of(QMimeData()).fault == NOTHING
    assert clip_of(holding("   \n")).fault == NOTHING


def test_a_picture_is_not_welcome_as_a_drop() -> None:
    picture = QMimeData()
    picture.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert not is_welcome(picture)
    assert is_welcome(holding("x"))
