"""The start: PySide reads no source of what is imported."""

import subprocess
import sys

import pytest

IMPORTED = (
    "import linecache, composer.ui.main_window;"
    "print(any(name.endswith('toast.py') for name in linecache.cache))"
)


@pytest.mark.parametrize(
    ("first", "read"),
    [
        ("import PySide6.QtCore", "True"),
        ("from composer.ui.features import skip_feature_search as skip; skip()", "False"),
    ],
    ids=["as PySide does it", "as the command does it"],
)
def test_the_source_of_a_module_is_read_unless_it_is_told_not_to(first: str, read: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{first}; {IMPORTED}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == read
