"""Settles the process's environment variables before the first import of Qt or of a library."""

import os
import sys
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

_FOLDERS = (
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
)
_TRUST = {"CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"}


def settle(variables: MutableMapping[str, str]) -> tempfile.TemporaryDirectory[str]:
    """Make tests independent of the person and machine that run them.

    No screen unless one is asked for, no proxy, no foreign trust store, no folder of the person's
    own. Returns the folder that stands in for those; it goes when its owner lets go of it.
    """
    variables["QT_API"] = "pyside6"
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in list(variables):
        if name.lower().endswith("_proxy") or name in _TRUST:
            del variables[name]
    home = tempfile.TemporaryDirectory(prefix="composer-tests-", ignore_cleanup_errors=True)
    if sys.platform == "linux":
        for name in _FOLDERS:
            folder = Path(home.name, name.lower())
            folder.mkdir(mode=0o700)  # Qt warns about a runtime folder that others can read
            variables[name] = str(folder)
    return home


HOME = settle(os.environ)
