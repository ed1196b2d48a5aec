"""Templates go out as files, folders and archives, and come in from there and from other tools."""

import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.services.templates import TemplateStore, gathering
from composer.services.templates.importing import AT_ONCE
from tests.helpers.template_files import FIRST, files, store, template

SALE = '{"api_key": "phc_1", "event": "sale", "distinct_id": "{{user}}"}'
POSTMAN = {
    "info": {"name": "Shop"},
    "item": [
        {
            "name": "Sale",
            "request": {
                "method": "POST",
                "url": "{{host}}/capture/",
                "body": {"mode": "raw", "raw": SALE},
            },
        }
    ],
}
ENVIRONMENT = {
    "name": "Live",
    "_postman_variable_scope": "environment",
    "values": [{"key": "user", "value": "customer-42", "enabled": True}],
}
BRU = """\
post {
  url: {{host}}/e/
  body: json
}

body:json {
  {"event": "b", "distinct_id": "d"}
}
"""


@pytest.fixture
def templates(tmp_path: Path) -> TemplateStore:
    return store(tmp_path / "templates")[0]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    made = tmp_path / "outside"
    made.mkdir()
    return made


def kept(templates: TemplateStore) -> list[tuple[str, str]]:
    return [(one.folder, one.name) for one in templates.own()]


@pytest.mark.parametrize("target", ["all.zip", "folder"])
def test_what_was_exported_can_be_imported_with_its_folders(
    templates: TemplateStore, outside: Path, tmp_path: Path, target: str
) -> None:
    saved = [
        templates.save(template(name, folder=place))
        for name, place in (("A", ""), ("A", "X"), ("B", "X/Y: Z"), ("a!", "X"))
    ]
    path = str(outside / target)
    assert templates.export_to([one.id for one in saved], path) == 4
    other = store(tmp_path / "other" / "templates")[0]
    (tmp_path / "other").mkdir()
    found = other.import_from([path])
    assert found.remarks == ()
    assert sorted(found.templates, key=lambda one: one.id) == sorted(
        other.own(), key=lambda one: one.id
    )
    assert sorted(kept(other)) == sorted(kept(templates))
    assert {one.steps for one in other.own()} == {one.steps for one in templates.own()}


def test_an_archive_of_the_same_templates_is_the_same(
    templates: TemplateStore, outside: Path
) -> None:
    saved = templates.save(template())
    for name in ("1.zip", "2.zip"):
        templates.export_to([saved.id], str(outside / name))
    assert (outside / "1.zip").read_bytes() == (outside / "2.zip").read_bytes()


def test_a_single_template_becomes_a_file(templates: TemplateStore, outside: Path) -> None:
    saved = templates.save(template(folder="A"))
    file = outside / "mine.json"
    assert templates.export_to([saved.id], str(file)) == 1
    assert "phc_secret" not in file.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = templates.save(template("B"))
    with pytest.raises(StoreError, match="do not fit into one file"):
        templates.export_to([saved.id, other.id], str(file))
    with pytest.raises(StoreError, match="is there any more"):
        templates.export_to(["gone"], str(file))


def test_a_starter_can_be_exported(templates: TemplateStore, outside: Path) -> None:
    starter = templates.all()[0]
    templates.export_to([starter.id], str(outside / "a.json"))
    assert templates.import_from([str(outside / "a.json")]).templates[0].steps == starter.steps


def test_an_export_into_a_folder_overwrites_nothing(
    templates: TemplateStore, outside: Path
) -> None:
    saved = templates.save(template())
    (outside / "mine.json").write_text("theirs")
    templates.export_to([saved.id], str(outside))
    assert (outside / "mine.json").read_text() == "theirs"
    assert files(outside) == ["mine-2.json", "mine.json"]


def test_an_import_overwrites_nothing(templates: TemplateStore, outside: Path) -> None:
    saved = templates.save(template())
    templates.export_to([saved.id], str(outside / "mine.json"))
    found = templates.import_from([str(outside / "mine.json")] * 2)
    assert [one.id for one in found.templates] == ["mine-2", "mine-3"]
    assert len(templates.own()) == 3


def test_files_of_every_kind_are_told_apart(templates: TemplateStore, outside: Path) -> None:
    texts = {
        "shop.json": json.dumps(POSTMAN),
        "live.json": json.dumps(ENVIRONMENT),
        "sub/own.json": '{"name": "Own", "body": {"event": "own"}}',
        "bruno/bruno.json": '{"name": "Bru"}',
        "bruno/b.bru": BRU,
        "bruno/deeper/c.bru": BRU,
        "old.json": '{"requests": [], "order": []}',
        "package.json": '{"name": "x"}',
        "list.json": "[1]",
        "broken.json": "{",
        "newer.json": '{"format": 99, "body": {}}',
        "notes.txt": "not looked at",
        ".git/x.json": "{",
        "node_modules/x.json": "{",
    }
    for name, text in texts.items():
        (outside / name).parent.mkdir(parents=True, exist_ok=True)
        (outside / name).write_text(text)
    found = templates.import_from([str(outside)])
    assert sorted(kept(templates)) == [
        ("Bru", "b"),
        ("Bru/deeper", "c"),
        ("Shop", "Sale"),
        ("sub", "Own"),
    ]
    sale = templates.find("Sale")
    assert sale
    assert [(one.name, one.default) for one in sale.variables] == [("user", "customer-42")]
    told = {remark.name: remark.words for remark in found.remarks}
    assert "version 2.1" in told["old.json"]
    assert "no template" in told["package.json"]
    assert "no template" in told["list.json"]
    assert "Line 1" in told["broken.json"]
    assert "newer version" in told["newer.json"]
    assert "x.json" not in told


def test_an_archive_of_a_bruno_collection_in_a_folder(
    templates: TemplateStore, outside: Path
) -> None:
    with zipfile.ZipFile(outside / "a.zip", "w") as archive:
        archive.writestr("top/bruno.json", '{"name": "Bru"}')
        archive.writestr("top/one.bru", BRU)
        archive.writestr("__MACOSX/top/one.bru", BRU)
    templates.import_from([str(outside / "a.zip")])
    assert kept(templates) == [("Bru", "one")]


def test_variables_without_a_collection_are_named(templates: TemplateStore, outside: Path) -> None:
    (outside / "live.json").write_text(json.dumps(ENVIRONMENT))
    found = templates.import_from([str(outside / "live.json")])
    assert [remark.name for remark in found.remarks] == ["live.json"]
    assert "along with them" in found.remarks[0].words


def test_an_archive_cannot_write_outside_and_not_unpack_without_end(
    templates: TemplateStore,
    outside: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "MOST_BYTES", 1000)
    body = '{"body": {"event": "a"}}'
    with zipfile.ZipFile(outside / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../up.json", body)
        archive.writestr("/etc/root.json", body)
        archive.writestr("bomb.json", " " * 100_000)
    found = templates.import_from([str(outside / "a.zip")])
    assert not (tmp_path.parent / "up.json").exists()
    assert kept(templates) == [("etc", "root")]
    assert [remark.name for remark in found.remarks] == ["bomb.json"]
    assert "larger than" in found.remarks[0].words


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not really", b"\x00" * 100])
def test_what_is_no_archive_is_named(templates: TemplateStore, outside: Path, data: bytes) -> None:
    (outside / "a.zip").write_bytes(data)
    found = templates.import_from([str(outside / "a.zip"), str(outside / "gone.json")])
    assert [remark.name for remark in found.remarks] == ["a.zip", "gone.json"]
    assert found.templates == ()


def test_much_is_read_in_another_process(templates: TemplateStore, outside: Path) -> None:
    large = SALE.replace('"{{user}}"', f'"{{{{user}}}}", "properties": {{"x": "{"y" * AT_ONCE}"}}')
    text = json.dumps(POSTMAN).replace(json.dumps(SALE), json.dumps(large))
    (outside / "shop.json").write_text(text)
    found = templates.import_from([str(outside / "shop.json")])
    assert [(one.folder, one.name) for one in found.templates] == [("Shop", "Sale")]
    assert found.templates[0].draft.value(("properties", "x")) == "y" * AT_ONCE
    assert "token was left out" in found.remarks[0].words


def test_an_empty_folder_is_named(templates: TemplateStore, outside: Path) -> None:
    found = templates.import_from([str(outside)])
    assert [remark.name for remark in found.remarks] == ["outside"]


def test_only_so_many_files_are_read(
    templates: TemplateStore, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_FILES", 2)
    for number in range(4):
        (outside / f"{number}.json").write_text('{"body": {"event": "a"}}')
    found = templates.import_from([str(outside)])
    assert len(found.templates) == 2
    assert "Choose a smaller folder" in found.remarks[0].words


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_an_import_onto_a_full_disk_keeps_what_fitted_and_says_so(
    templates: TemplateStore, outside: Path, tmp_path: Path
) -> None:
    small = templates.save(template("A"))
    large = templates.save(template("B", FIRST.with_value(("properties", "x"), "y" * 5000)))
    other = templates.save(template("C"))
    for number, one in enumerate((small, large, other)):
        templates.export_to([one.id], str(outside / f"{number}.json"))
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from tests.helpers.template_files import store\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        "found = store(Path(sys.argv[1]))[0].import_from([sys.argv[2]])\n"
        "print(len(found.templates), found.remarks[0].name, found.remarks[0].words)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "full" / "templates"), str(outside)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("1 B ")
    assert "no room on the disk" in done.stdout
    assert "1 more were not imported" in done.stdout
    assert files(tmp_path / "full" / "templates") == ["a.json"]
