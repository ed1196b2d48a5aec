"""Reading a file of ours that holds a JSON object, whatever state it is in.

It knows nothing of what the object says: that is for the stores.
"""

from __future__ import annotations

from pathlib import Path

from composer.core.jsontext import JsonError, Object, parse_bytes
from composer.services.files import put_aside, reason_of
from composer.services.notices import Notices
from composer.services.ports import Clock


def read_object(path: Path, clock: Clock, notices: Notices, *, what: str, instead: str) -> Object:
    """The object in the file, empty where there is no file.

    What cannot be read is put aside and told, as the ``what`` that could not be read and what
    happens ``instead``. Raises ``StoreError`` if it cannot be put aside.
    """
    try:
        content = parse_bytes(path.read_bytes())
        trouble = "" if isinstance(content, Object) else f"it does not hold {what}."
    except FileNotFoundError:
        return Object()
    except JsonError as error:
        content, trouble = None, str(error)
    except OSError as error:
        content, trouble = None, reason_of(error)
    if isinstance(content, Object):
        return content
    aside = put_aside(path, clock.now())
    notices.add(
        f"The {what} could not be read: {trouble} The file is kept as {aside}; the app {instead}."
    )
    return Object()
