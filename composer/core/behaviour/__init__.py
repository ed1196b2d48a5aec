"""How the sandbox is told to behave: which PostHog it is, and where it fails on purpose.

For the window, the command line and the sandbox alike.

    values    the switches, rules and flags as values
    rules     what a rule or a flag may say, and a rule in words
    text      a rule or a flag as one line, both ways
    record    all of it as a JSON object, both ways
"""

from composer.core.behaviour.record import (
    read_behaviour,
    read_flag,
    read_rule,
    written_behaviour,
    written_rule,
)
from composer.core.behaviour.rules import RuleError, check_flag, check_rule, describe
from composer.core.behaviour.text import parse_flag, parse_rule, render_flag, render_rule
from composer.core.behaviour.values import (
    Behaviour,
    Edition,
    FaultKind,
    Flag,
    Rule,
    ScriptedFault,
)

__all__ = [
    "Behaviour",
    "Edition",
    "FaultKind",
    "Flag",
    "Rule",
    "RuleError",
    "ScriptedFault",
    "check_flag",
    "check_rule",
    "describe",
    "parse_flag",
    "parse_rule",
    "read_behaviour",
    "read_flag",
    "read_rule",
    "render_flag",
    "render_rule",
    "written_behaviour",
    "written_rule",
]
