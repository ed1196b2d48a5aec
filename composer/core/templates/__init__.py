"""Templates: events kept under a name, with variables that are filled in when they are used.

template   the values: template, step, variable
answers    what a person types for a variable
filling    a draft while it is filled in, edited by hand and filled in otherwise
sequence   all events of a template at once
problems   what is wrong with a template, in words
"""

from composer.core.templates.answers import Answer, problem_of
from composer.core.templates.filling import (
    Filling,
    Unfilled,
    adopt,
    as_template,
    begin,
    unfilled_in,
)
from composer.core.templates.problems import problems_in
from composer.core.templates.sequence import UnfilledError, steps_of
from composer.core.templates.template import Step, Template, Variable, VariableKind
from composer.core.variables import Maker

__all__ = [
    "Answer",
    "Filling",
    "Maker",
    "Step",
    "Template",
    "Unfilled",
    "UnfilledError",
    "Variable",
    "VariableKind",
    "adopt",
    "as_template",
    "begin",
    "problem_of",
    "problems_in",
    "steps_of",
    "unfilled_in",
]
