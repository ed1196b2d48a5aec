"""The shells whose command lines are written and read here. It knows of no command."""

from __future__ import annotations

from enum import StrEnum


class Shell(StrEnum):
    """A family of shells that take the same command line."""

    BASH = "bash"
    """bash, zsh, and Git Bash on Windows"""
    CMD = "cmd"
    """The Windows command prompt, cmd.exe"""
    POWERSHELL = "powershell"
    """Windows PowerShell 5.1 and PowerShell 7, on Windows and elsewhere"""

    def variable(self, name: str) -> str:
        """How a command line of this shell reads the environment variable ``name``."""
        return _VARIABLES[self].format(name)


_VARIABLES = {Shell.BASH: "${}", Shell.CMD: "%{}%", Shell.POWERSHELL: "$env:{}"}
