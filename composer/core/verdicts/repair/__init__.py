"""Text that is nearly JSON becomes JSON, and each change is told.

What was fine stays as it is to the character: spacing, order, repeated keys, the spelling of
numbers. Where more than one reading is likely, nothing is repaired. It knows nothing of PostHog.

    changes   what was changed, in words
    tokens    the signs that nearly-JSON is made of
    quoted    text in quotes of any kind
    words     numbers and names as other languages write them
    grammar   the order of the signs: commas, keys, brackets
    edges     what stands before and after the JSON
    whole     all of it together

Every step takes time in proportion to the text, and none calls itself.
"""

from composer.core.verdicts.repair.changes import Change, Repair
from composer.core.verdicts.repair.whole import repair, repaired

__all__ = ["Change", "Repair", "repair", "repaired"]
