"""Remakes the two requirement files from pyproject.toml.

Pinned with hashes, for Linux, macOS and Windows and every supported Python at once, and with no
index address inside, so that each machine uses the index it is set up for.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from devtools.environment import child_environment, pip
from devtools.layout import DEV_LOCK, ROOT, RUNTIME_LOCK, SetupError, say

RESOLVER = "uv>=0.5"
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--quiet",
)
FILES = (
    (RUNTIME_LOCK, ("--group", "build")),
    # The same versions as at run time, so that tools can be added to an environment for running.
    (DEV_LOCK, ("--group", "dev", "--constraint", str(RUNTIME_LOCK.relative_to(ROOT)))),
)
TITLE = "# Made from pyproject.toml by `python3 packaging/dev.py lock`; do not edit.\n"


def remake_locks(words: Sequence[str]) -> int:
    """Write both files; `words` go to the resolver, for instance `--upgrade`."""
    with tempfile.TemporaryDirectory(prefix="composer-lock-") as folder:
        pip("--target", folder, RESOLVER)
        for file, options in FILES:
            compile_lock(Path(folder), file, (*options, *words))
            say(f"Wrote {file.relative_to(ROOT).as_posix()}")
    return 0


def compile_lock(tools: Path, file: Path, options: Sequence[str]) -> None:
    """Resolve once into `file`, keeping the versions that stand there unless told otherwise."""
    name = file.relative_to(ROOT).as_posix()
    command = [str(tools / "bin" / "uv"), "pip", "compile", "pyproject.toml", "-o", name]
    if subprocess.call([*command, *OPTIONS, *options], cwd=ROOT, env=child_environment()) != 0:
        raise SetupError(f"{name} could not be remade; the resolver's message stands above.")
    file.write_text(TITLE + file.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
