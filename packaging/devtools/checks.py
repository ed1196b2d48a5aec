"""The test command: every check by name, all of them run, pytest last.

A list of commands and nothing more; what each tool checks stands in pyproject.toml.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from devtools.environment import run_python
from devtools.layout import say

SIDE_BY_SIDE = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "worksteal")
"""A process for each core, for tests share no file and no port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A step: the name for people and the words for the environment's Python."""

    name: str
    words: tuple[str, ...]


def checks(pytest_words: Sequence[str]) -> list[Check]:
    """The steps in order; `pytest_words` go to the last one."""
    layers = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return [
        Check(name="format", words=("-m", "ruff", "format", "--check", ".")),
        Check(name="lint", words=("-m", "ruff", "check", ".")),
        Check(name="types", words=("-m", "pyright")),
        Check(name="layers", words=("-c", layers)),
        Check(name="tests", words=("-m", "pytest", *SIDE_BY_SIDE, *pytest_words)),
    ]


def run_checks(pytest_words: Sequence[str]) -> int:
    """Run all steps, also after a failure; 0 only if every one passed.

    Nothing is printed after pytest's own summary line; what failed before it is named before it.
    """
    environment = {
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",  # no look on the network for a newer version
        "QT_QPA_PLATFORM": "offscreen",
    }
    *quick, tests = checks(pytest_words)
    failed = [check.name for check in quick if not passes(check, environment)]
    say(f"Failed so far: {', '.join(failed)}" if failed else "All checks passed, the tests follow")
    return 0 if passes(tests, environment) and not failed else 1


def passes(check: Check, environment: dict[str, str]) -> bool:
    """Run one step under its name."""
    say(f"== {check.name}")
    return run_python(check.words, environment) == 0
