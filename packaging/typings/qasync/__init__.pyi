# qasync carries no types. Only what this program uses; on Windows the base is another one, which
# makes no difference to a caller.
import asyncio

from PySide6.QtCore import QCoreApplication

class QEventLoop(asyncio.SelectorEventLoop):
    def __init__(self, app: QCoreApplication | None = None) -> None: ...
