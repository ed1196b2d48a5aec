"""Command lines of bash, cmd.exe and PowerShell: how words are quoted and read. Knows no curl."""

from composer.core.shells.shell import Shell

__all__ = ["Shell"]
