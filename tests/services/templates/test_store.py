"""Templates are plain files, one each, that come back as they were saved."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given, settings, strategies as st

from composer.core.errors import StoreError
from composer.core.jsontext import MAX_DEPTH, parse
from composer.services import ports
from tests.helpers.template_files import FIRST, files, store, template
from tests.helpers.values import texts

ROOT = Path(__file__).parents[3]
FULL_DISK = """
import resource, sys
from pathlib import Path
from composer.core.errors import StoreError
from tests.helpers.template_files import store, template

resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))
try:
    store(Path(sys.argv[1]))[0].save(template())
except StoreError as error:
    print(error)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "templates"


def test_a_new_profile_has_the_starters_only(folder: Path) -> None:
    templates: ports.Templates = store(folder)[0]
    assert all(one.is_starter for one in templates.all())
    assert templates.find("nothing of that name") is None
    assert templates.folders() == []
    assert not folder.exists()


def test_a_template_is_a_file_that_a_person_can_read(folder: Path) -> None:
    saved = store(folder)[0].save(template("Plan upgraded", folder="Support/Refunds"))
    assert saved.id == "Support/Refunds/plan-upgraded"
    text = (folder / "Support" / "Refunds" / "plan-upgraded.json").read_text(encoding="utf-8")
    assert json.loads(text)["name"] == "Plan upgraded"
    assert "phc_secret" not in text
    assert text.endswith("}\n")


def test_what_was_saved_is_found_by_name_and_by_id(folder: Path) -> None:
    templates = store(folder)[0]
    saved = templates.save(template("Sign-up", folder="EU"))
    assert templates.find(" SIGN-UP ") == saved
    assert templates.get(saved.id) == saved
    assert templates.get("EU/other") is None
    assert store(folder)[0].own() == [saved]


def test_own_ones_come_by_folder_and_name_and_before_the_starters(folder: Path) -> None:
    templates = store(folder)[0]
    for name, place in (("beta", ""), ("Alpha", ""), ("zeta", "A"), ("alpha 2", ""), ("x", "b")):
        templates.save(template(name, folder=place))
    names = [one.name for one in templates.all()]
    assert names[:5] == ["Alpha", "alpha 2", "beta", "zeta", "x"]
    assert not any(one.is_starter for one in templates.all()[:5])
    assert len(names) > 5
    assert templates.folders() == ["A", "b"]


def test_a_used_name_gets_a_file_of_its_own(folder: Path) -> None:
    templates = store(folder)[0]
    ids = [templates.save(template(name)).id for name in ("Sign-up!", "sign up", "SIGN UP")]
    assert ids == ["sign-up", "sign-up-2", "sign-up-3"]
    assert files(folder) == ["sign-up-2.json", "sign-up-3.json", "sign-up.json"]


def test_a_template_can_be_saved_over_and_renamed_in_its_file(folder: Path) -> None:
    templates = store(folder)[0]
    old = templates.save(template("Sign-up"))
    changed = dataclasses.replace(old, name="Registration", description="Why and when")
    new = templates.save(changed)
    assert (new.id, new.name) == ("sign-up", "Registration")
    assert templates.own() == [new]
    assert files(folder) == ["sign-up.json"]


def test_saving_what_is_there_already_writes_nothing(folder: Path) -> None:
    templates = store(folder)[0]
    saved = templates.save(template())
    before = templates.stamp()
    assert templates.save(saved) == saved
    assert templates.stamp() == before


def test_many_edits_of_one_template_in_hand_are_one_template(folder: Path) -> None:
    templates = store(folder)[0]
    first = templates.save(template())
    for number in range(5):
        templates.save(dataclasses.replace(first, description=f"Version {number}"))
    assert [one.description for one in templates.own()] == ["Version 4"]


def test_a_template_moves_with_its_file_and_its_bytes(folder: Path) -> None:
    templates = store(folder)[0]
    saved = templates.save(template(folder="Old"))
    before = (folder / "Old" / "mine.json").read_bytes()
    moved = templates.move(saved.id, "New/Deep")
    assert (moved.id, moved.folder) == ("New/Deep/mine", "New/Deep")
    assert (folder / "New" / "Deep" / "mine.json").read_bytes() == before
    assert files(folder) == ["New/Deep/mine.json"]
    assert templates.folders() == ["New", "New/Deep"]
    assert templates.move(moved.id, "") == dataclasses.replace(moved, id="mine", folder="")
    assert templates.folders() == []


def test_a_template_that_moves_takes_nobodys_place(folder: Path) -> None:
    templates = store(folder)[0]
    there = templates.save(template(folder="A"))
    moved = templates.move(templates.save(template(folder="B")).id, "A")
    assert {there.id, moved.id} == {"A/mine", "A/mine-2"} == {one.id for one in templates.own()}


def test_saving_into_another_folder_moves_the_file(folder: Path) -> None:
    templates = store(folder)[0]
    saved = templates.save(template(folder="A"))
    new = templates.save(dataclasses.replace(saved, folder="B", description="Moved"))
    assert (new.id, new.folder, new.description) == ("B/mine", "B", "Moved")
    assert files(folder) == ["B/mine.json"]


def test_a_folder_is_found_again_in_any_capitals(folder: Path) -> None:
    templates = store(folder)[0]
    templates.save(template("One", folder="Refunds: EU?"))
    second = templates.save(template("Two", folder="refunds: eu?"))
    assert second.folder == "Refunds: EU?"
    assert templates.folders() == ["Refunds: EU?"]
    assert [place.name for place in folder.iterdir()] == ["Refunds%3A EU%3F"]


def test_delete_and_restore_bring_back_the_same_bytes(folder: Path) -> None:
    (folder / "A").mkdir(parents=True)
    file = folder / "A" / "mine.json"
    file.write_text('{"later": 1.00,\r\n "body": {"event": "a"}}', encoding="utf-8")
    before = file.read_bytes()
    templates = store(folder)[0]
    one = templates.own()[0]
    templates.delete(one.id)
    assert templates.own() == []
    assert not (folder / "A").exists()
    templates.delete(one.id)
    assert templates.restore(one).id == one.id
    assert file.read_bytes() == before
    assert templates.own() == [one]


def test_a_template_deleted_elsewhere_can_be_restored(folder: Path) -> None:
    saved = store(folder)[0].save(template())
    (folder / "mine.json").unlink()
    again = store(folder)[0]
    again.restore(saved)
    assert again.own() == [saved]


def test_a_restored_template_takes_nobodys_place(folder: Path) -> None:
    templates = store(folder)[0]
    first = templates.save(template())
    templates.delete(first.id)
    second = templates.save(template("Mine", FIRST.with_value(("event",), "second")))
    assert templates.restore(first).id == "mine-2"
    assert second in templates.own()
    assert len(templates.own()) == 2


def test_a_starter_is_saved_as_a_copy_and_cannot_be_changed(folder: Path) -> None:
    templates = store(folder)[0]
    starter = templates.all()[0]
    copy = templates.save(dataclasses.replace(starter, name="My copy"))
    assert not copy.is_starter
    assert copy in templates.own()
    assert copy.steps == starter.steps
    assert templates.get(starter.id) == starter
    with pytest.raises(StoreError, match="came with the app"):
        templates.delete(starter.id)
    with pytest.raises(StoreError, match="came with the app"):
        templates.move(starter.id, "Mine")


@pytest.mark.parametrize("identifier", ["../outside", "a/../../b", "..", "a\\..\\b"])
def test_no_id_leads_out_of_the_folder(folder: Path, identifier: str) -> None:
    templates = store(folder)[0]
    (folder.parent / "outside.json").write_text('{"body": {"event": "a"}}')
    with pytest.raises(StoreError, match="no such template"):
        templates.get(identifier)
    with pytest.raises(StoreError, match="no such template"):
        templates.delete(identifier)
    assert (folder.parent / "outside.json").exists()


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
    assert files(folder) == []


def test_what_could_not_be_read_again_is_not_saved(folder: Path) -> None:
    value = parse("[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))
    deep = FIRST.with_value(("properties", "deep"), value)
    with pytest.raises(StoreError, match="levels deep"):
        store(folder)[0].save(template("Deep", deep))
    assert not folder.exists()


def test_no_personal_key_is_in_a_file_or_in_its_name(folder: Path) -> None:
    key = "phx_" + "Q7" * 20
    draft = FIRST.with_value(("properties", "note"), key)
    store(folder)[0].save(template(f"Uses {key}", draft, folder=f"Of {key}", description=key))
    (file,) = folder.rglob("*.json")
    assert key.casefold() not in str(file).casefold()
    assert "q7q7" not in file.name
    assert key not in file.read_text()


@settings(max_examples=30)
@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_no_name_hides_another(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[str, str]]
) -> None:
    assume(all(name for name, _ in wanted))
    folder = tmp_path_factory.mktemp("profile") / "templates"
    templates, notices = store(folder)
    saved = [templates.save(template(name, folder=place)) for name, place in wanted]
    assert sorted(templates.own(), key=lambda t: t.id) == sorted(saved, key=lambda t: t.id)
    assert notices.all() == ()
