"""Variables in text: ``{{name}}`` and generated values, put into values and never into JSON text.

references   text as plain text and references; escapes
moments      ``now -2d``
generated    values that the app makes
patterns     values with references in them; to and from the values of a template
rendering    the values with answers put in
following    a pattern after the values were edited by hand
"""

from composer.core.variables.generated import Maker, reference_problem
from composer.core.variables.references import Reference, escaped

__all__ = ["Maker", "Reference", "escaped", "reference_problem"]
