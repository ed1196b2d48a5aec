"""History as text for other programs and other people; nothing here knows of files.

    jsonlines   one JSON object a send
    csvtext     a table for spreadsheets
    har         an HTTP archive, which browsers and proxies open
    hiding      what is masked wherever a send leaves the app
    ticket      one send, told for a support ticket

All of them come in pieces: no more than one send is in memory at a time.
"""

from composer.core.exporting.formats import ExportFormat, pieces
from composer.core.exporting.ticket import ticket_pack

__all__ = ["ExportFormat", "pieces", "ticket_pack"]
