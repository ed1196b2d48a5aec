"""The commands for a shell: what they say is what the command line and the sandbox read."""

import argparse
import shlex

import pytest
from hypothesis import assume, given

from composer.cli import sandbox as cli
from composer.core.behaviour import Behaviour, Edition, Flag, parse_rule
from composer.core.behaviour.command import (
    reading_command,
    reset_command,
    rules_command,
    sandbox_command,
)
from composer.core.jsontext import parse
from tests.core.behaviour.rules import BEHAVIOURS


def options(behaviour: Behaviour) -> argparse.Namespace:
    """What the command line makes of the command."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    cli.add_parser(parser.add_subparsers())
    program, *words = shlex.split(sandbox_command(behaviour, port=8810).text)
    assert program == "event-composer"
    return parser.parse_args(words)


def answered(flag: Flag) -> Flag:
    """What of a flag is seen: of one that is off, just that."""
    return flag if flag.enabled else Flag(key=flag.key, enabled=False)


@given(BEHAVIOURS)
def test_the_command_line_reads_what_is_written(behaviour: Behaviour) -> None:
    known = behaviour.known_tokens
    words = [*(known or ()), *(flag.key for flag in behaviour.flags)]
    assume("--" not in words)  # argparse takes it for the end of the options
    read = options(behaviour)
    assert read.port == 8810
    assert frozenset(read.known_token or ()) == (known or frozenset())
    assert Edition(read.edition) is behaviour.edition
    assert read.quota_reached == behaviour.quota_reached
    assert read.no_v1 != behaviour.serves_v1
    assert read.tls == behaviour.serves_tls
    assert tuple(read.fault) == tuple(rule for rule in behaviour.rules if rule.enabled)
    left_out = sandbox_command(behaviour, port=8810).left_out
    if tuple(read.flag) != tuple(map(answered, behaviour.flags)) or known == frozenset():
        assert left_out
    else:
        assert not left_out


def test_a_good_day_needs_no_options() -> None:
    assert sandbox_command(Behaviour(), port=8810).text == "event-composer sandbox --port 8810"


def test_words_are_quoted_for_a_shell() -> None:
    rule = parse_rule('429 retry-after=5 distinct_id="it\'s me"')
    text = sandbox_command(Behaviour(rules=(rule,)), port=1).text
    fault = shlex.split(text)[-1]
    assert parse_rule(fault) == rule
    flag = sandbox_command(Behaviour(flags=(Flag(key="-x"),)), port=1).text
    assert flag.endswith("--flag=-x")


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (Behaviour(known_tokens=frozenset()), "no token at all"),
        (Behaviour(flags=(Flag(key="beta", payload="1"),)), "payload"),
        (Behaviour(flags=(Flag(key="beta", only_for=("anna",)),)), "people"),
        (Behaviour(flags=(Flag(key="a=b"),)), "a=b"),
        (Behaviour(flags=(Flag(key="beta", variant="off"),)), "beta"),
    ],
)
def test_what_has_no_words_is_named(behaviour: Behaviour, words: str) -> None:
    (sentence,) = sandbox_command(behaviour, port=1).left_out
    assert words in sentence


def test_the_curl_commands_name_the_address_and_send_json() -> None:
    url = "http://127.0.0.1:8810"
    assert reading_command(url, "events") == f"curl {url}/_sandbox/events"
    assert shlex.split(reset_command(url))[-3:] == ["-d", "{}", f"{url}/_sandbox/reset"]
    rules = (parse_rule("503 path=/batch"), parse_rule("half off"))
    words = shlex.split(rules_command(rules, url))
    assert words[-1] == f"{url}/_sandbox/faults"
    assert "Content-Type: application/json" in words
    assert parse(words[words.index("-d") + 1]) == ("503 path=/batch", "half off")
