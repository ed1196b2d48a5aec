"""The open work of one window, kept in files of its slot, so that it is back after a crash."""

from composer.services.workspace.store import WorkspaceStore

__all__ = ["WorkspaceStore"]
