"""The ground that everything stands on: the Qt binding, the layers, and the limits of the house."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import PySide6
from PySide6.QtCore import QObject

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50

WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qasync"}:
            raise ImportError(name + " is blocked")

sys.meta_path.insert(0, NoQt())
for package in ("composer.core", "composer.services"):
    parent = importlib.import_module(package)
    for module in pkgutil.walk_packages(parent.__path__, package + "."):
        importlib.import_module(module.name)
importlib.import_module("composer.cli")
"""


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_calls_into_qt_leave_the_count_of_references_to_none_alone() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one a call, and the process dies after some thousands."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_the_qt_binding_is_of_a_version_known_to_work() -> None:
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:3])
    assert (6, 8, 1) <= version < (6, 12)


def test_core_services_and_command_line_import_where_qt_cannot_be_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, text in sources("composer", "packaging", "tests")
        if not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []


def test_no_file_is_too_long() -> None:
    long = [
        f"{name}: {len(text.splitlines())} lines"
        for name, text in sources("composer", "packaging")
        if len(text.splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_no_function_is_too_long() -> None:
    long = [
        f"{name}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for name, text in sources("composer", "packaging")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_nothing_starts_an_event_loop_within_the_event_loop() -> None:
    """A nested loop inside a task loses every other task that wakes meanwhile."""
    nested = [
        f"{name}:{node.lineno}: {node.func.attr}"
        for name, text in sources("composer")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_", "processEvents"}
    ]
    assert nested == []
