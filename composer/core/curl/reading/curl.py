"""A call of curl as the request that it would send."""

from __future__ import annotations

from collections.abc import Sequence

from composer.core.curl.reading.address import address_of
from composer.core.curl.reading.command import ReadCommand, ReadError, each_once
from composer.core.curl.reading.data import Data, added_to
from composer.core.curl.reading.feeds import Feeds
from composer.core.curl.reading.given import CommandLine
from composer.core.curl.reading.headers import Custom, Header, complete
from composer.core.curl.reading.options import Role
from composer.core.curl.reading.own_headers import own_headers
from composer.core.curl.reading.sorting import Sorted
from composer.core.remarks import Remark
from composer.core.shells.words import Word


def request_of(
    words: Sequence[Word], feeds: Feeds, given: bytes | None, offset: int
) -> ReadCommand:
    """The request of the words after ``curl``; ``given`` is its standard input, if known.

    Raises ``ReadError`` at ``offset`` if there is no URL.
    """
    line = CommandLine(words)
    options = Sorted()
    for option in line.options():
        if option.role is Role.NEXT:
            options.tell(option.spelled, "Only the first request was read. Paste the next alone.")
            break
        options.add(option)
    if not options.urls:
        raise ReadError(
            "There is no URL in this command: copy all of it, or add the URL at its end.", offset
        )
    request = _Request(options, feeds, given).read()
    return ReadCommand(
        shell=feeds.shell,
        method=request.method,
        url=request.url,
        headers=request.headers,
        body=request.body,
        remarks=each_once(
            [*feeds.remarks, *feeds.not_of_files(line.remarks), *options.remarks, *request.remarks]
        ),
    )


class _Request:
    """Puts the request together; call ``read`` once."""

    def __init__(self, options: Sorted, feeds: Feeds, given: bytes | None) -> None:
        self._options = options
        self._data = Data(feeds, given)
        self.remarks: list[Remark] = []
        self.url = options.urls[0]
        self.method = "GET"
        self.headers: tuple[Header, ...] = ()
        self.body = b""

    def read(self) -> _Request:
        options = self._options
        body = self._data.joined(options.data) if options.data else None
        if Role.UPLOAD in options.last:
            body = self._data.file(options.value(Role.UPLOAD), "-T")
        if body is not None and Role.GET in options.last:
            self.url, body = added_to(self.url, body), None
        if options.queries:
            self.url = added_to(self.url, self._query())
        self.method = self._method(has_body=body is not None)
        has_globs = Role.GLOBOFF not in options.last
        address = address_of(
            self.url, squashes=Role.PATH_AS_IS not in options.last, has_globs=has_globs
        )
        self.remarks += address.remarks
        custom = self._custom()
        self.headers = complete(address.host, own_headers(options, address), custom, body)
        self.remarks += custom.remarks
        self.url, self.body = address.url, body or b""
        return self

    def _query(self) -> bytes:
        """``--url-query``: as ``--data-urlencode``, but for a value that a plus sign begins."""
        made = Data(self._data.feeds, None)
        parts = [
            option.value[1:].encode("utf-8", "replace")
            if option.value.startswith("+")
            else made.encoded_form(option.value, option.spelled)
            for option in self._options.queries
        ]
        return b"&".join(parts)

    def _method(self, *, has_body: bool) -> str:
        last = self._options.last
        if method := self._options.value(Role.METHOD):
            return method
        if Role.HEAD in last:
            return "HEAD"
        if Role.UPLOAD in last:
            return "PUT"
        return "POST" if has_body or (Role.FORM in last and Role.GET not in last) else "GET"

    def _custom(self) -> Custom:
        custom = Custom()
        for option in self._options.lines:
            if option.value.startswith("@"):
                content = self._data.file(option.value[1:], option.spelled)
                lines = content.decode("utf-8", "surrogateescape").splitlines()
            else:
                lines = [option.value]
            for line in lines:
                custom.add(line)
        if Role.JSON in self._options.last:
            for name in ("Content-Type", "Accept"):
                if name.lower() not in custom.named:
                    custom.add(f"{name}: application/json")
        return custom
