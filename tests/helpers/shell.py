"""The real bash, for the commands that the program makes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BASH = shutil.which("bash") or "bash"


def run_in_bash(command: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``command`` from a script (as an argument it could be too long), without a home."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "command.sh"
        script.write_bytes(command.encode() + b"\n")
        return subprocess.run(
            [BASH, script],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **variables},
            capture_output=True,
            timeout=30,
            check=False,
        )
