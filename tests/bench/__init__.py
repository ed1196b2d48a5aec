"""Speed and memory, beside a bare PySide6 window in the same run: ``python -m tests.bench``."""
