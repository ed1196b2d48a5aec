"""Labels that do a little more than QLabel: give way, wrap quietly, show an icon."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from composer.ui.icons import IconName, Tone, paint_icon
from composer.ui.theme.controller import current_theme
from composer.ui.theme.roles import Role, set_role


class ElidedLabel(QLabel):
    """One line that gives way.

    Cut where it does not fit, whole in the tooltip and for screen readers.
    """

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        *,
        role: Role | None = None,
    ) -> None:
        super().__init__()
        self._full = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if role is not None:
            set_role(self, role)
        self.set_text(text)

    @property
    def full_text(self) -> str:
        """The text before any cutting."""
        return self._full

    def set_text(self, text: str) -> None:
        """Shows another text; line breaks become spaces."""
        self._full = " ".join(text.splitlines())
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip("" if shown == self._full else self._full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        frame = self.width() - self.contentsRect().width()
        # The style sheet may measure half a pixel more than the font does.
        width = self.fontMetrics().horizontalAdvance(self._full) + frame + 1
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 3, super().sizeHint().height())


class FlowNote(QLabel):
    """Quiet text over as many lines as it needs; never wider than its place."""

    def __init__(self, text: str = "", role: Role = Role.MUTED) -> None:
        super().__init__(text)
        set_role(self, role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class SectionHeader(QLabel):
    """A small heading over a group of things."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        set_role(self, Role.SECTION)


class IconLabel(QWidget):
    """An icon that illustrates the words beside it, and so has no accessible name."""

    def __init__(self, name: IconName, tone: Tone = Tone.MUTED, side: int = 16) -> None:
        super().__init__()
        self._name = name
        self._tone = tone
        self.setFixedSize(side, side)

    def set_icon(self, name: IconName, tone: Tone) -> None:
        """Shows another icon."""
        self._name = name
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = QRect(0, 0, self.width(), self.height())
        paint_icon(painter, side, self._name, self._tone.color(current_theme()))
