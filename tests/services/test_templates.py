"""Templates are plain files that come back exactly, without the token and without old stamps."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given, settings, strategies as st

from composer.core.draft import STAMPS, Draft, first_draft, new_draft
from composer.core.errors import StoreError
from composer.core.events import ALL, detect
from composer.core.jsontext import MAX_DEPTH, Object, parse
from composer.services import ports
from composer.services.notices import Notices
from composer.services.template_form import read_template, slug, written_template
from composer.services.templates import TemplateStore
from tests.helpers.clock import START, StandingClock
from tests.helpers.values import objects, texts, values

ROOT = Path(__file__).parents[2]
FULL_DISK = """
import resource, sys
from pathlib import Path
from composer.core.draft import first_draft
from composer.core.errors import StoreError
from composer.services.clock import SystemClock
from composer.services.notices import Notices
from composer.services.templates import TemplateStore

resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))
try:
    draft = first_draft(token="", uuid="", timestamp="")
    TemplateStore(Path(sys.argv[1]), SystemClock(), Notices()).save("Mine", draft)
except StoreError as error:
    print(error)
"""

FIRST = first_draft(token="phc_secret", uuid="u-1", timestamp="2026-11-21T09:30:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "templates"


def store(folder: Path) -> tuple[TemplateStore, Notices]:
    notices = Notices()
    return TemplateStore(folder, StandingClock(), notices), notices


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_there_are_none_in_a_new_profile(folder: Path) -> None:
    templates: ports.Templates = store(folder)[0]
    assert templates.all() == []
    assert templates.find("any") is None
    assert not folder.exists()


def test_a_template_is_a_file_that_a_person_can_read(folder: Path) -> None:
    saved = store(folder)[0].save("Plan upgraded", FIRST)
    assert saved.id == "plan-upgraded"
    text = (folder / "plan-upgraded.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert list(content) == ["name", "type", "saved_at", "generated", "body"]
    assert list(content["body"]) == ["event", "distinct_id", "properties"]
    assert content["saved_at"] == "2026-11-21T09:30:00+00:00"
    assert '\n  "body": {\n    "event": "plan upgraded",' in text


def test_neither_the_token_nor_old_stamps_are_kept(folder: Path) -> None:
    store(folder)[0].save("A", FIRST.with_text('{"token": "phc_secret", "event": "a"}'))
    store(folder)[0].save("B", FIRST)
    store(folder)[0].save("C", FIRST.with_text('{"$token": "phc_secret", "event": "a"}'))
    for file in folder.iterdir():
        assert "phc_secret" not in file.read_text(encoding="utf-8")
        assert "u-1" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
def test_an_opened_template_is_the_draft_once_token_and_stamps_are_in(
    folder: Path, event_type: object
) -> None:
    draft = new_draft(
        next(t for t in ALL if t is event_type), token="phc_1", uuid="u-1", timestamp="t-1"
    )
    store(folder)[0].save("Mine", draft)
    opened = store(folder)[0].all()[0].draft
    assert opened.with_token("phc_1").stamped(uuid="u-1", timestamp="t-1") == draft


def test_a_uuid_and_a_time_that_a_person_chose_are_kept(folder: Path) -> None:
    draft = FIRST.with_value(("timestamp",), "2020-01-01T00:00:00Z").without(("uuid",))
    store(folder)[0].save("Old", draft)
    opened = store(folder)[0].all()[0].draft
    assert opened.generated == frozenset()
    assert opened.payload == draft.payload.without("api_key")


@given(objects(values), st.frozensets(st.sampled_from(sorted(STAMPS))), texts)
def test_every_body_comes_back_exactly(
    payload: Object, generated: frozenset[str], name: str
) -> None:
    body = payload.without("api_key").without("token").without("$token")
    generated = frozenset(key for key in generated if key in body)
    draft = Draft(type_id=detect(body).id, payload=body, generated=generated)
    template = read_template("id", written_template(name, draft, START), START)
    stamped = template.draft
    for key in generated:
        assert stamped.payload.get(key) == ""
        body, stamped = body.without(key), stamped.without((key,))
    assert stamped.payload == body
    assert template.name == (name or "id")
    assert template.draft.generated == generated
    assert template.saved_at == START


def test_a_file_written_by_hand_needs_a_body_only(folder: Path) -> None:
    folder.mkdir()
    (folder / "by hand.json").write_text('{"body": {"event": "$pageview", "distinct_id": "a"}}')
    (folder / "odd.json").write_text(
        '{"name": 5, "type": "identify", "saved_at": "once", "body": {"event": "x"}}'
    )
    by_hand, odd = store(folder)[0].all()
    assert (by_hand.id, by_hand.name, by_hand.draft.type_id) == ("by hand", "by hand", "pageview")
    assert by_hand.draft.generated == STAMPS
    assert (odd.name, odd.draft.type_id) == ("odd", "custom")
    assert odd.saved_at.tzinfo is not None


def test_the_list_is_alphabetical_whatever_the_capitals(folder: Path) -> None:
    templates = store(folder)[0]
    for name in ("beta", "Alpha", "\u00e4ther", "Gamma", "alpha 2"):
        templates.save(name, FIRST)
    assert [template.name for template in templates.all()] == [
        "Alpha",
        "alpha 2",
        "beta",
        "Gamma",
        "\u00e4ther",
    ]


def test_a_used_name_gets_a_file_of_its_own(folder: Path) -> None:
    templates = store(folder)[0]
    ids = [templates.save("Sign-up!", FIRST).id, templates.save("sign up", FIRST).id]
    assert ids == ["sign-up", "sign-up-2"]
    assert [template.name for template in templates.all()] == ["sign up", "Sign-up!"]


def test_a_template_can_be_replaced(folder: Path) -> None:
    templates = store(folder)[0]
    old = templates.save("Sign-up", FIRST)
    found = templates.find(" SIGN-UP ")
    assert found == old
    new = templates.save("Sign-up", FIRST.with_value(("event",), "other"), replace=old.id)
    assert new.id == old.id
    assert templates.all() == [new]
    assert names(folder) == ["sign-up.json"]


def test_delete_and_restore_bring_back_the_same_bytes(folder: Path) -> None:
    folder.mkdir()
    file = folder / "mine.json"
    file.write_text('{"later": 1.00,\r\n "body": {"event": "a"}}', encoding="utf-8")
    before = file.read_bytes()
    templates = store(folder)[0]
    template = templates.all()[0]
    templates.delete("mine")
    assert names(folder) == []
    templates.delete("mine")
    templates.restore(template)
    assert file.read_bytes() == before
    assert [restored.id for restored in templates.all()] == [template.id]


def test_a_template_deleted_elsewhere_can_be_restored(folder: Path) -> None:
    template = store(folder)[0].save("Mine", FIRST)
    (folder / "mine.json").unlink()
    again = store(folder)[0]
    again.restore(template)
    assert again.all() == [template]


def test_a_restored_template_takes_nobodys_place(folder: Path) -> None:
    templates = store(folder)[0]
    first = templates.save("Mine", FIRST)
    templates.delete(first.id)
    second = templates.save("Mine", FIRST.with_value(("event",), "second"))
    templates.restore(first)
    assert second in templates.all()
    assert {template.id for template in templates.all()} == {"mine", "mine-2"}


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff", b"[]", b"{}", b'{"body": []}', b'{"body": {}, "generated": 1}']
)
def test_an_unreadable_file_is_left_out_told_by_name_and_not_touched(
    folder: Path, damage: bytes
) -> None:
    templates, notices = store(folder)
    good = templates.save("Good", FIRST)
    (folder / "bad.json").write_bytes(damage)
    (folder / "notes.txt").write_text("not a template")
    assert templates.all() == [good]
    assert templates.all() == [good]
    assert len(notices.all()) == 1
    assert str(folder / "bad.json") in notices.all()[0]
    assert (folder / "bad.json").read_bytes() == damage


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_the_folder_are_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "templates" / "x.json").mkdir(parents=True)
    templates, notices = store(tmp_path / "templates")
    assert templates.all() == []
    assert "is a folder" in notices.all()[0]
    (tmp_path / "file").write_bytes(b"")
    templates, notices = store(tmp_path / "file")
    assert templates.all() == []
    assert "is not a folder" in notices.all()[0]
    with pytest.raises(StoreError, match="could not be saved"):
        templates.save("Mine", FIRST)
    with pytest.raises(StoreError, match="could not be deleted"):
        templates.delete("mine")


def test_a_file_that_goes_away_meanwhile_is_no_trouble(folder: Path) -> None:
    folder.mkdir()
    (folder / "gone.json").symlink_to(folder / "nowhere.json")
    templates, notices = store(folder)
    assert templates.all() == []
    assert notices.all() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_full_disk_leaves_no_empty_template(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "there is no room on the disk" in done.stdout
    assert names(folder) == []


def test_what_could_not_be_read_again_is_not_saved(folder: Path) -> None:
    value = parse("[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))
    with pytest.raises(StoreError, match="levels deep"):
        store(folder)[0].save("Deep", FIRST.with_value(("properties", "deep"), value))
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Plan upgraded", "plan-upgraded"),
        ("  Größe / Übung  ", "grosse-ubung"),
        ("日本語 テスト", "日本語-テスト"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x", "c-x"),
        ("con", "template-con"),
        ("LPT1.txt", "lpt1-txt"),
        ("nul", "template-nul"),
        ("\U0001f680", "template"),
        ("", "template"),
        ("a_b__c", "a-b-c"),
        ("x" * 300, "x" * 50),
    ],
)
def test_a_file_name_suits_every_system(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(texts)
def test_every_name_makes_a_file_name(name: str) -> None:
    short = slug(name)
    assert re.fullmatch(r"[\w-]+", short)
    assert short == short.casefold()
    assert len(f"{short}-1000.json".encode()) < 240
    assert slug(short) == short


@settings(max_examples=30)
@given(st.lists(texts, max_size=4))
def test_no_name_hides_another(
    tmp_path_factory: pytest.TempPathFactory, given_names: list[str]
) -> None:
    assume(all(given_names))
    folder = tmp_path_factory.mktemp("templates")
    templates, notices = store(folder)
    saved = [templates.save(name, FIRST) for name in given_names]
    assert sorted(templates.all(), key=lambda t: t.id) == sorted(saved, key=lambda t: t.id)
    assert notices.all() == ()
