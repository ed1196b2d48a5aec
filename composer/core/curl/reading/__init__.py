"""A pasted command as the request that it would send, without running any of it.

beginning     for which shell it was written, and where in the text it begins
script        what leads to the request, the request, what follows it
calls, feeds  programs before curl, of those whose output is known without running them
curl          curl's call: ``options`` as data, ``given`` by the words, then ``data`` (the
              body), ``headers`` and ``address``
powershell    PowerShell's statements and ``Invoke-WebRequest`` (``web_request``)
"""

from composer.core.curl.reading.command import ReadCommand, ReadError
from composer.core.curl.reading.reader import read

__all__ = ["ReadCommand", "ReadError", "read"]
