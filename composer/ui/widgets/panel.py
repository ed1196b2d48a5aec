"""What pages are put together from: a frame with a ground and hairlines at chosen edges."""

from PySide6.QtWidgets import QFrame

from composer.ui.theme.roles import Surface, set_edge, set_surface


class Panel(QFrame):
    """A ground for other widgets; ``edges`` are among ``top``, ``right``, ``bottom``, ``left``."""

    def __init__(self, surface: Surface = Surface.SURFACE, *edges: str) -> None:
        super().__init__()
        set_surface(self, surface)
        set_edge(self, *edges)
