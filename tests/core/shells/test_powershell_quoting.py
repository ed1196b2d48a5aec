"""Strings for PowerShell, read back by its documented rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from composer.core.shells.powershell_quoting import quoted, survives
from tests.helpers.powershell_prompt import PowerShellPrompt, arguments_before_7_3

hostile = st.sampled_from([*"'\"`$\u2018\u2019\u201a\u201b\u201c\\\n ", "$(x)"])


@given(texts=st.lists(st.lists(hostile | st.characters(codec="utf-8")).map("".join), max_size=3))
def test_strings_come_out_as_they_went_in(texts: list[str]) -> None:
    line = " ".join(["curl.exe", *map(quoted, texts)])
    assert PowerShellPrompt(Path(), {}).paste(line) == [["curl.exe", *texts]]


@given(texts=st.lists(st.text(st.sampled_from("a \"\\'é")), max_size=3))
def test_what_survives_reaches_programs_of_old_versions(texts: list[str]) -> None:
    words = ["curl.exe", *filter(survives, texts)]
    assert arguments_before_7_3(words) == words


@pytest.mark.parametrize("text", ["", '"', "a\\", "é", "\n", "a\n"])
def test_what_some_version_changes_does_not_survive(text: str) -> None:
    assert not survives(text)


@pytest.mark.parametrize("text", ["a", "a: b", "*", r"a\b", "it's"])
def test_ordinary_arguments_survive(text: str) -> None:
    assert survives(text)
