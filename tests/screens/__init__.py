"""Pictures of every main state of the window, in light and dark: ``python -m tests.screens``."""
