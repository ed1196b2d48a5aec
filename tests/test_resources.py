"""The files that the program ships."""

import pytest

from composer import resources


def test_a_shipped_file_is_found_and_read() -> None:
    assert resources.path("icons/send.svg").is_file()
    assert resources.text("icons/send.svg").startswith("<svg")


def test_a_file_that_is_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/nothing\.svg"):
        resources.path("icons/nothing.svg")
