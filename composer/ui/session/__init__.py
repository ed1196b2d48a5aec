"""What is composed: the open drafts as tabs, and the one in front, which every pane shows."""

from composer.ui.session.session import Session
from composer.ui.session.tab import Tab

__all__ = ["Session", "Tab"]
