"""What is said of a copy."""

from __future__ import annotations

import pytest

from composer.core.copies import CodeManner, CurlManner, Manner, Wish, make_copy
from composer.core.curl import Style
from composer.core.shells import Shell
from composer.core.snippets import TARGETS
from composer.core.tokens import KeyMode
from composer.core.wire import build_request
from composer.ui.writing.targets import FAMILY_WORDS, target_of
from composer.ui.writing.words import SHELL_WORDS, STYLE_WORDS, copied_words
from tests.helpers.stage import EU

BODY = f'{{"api_key": "{EU.token}", "event": "it\'s", "distinct_id": "p"}}'.encode()
REQUEST = build_request(BODY, EU, "/i/v0/e/")


def said(manner: Manner, key: KeyMode) -> str:
    wish = Wish(request=REQUEST, manner=manner, key=key)
    return copied_words(wish, make_copy(wish))


def test_every_shell_style_and_family_has_its_words() -> None:
    assert set(SHELL_WORDS) == set(Shell)
    assert set(STYLE_WORDS) == set(Style)
    assert {target.family for target in TARGETS} == set(FAMILY_WORDS)


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        (CurlManner(), "Copied the curl command, with $POSTHOG_PROJECT_TOKEN in place of"),
        (
            CurlManner(shell=Shell.CMD),
            "Copied the curl command for Windows cmd, with %POSTHOG_PROJECT_TOKEN% in place of",
        ),
        (
            CurlManner(shell=Shell.POWERSHELL),
            "Copied the curl command for PowerShell, with $env:POSTHOG_PROJECT_TOKEN in place of",
        ),
        (
            CodeManner(target="python-httpx"),
            "Copied the code for Python (httpx), with POSTHOG_PROJECT_TOKEN in place of",
        ),
    ],
)
def test_the_variable_is_named_as_it_is_read_there(manner: Manner, words: str) -> None:
    assert said(manner, KeyMode.ENV).startswith(words)


def test_the_first_note_follows() -> None:
    words = said(CurlManner(shell=Shell.POWERSHELL), KeyMode.INLINE)
    assert " with the project token in full. The body goes through a temporary file" in words


def test_what_becomes_of_the_token_is_not_said_twice() -> None:
    for target in TARGETS:
        assert said(CodeManner(target=target.id), KeyMode.ENV).count("TOKEN") == 1, target.id
    words = said(CodeManner(target="posthog-python"), KeyMode.MASKED)
    assert words.startswith(
        "Copied the code for posthog-python, with the project token masked. posthog-python "
    )


def test_a_language_that_is_not_there_any_more_becomes_the_first() -> None:
    assert target_of("cobol") is TARGETS[0]
    assert target_of("ruby").id == "ruby"
