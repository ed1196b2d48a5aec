"""What the clipboard or a drop holds, as a value: text, files, a picture, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData

NOTHING = (
    "There is nothing on the clipboard. Copy a curl command, a HAR file or an event, then paste it."
)
PICTURE = "There is a picture on the clipboard. Copy the text of the request, then paste it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Text, or the paths of files; empty where there is neither."""

    text: str = ""
    files: tuple[str, ...] = ()
    is_picture: bool = False

    @property
    def fault(self) -> str:
        """Why nothing can be read from it, with the next step; empty if something can."""
        if self.files or self.text.strip():
            return ""
        return PICTURE if self.is_picture else NOTHING

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, without their folders."""
        return tuple(path.replace("\\", "/").rpartition("/")[2] for path in self.files)


def clip_of(data: QMimeData) -> Clip:
    """Files come before text: some systems add their paths as text. Nothing is fetched."""
    local = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if local:
        return Clip(files=tuple(local))
    if data.hasText():
        return Clip(text=data.text())
    return Clip(is_picture=data.hasImage())


def is_welcome(data: QMimeData) -> bool:
    """Whether a drop of it can be read. It is asked while something is dragged, so it is quick."""
    return data.hasUrls() or data.hasText()
