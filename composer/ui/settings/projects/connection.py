"""The way to a project: waiting, proxy, certificates, and headers for a reverse proxy.

Most projects need none of it, so it is folded away. Shows one ``Destination`` and tells each
change as a new one.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from composer.core.destination import Destination
from composer.core.extra_headers import header_problem
from composer.core.route import NO_PROXY, certificate_problem, proxy_problem
from composer.ui.icons import IconName
from composer.ui.sandbox.behaviour.text_list import TextList
from composer.ui.settings.fields import TextField
from composer.ui.settings.form import SettingsForm
from composer.ui.settings.numbers import number_text, read_seconds
from composer.ui.widgets import IconButton

PEM = "Certificates (*.pem *.crt *.cer *.key);;All files (*)"


class ConnectionForm(QWidget):
    """The rows that only some projects need."""

    changed = Signal(object)
    """``Destination``"""

    def __init__(self) -> None:
        super().__init__()
        self._place: Destination | None = None
        usual = "As for all projects"
        self._connect_wait = TextField("Wait for a connection", _wait_problem, placeholder=usual)
        self._answer_wait = TextField("Wait for an answer", _wait_problem, placeholder=usual)
        self._proxy = TextField(
            "Proxy",
            proxy_problem,
            placeholder="As the system says",
            note=f"http://proxy.example.com:3128, or “{NO_PROXY}” for none.",
        )
        self._ca_file = TextField("Own CA file", _no_problem, placeholder="PEM file")
        self._certificate = TextField("Client certificate", _no_problem, placeholder="PEM file")
        self._key = TextField(
            "Key of the client certificate",
            self._key_problem,
            placeholder="PEM file, if it is not in the certificate's",
        )
        self._headers = TextList("Header", read_header, placeholder="Name: value", mono=True)
        self._build()
        self._connect()

    def show_project(self, place: Destination) -> None:
        """Show the way to a project."""
        is_other = self._place is None or self._place.id != place.id
        self._place = place
        for field, seconds in (
            (self._connect_wait, place.connect_timeout),
            (self._answer_wait, place.answer_timeout),
        ):
            if is_other or not field.problem:
                field.show_text("" if seconds is None else number_text(seconds))
        self._proxy.show_text(place.proxy)
        self._ca_file.show_text(place.ca_file)
        self._certificate.show_text(place.client_certificate)
        self._key.show_text(place.client_key)
        lines = [f"{name}: {value}" for name, value in place.headers]
        self._headers.show_texts(lines, anew=is_other)

    def _build(self) -> None:
        form = SettingsForm(follows=True)
        form.add_row("Wait for a connection", self._connect_wait, self._connect_wait.line)
        form.add_row("Wait for an answer", self._answer_wait, self._answer_wait.line)
        form.add_row("Proxy", self._proxy, self._proxy.line)
        for label, field in (
            ("Own CA file", self._ca_file),
            ("Client certificate", self._certificate),
            ("Its key", self._key),
        ):
            field.beside.addWidget(_Chooser(field))
            form.add_row(label, field, field.line)
        form.add_row("Extra headers", self._headers, self._headers.add)
        form.add_note("Sent with each request, for a reverse proxy. The preview shows them.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def _connect(self) -> None:
        self._connect_wait.changed.connect(self._on_connect_wait)
        self._answer_wait.changed.connect(self._on_answer_wait)
        self._proxy.changed.connect(self._on_proxy)
        self._ca_file.changed.connect(self._on_ca_file)
        self._certificate.changed.connect(self._on_certificate)
        self._key.changed.connect(self._on_key)
        self._headers.changed.connect(self._on_headers)

    def _key_problem(self, key: str) -> str:
        return certificate_problem(self._certificate.line.text(), key)

    def _tell(self, **values: object) -> None:
        if self._place is not None:
            self._place = replace(self._place, **values)
            self.changed.emit(self._place)

    @Slot(str)
    def _on_connect_wait(self, text: str) -> None:
        if not _wait_problem(text):
            self._tell(connect_timeout=_seconds(text))

    @Slot(str)
    def _on_answer_wait(self, text: str) -> None:
        if not _wait_problem(text):
            self._tell(answer_timeout=_seconds(text))

    @Slot(str)
    def _on_proxy(self, text: str) -> None:
        self._tell(proxy=text.strip())

    @Slot(str)
    def _on_ca_file(self, text: str) -> None:
        self._tell(ca_file=text.strip())

    @Slot(str)
    def _on_certificate(self, text: str) -> None:
        self._tell(client_certificate=text.strip())
        self._key.renew()

    @Slot(str)
    def _on_key(self, text: str) -> None:
        self._tell(client_key=text.strip())

    @Slot(object)
    def _on_headers(self, lines: tuple[str, ...]) -> None:
        pairs = (line.partition(":") for line in lines)
        self._tell(headers=tuple((name.strip(), value.strip()) for name, _, value in pairs))


class _Chooser(IconButton):
    """Puts the path of a file that is chosen into a field."""

    def __init__(self, field: TextField) -> None:
        super().__init__(IconName.FILE, f"Choose the {field.line.accessibleName().lower()}")
        self._field = field
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        chooser = QFileDialog(self.window(), "Choose a PEM file", filter=PEM)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self._on_file)
        chooser.open()

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self._field.line.setText(path)
        self._field.line.textEdited.emit(path)


def read_header(line: str) -> str:
    """``Name: value`` as it was typed. Raises ``ValueError`` with the sentence for the person."""
    name, colon, value = line.partition(":")
    if not line.strip():
        return ""
    if not colon:
        raise ValueError("Write the name, a colon and the value, like X-Team: support.")
    if problem := header_problem(name.strip(), value.strip()):
        raise ValueError(problem)
    return line


def _wait_problem(text: str) -> str:
    try:
        _seconds(text)
    except ValueError as error:
        return str(error)
    return ""


def _seconds(text: str) -> float | None:
    return read_seconds(text) if text.strip() else None


def _no_problem(text: str) -> str:
    """Whether a file is there and can be used is seen when it is used."""
    del text
    return ""
