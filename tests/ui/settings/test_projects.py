"""The page of projects: a list, a form, and what is said while one types."""

import asyncio
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QListView

from composer.core.destination import CLOUD_ADDRESSES, Destination, DestinationKind
from composer.ui.settings.dialog import SettingsDialog, SettingsPage
from composer.ui.widgets import Notice
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.settings.conftest import Desk


class Projects:
    """The page in its dialog."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.preferences = desk.bench.work.preferences
        self.dialog = SettingsDialog(
            desk.bench.work, desk.theme, desk.window, SettingsPage.PROJECTS
        )
        self.dialog.open()

    @property
    def listed(self) -> list[str]:
        model = named(self.dialog, "Projects", QListView).model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def chosen(self) -> Destination:
        name = named(self.dialog, "Projects", QListView).currentIndex().data()
        return next(p for p in self.preferences.settings.destinations if p.name == name)

    @property
    def words(self) -> str:
        shown = (label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())
        return " ".join(shown).replace("\u200b", "")

    def choose(self, name: str) -> None:
        listed = named(self.dialog, "Projects", QListView)
        listed.setCurrentIndex(listed.model().index(self.listed.index(name), 0))

    def pick(self, combo: str, text: str) -> None:
        box = named(self.dialog, combo, QComboBox)
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())

    def add(self, name: str) -> Destination:
        click(self.dialog, "New project")
        type_into(named(self.dialog, "Name of the project"), name)
        return self.chosen


@pytest_asyncio.fixture
async def projects(desk: Desk) -> Projects:
    return Projects(desk)


async def test_the_projects_stand_in_their_order_and_everything_has_a_name(
    projects: Projects,
) -> None:
    assert projects.listed == ["Sandbox", "US cloud", "EU cloud", "Self-hosted"]
    for name in projects.listed:
        projects.choose(name)
        assert nameless(projects.dialog) == []


async def test_a_new_project_is_named_and_filled_in_and_kept_at_once(projects: Projects) -> None:
    place = projects.add("Shop, live")
    assert projects.listed == ["Sandbox", "Shop, live", "US cloud", "EU cloud", "Self-hosted"]
    assert (place.kind, place.is_production) == (DestinationKind.US, True)
    projects.pick("Region", "EU cloud")
    projects.pick("Colour", "Purple")
    projects.pick("Path of single events", "/capture/")
    type_into(named(projects.dialog, "Token of the project"), "phc_shop0000000000000000")
    click(projects.dialog, "Production")
    place = projects.chosen
    assert place.address == CLOUD_ADDRESSES[DestinationKind.EU]
    assert (place.colour, place.path, place.production) == ("purple", "/capture/", False)
    assert place.token == "phc_shop0000000000000000"


async def test_a_name_that_is_taken_or_missing_is_told_and_not_taken_over(
    projects: Projects,
) -> None:
    place = projects.add("Shop")
    field = named(projects.dialog, "Name of the project", QLineEdit)
    type_into(field, "us cloud")
    assert "Another project has this name" in projects.words
    assert field.text() == "us cloud"
    assert "us cloud" not in projects.listed
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert "Enter a name" in projects.words
    assert projects.chosen.id == place.id


async def test_a_personal_key_is_refused_with_words_and_kept_nowhere(projects: Projects) -> None:
    projects.add("Shop")
    type_into(named(projects.dialog, "Token of the project"), "phx_mine00000000000000000")
    assert "This is a personal key" in projects.words
    assert "phx_" not in str(projects.preferences.settings)
    projects.choose("Sandbox")
    projects.choose("Shop")
    assert "phx_" not in named(projects.dialog, "Token of the project", QLineEdit).text()


async def test_the_websites_address_is_told_and_the_right_host_is_one_click_away(
    projects: Projects,
) -> None:
    projects.choose("Self-hosted")
    type_into(named(projects.dialog, "Server address"), "https://eu.posthog.com/project/4711")
    assert "eu.posthog.com is the website" in projects.words
    click(projects.dialog, "Use https://eu.i.posthog.com")
    assert projects.chosen.kind is DestinationKind.EU
    assert projects.chosen.address == "https://eu.i.posthog.com"
    assert "is the website" not in projects.words


async def test_the_way_to_a_project_is_folded_away_and_kept(projects: Projects) -> None:
    projects.add("Shop")
    click(projects.dialog, "Connection and headers")
    type_into(named(projects.dialog, "Wait for a connection"), "2.5")
    type_into(named(projects.dialog, "Wait for an answer"), "soon")
    type_into(named(projects.dialog, "Proxy"), "http://proxy.example.com:3128")
    click(projects.dialog, "Add header")
    type_into(named(projects.dialog, "Header 1"), "X-Team: support")
    place = projects.chosen
    assert (place.connect_timeout, place.answer_timeout) == (2.5, None)
    assert "Write a number, for example 10 or 2.5." in projects.words
    assert place.proxy == "http://proxy.example.com:3128"
    assert place.headers == (("X-Team", "support"),)
    type_into(named(projects.dialog, "Header 1"), "Host: example.com")
    assert projects.chosen.headers == ()
    assert "The app makes Host itself" in projects.words
    projects.choose("Sandbox")
    assert not any(
        label.isVisible() and label.text() == "Proxy"
        for label in projects.dialog.findChildren(QLabel)
    )


async def test_certificates_that_cannot_be_used_are_told_in_place(
    projects: Projects, tmp_path: Path
) -> None:
    projects.add("Shop")
    click(projects.dialog, "Connection and headers")
    missing = tmp_path / "missing.pem"
    type_into(named(projects.dialog, "Own CA file"), str(missing))
    await wait_until(lambda: "missing.pem" in projects.words, "the missing file to be told")
    QTest.keyClick(
        named(projects.dialog, "Own CA file"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    )
    QTest.keyClick(named(projects.dialog, "Own CA file"), Qt.Key.Key_Delete)
    await wait_until(lambda: "missing.pem" not in projects.words, "the words to go")


async def test_projects_are_moved_duplicated_removed_and_brought_back(projects: Projects) -> None:
    projects.add("Shop")
    click(projects.dialog, "Move the project down")
    click(projects.dialog, "Move the project down")
    assert projects.listed == ["Sandbox", "US cloud", "EU cloud", "Shop", "Self-hosted"]
    click(projects.dialog, "Duplicate the project")
    assert projects.listed[3:5] == ["Shop", "Shop 2"]
    projects.choose("Shop")
    before = projects.chosen
    projects.preferences.change(destination_id=before.id)
    listed = named(projects.dialog, "Projects")
    listed.setFocus()
    await wait_until(listed.hasFocus, "the keyboard to be on the list")
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    assert "Shop" not in projects.listed
    assert projects.preferences.destination.kind is DestinationKind.SANDBOX
    (notice,) = (n for n in projects.dialog.findChildren(Notice) if n.isVisible())
    assert notice.text == "Removed Shop. Its history is kept."
    click(projects.dialog, "Undo")
    assert projects.listed == ["Sandbox", "US cloud", "EU cloud", "Shop", "Shop 2", "Self-hosted"]
    assert projects.chosen == before


async def test_the_sandbox_cannot_go_or_become_something_else(projects: Projects) -> None:
    projects.choose("Sandbox")
    assert not named(projects.dialog, "Remove the project").isEnabled()
    assert not named(projects.dialog, "Region").isEnabled()
    boxes = [box for box in projects.dialog.findChildren(QCheckBox) if box.isVisible()]
    assert boxes == []


async def test_a_personal_api_key_is_kept_out_of_sight_and_can_be_forgotten(
    projects: Projects,
) -> None:
    secrets = projects.desk.bench.work.services.secrets
    place = projects.add("Shop")
    field = named(projects.dialog, "Personal API key", QLineEdit)
    await wait_until(lambda: "Personal keys are kept" in projects.words, "where keys are kept")
    type_into(field, "phc_notpersonal")
    assert "Personal keys begin with phx_" in projects.words
    assert not named(projects.dialog, "Keep the personal API key").isEnabled()
    type_into(field, "phx_mine00000000000000000")
    click(projects.dialog, "Keep the personal API key")
    await wait_until(lambda: "A key is kept." in projects.words, "the key to be kept")
    assert field.text() == ""
    assert await asyncio.to_thread(secrets.personal_key, place.id) == "phx_mine00000000000000000"
    click(projects.dialog, "Forget the personal API key")
    await wait_until(lambda: "A key is kept." not in projects.words, "the key to be forgotten")
    assert await asyncio.to_thread(secrets.personal_key, place.id) == ""
