"""Settings survive mistakes in their file, other versions of the app, and each other."""

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.options import BatchOptions
from composer.core.curl import Style
from composer.core.destination import (
    Destination,
    DestinationKind,
    ProjectColour,
)
from composer.core.errors import StoreError
from composer.core.jsontext import Layout, Object, parse
from composer.core.settings import Retention, Settings, ThemeChoice, standard_destinations
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.services import ports
from composer.services.locks import FileLock
from composer.services.notices import Notices
from composer.services.settings import SettingsStore
from composer.services.settings_form import read_settings, written_settings
from tests.helpers.clock import StandingClock
from tests.helpers.values import texts

MY_SERVER = Destination(
    id="mine",
    name="Mine \u2028 \U0001f680",
    kind=DestinationKind.SELF_HOSTED,
    address="https://events.example.com",
    token="phc_mine",
    path="/e/",
    colour=ProjectColour.PINK,
    production=False,
    ca_file="/etc/ca's.pem",
    proxy="http://proxy.example.com:3128",
    client_certificate="C:\\me.pem",
    client_key="/me.key",
    connect_timeout=3.0,
    answer_timeout=90.5,
    headers=(("X-Team", "support"), ("Authorization", "Basic eA==")),
)
CHANGED = Settings(
    theme=ThemeChoice.DARK,
    layout=Layout.COMPACT,
    destination_id="mine",
    destinations=(*standard_destinations(), MY_SERVER),
    copy_key=KeyMode.MASKED,
    copy_shell=Shell.POWERSHELL,
    copy_style=Style.DOCS,
    code_target="posthog-node",
    hide_key=True,
    connect_timeout=2.5,
    answer_timeout=60.0,
    sandbox_port=9000,
    retention=Retention(days=90, megabytes=500),
    templates_folder=str(Path(__file__).parent),
    batch=BatchOptions(
        request_bytes=1_000_000,
        most_events=100,
        one_each=True,
        workers=8,
        rate=2.5,
        gzip=True,
        tries=3,
        historical_migration=True,
    ),
    batch_columns=("plan", "$browser"),
    window="AdnQywADAAA=",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def store(file: Path) -> tuple[SettingsStore, Notices]:
    notices = Notices()
    return SettingsStore(file, StandingClock(), notices), notices


def content(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_new_profile_has_the_defaults_and_no_file(file: Path) -> None:
    settings: ports.SettingsStore = store(file)[0]
    assert settings.load() == Settings()
    assert not file.exists()


def test_every_setting_is_kept(file: Path) -> None:
    store(file)[0].save(CHANGED)
    again, notices = store(file)
    assert again.load() == CHANGED
    assert notices.all() == ()
    standard = written_settings(Settings())
    assert [key for key, value in written_settings(CHANGED) if standard.get(key) == value] == [
        "version"
    ]


@given(
    st.builds(
        Settings,
        theme=st.sampled_from(ThemeChoice),
        layout=st.sampled_from(Layout),
        copy_key=st.none() | st.sampled_from(KeyMode),
        copy_shell=st.sampled_from(Shell),
        copy_style=st.sampled_from(Style),
        code_target=texts,
        hide_key=st.booleans(),
        connect_timeout=st.floats(0.001, 3600),
        answer_timeout=st.floats(0.001, 3600),
        sandbox_port=st.integers(0, 65535),
        window=texts,
        destinations=st.builds(
            lambda name, address, token: (
                *standard_destinations(),
                replace(MY_SERVER, name=name, address=address, token=token),
            ),
            texts,
            texts,
            texts,
        ),
    )
)
def test_what_is_written_is_what_is_read(settings: Settings) -> None:
    from composer.core.jsontext import encode

    text = encode(written_settings(settings))
    text.encode("utf-8")
    written = parse(text)
    assert isinstance(written, Object)
    assert read_settings(written) == (settings, ())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_file_with_the_tokens_is_private(file: Path) -> None:
    store(file)[0].save(CHANGED)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "purple"),
        ("theme", None),
        ("copy_shell", "fish"),
        ("copy_style", None),
        ("code_target", 7),
        ("layout", 1),
        ("destination", "gone"),
        ("destination", ["us"]),
        ("destinations", []),
        ("copy_key", "sometimes"),
        ("hide_key", 1),
        ("connect_timeout", 0),
        ("connect_timeout", "10"),
        ("answer_timeout", 1e308),
        ("sandbox_port", -1),
        ("sandbox_port", 65536),
        ("sandbox_port", 80.5),
        ("window", {}),
        ("retention", 7),
        ("retention", {"days": 0}),
        ("retention", {"rows": 1.5}),
        ("retention", {"megabytes": "many"}),
        ("batch", "quick"),
        ("batch", {"request_bytes": 20 * 1024 * 1024}),
        ("batch", {"workers": 0}),
        ("batch", {"workers": 1.5}),
        ("batch", {"gzip": 1}),
        ("batch_columns", "plan"),
        ("batch_columns", ["plan", 1]),
        ("templates_folder", "templates"),
        ("templates_folder", 1),
    ],
)
def test_a_wrong_value_costs_that_value_only(file: Path, key: str, value: object) -> None:
    store(file)[0].save(replace(CHANGED, destination_id="us"))
    file.write_text(json.dumps(content(file) | {key: value}), encoding="utf-8")
    damaged, notices = store(file)
    settings = damaged.load()
    default = written_settings(Settings()).get(key)
    assert written_settings(settings).get(key) == default
    others = [name for name in content(file) if name != key]
    kept = written_settings(replace(CHANGED, destination_id="us"))
    assert [written_settings(settings).get(name) for name in others] == [
        kept.get(name) for name in others
    ]
    assert len(notices.all()) == 1
    assert f"at their default: {key}" in notices.all()[0]
    assert str(file) in notices.all()[0]


def test_a_number_beyond_all_numbers_is_only_wrong(file: Path) -> None:
    file.write_text('{"answer_timeout": 1e999, "sandbox_port": ' + "9" * 5000 + "}")
    broken, notices = store(file)
    assert broken.load() == Settings()
    assert "answer_timeout, sandbox_port" in notices.all()[0]


def test_a_wrong_value_inside_a_destination_is_named(file: Path) -> None:
    file.write_text('{"destinations": {"us": {"path": "e", "token": "phc_1"}, "eu": 5}}')
    broken, notices = store(file)
    us = broken.load().destination("us")
    assert (us.path, us.token) == ("/i/v0/e/", "phc_1")
    assert "destinations > us > path, destinations > eu." in notices.all()[0]


@pytest.mark.parametrize(
    ("key", "kind"), [("mine", "sandbox"), ("us", "sandbox"), ("sandbox", "us")]
)
def test_no_server_can_pass_for_the_sandbox(file: Path, key: str, kind: str) -> None:
    place = {"kind": kind, "address": "https://us.i.posthog.com"}
    file.write_text(json.dumps({"destinations": {key: place}}))
    read, notices = store(file)
    for place in read.load().destinations:
        assert (place.kind is DestinationKind.SANDBOX) == (place.id == "sandbox")
        assert place.id != "sandbox" or place.address == ""
    assert f"{key} > kind" in notices.all()[0]


def test_the_address_of_the_sandbox_is_not_kept(file: Path) -> None:
    sandbox = replace(standard_destinations()[0], address="http://127.0.0.1:51234")
    store(file)[0].save(Settings(destinations=(sandbox, *standard_destinations()[1:])))
    assert "51234" not in file.read_text(encoding="utf-8")


def test_what_is_not_known_is_kept(file: Path) -> None:
    file.write_text('{"version": 2, "later": [1.00], "destinations": {"us": {"colour": "red"}}}')
    newer = store(file)[0]
    newer.save(replace(newer.load(), hide_key=True))
    text = file.read_text(encoding="utf-8")
    assert "1.00" in text
    assert content(file)["version"] == 2
    assert content(file)["destinations"]["us"]["colour"] == "red"
    assert content(file)["hide_key"] is True


def test_a_wrong_value_stands_in_the_file_until_it_is_chosen_anew(file: Path) -> None:
    file.write_text('{"theme": "sepia"}')
    settings = store(file)[0]
    settings.save(replace(settings.load(), hide_key=True))
    assert content(file)["theme"] == "sepia"
    settings.save(replace(settings.load(), theme=ThemeChoice.DARK))
    assert content(file)["theme"] == "dark"


def test_two_windows_do_not_undo_each_others_choices(file: Path) -> None:
    first, second = store(file)[0], store(file)[0]
    ours, theirs = first.load(), second.load()
    us, *_ = [place for place in ours.destinations if place.id == "us"]
    places = tuple(
        replace(place, token="phc_us") if place == us else place for place in ours.destinations
    )
    first.save(replace(ours, destinations=places))
    second.save(replace(theirs, destinations=(*theirs.destinations, MY_SERVER), hide_key=True))
    merged = store(file)[0].load()
    assert merged.destination("us").token == "phc_us"
    assert merged.destination("mine") == MY_SERVER
    assert merged.hide_key


def test_a_project_that_another_window_removed_does_not_come_back(file: Path) -> None:
    first, second = store(file)[0], store(file)[0]
    ours, theirs = first.load(), second.load()
    first.save(ours)
    kept = tuple(place for place in ours.destinations if place.id != "eu")
    first.save(replace(ours, destinations=kept))
    second.save(replace(theirs, hide_key=True))
    merged = store(file)[0].load()
    assert merged.destinations == kept
    assert merged.hide_key


def test_a_project_that_was_changed_here_and_removed_there_is_not_lost(file: Path) -> None:
    first, second = store(file)[0], store(file)[0]
    ours, theirs = first.load(), second.load()
    first.save(ours)
    first.save(replace(ours, destinations=ours.destinations[:1]))
    changed = tuple(replace(p, token="phc_new") for p in theirs.destinations)
    second.save(replace(theirs, destinations=changed))
    assert store(file)[0].load().destination("us").token == "phc_new"


def test_the_order_of_projects_survives_what_others_do(file: Path) -> None:
    first, second = store(file)[0], store(file)[0]
    ours, theirs = first.load(), second.load()
    first.save(replace(ours, destinations=(*ours.destinations[:2], MY_SERVER)))
    second.save(replace(theirs, destinations=tuple(reversed(theirs.destinations))))
    ids = [place.id for place in store(file)[0].load().destinations]
    assert ids == ["us", "mine", "sandbox"]


def test_a_project_comes_back_to_its_place(file: Path) -> None:
    settings = store(file)[0]
    all_of_them = standard_destinations()
    settings.save(Settings(destinations=all_of_them))
    settings.save(Settings(destinations=(all_of_them[0], *all_of_them[2:])))
    settings.save(Settings(destinations=all_of_them))
    assert store(file)[0].load().destinations == all_of_them


def test_a_destination_that_was_removed_is_gone(file: Path) -> None:
    settings = store(file)[0]
    settings.save(CHANGED)
    settings.save(replace(CHANGED, destinations=standard_destinations(), destination_id="us"))
    assert "mine" not in content(file)["destinations"]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b'{"theme": "dark"', b"\xff\xfe\x00", b"[]", b"null"]
)
def test_a_broken_file_is_put_aside_and_told(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    broken, notices = store(file)
    assert broken.load() == Settings()
    aside = file.with_name("settings.json.broken-20261121-093000")
    assert aside.read_bytes() == damage
    assert len(notices.all()) == 1
    assert str(aside) in notices.all()[0]
    broken.save(CHANGED)
    assert store(file)[0].load() == CHANGED


def test_a_folder_in_place_of_the_file_is_put_aside(file: Path) -> None:
    file.mkdir()
    settings, notices = store(file)
    assert settings.load() == Settings()
    assert "is a folder" in notices.all()[0]
    settings.save(CHANGED)
    assert file.is_file()


def test_a_file_that_breaks_while_the_app_runs_is_not_written_over(file: Path) -> None:
    settings, notices = store(file)
    settings.save(CHANGED)
    file.write_bytes(b"half a th")
    settings.save(replace(CHANGED, hide_key=False))
    assert store(file)[0].load() == replace(CHANGED, hide_key=False)
    assert "settings.json.broken-" in notices.all()[0]
    assert len(list(file.parent.glob("*.json*"))) == 2


def test_a_save_that_fails_says_so_and_can_be_repeated(file: Path) -> None:
    settings = store(file.parent / "folder" / "settings.json")[0]
    (file.parent / "folder").write_bytes(b"")
    with pytest.raises(StoreError, match="could not be"):
        settings.save(CHANGED)
    (file.parent / "folder").unlink()
    settings.save(CHANGED)
    assert settings.load() == CHANGED


def test_a_window_that_saves_for_long_is_not_waited_for_without_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.settings._PATIENCE", 0.05)
    settings = store(file)[0]
    with FileLock(file.with_suffix(".lock")) as other:
        assert other.take()
        with pytest.raises(StoreError, match="another window is saving them"):
            settings.save(CHANGED)
    assert not file.exists()
    settings.save(CHANGED)
    assert settings.load() == CHANGED
