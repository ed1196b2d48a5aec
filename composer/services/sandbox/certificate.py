"""The sandbox's own certificate, and the authority that a client has to trust for it.

Both are made once and kept, so that a person has to trust the authority only once. Its key is
thrown away as soon as the certificate is signed: nobody can ever sign another one in its name, so
that it can be trusted without a second thought. It knows nothing of servers and ports.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from composer.core.errors import StoreError
from composer.services.files import make_folder, reason_of, write_atomically
from composer.services.locks import FileLock

NAMES = ("127.0.0.1", "localhost", "::1")
"""What a client may call the sandbox. The first is the one in its address."""
LIFETIME = timedelta(days=800)
"""Apple's systems trust no certificate that lives longer than 825 days."""
RESERVE = timedelta(days=30)
"""A certificate is made anew when less than this is left."""


class Certificate:
    """The two files in ``folder``, which is made where it is missing.

    ``clock`` tells the time, with its zone. Windows of one profile share the files.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._file = folder / "certificate.pem"
        self.ca_file = folder / "ca.pem"
        """The authority's certificate. Nothing in it is secret."""

    def context(self) -> ssl.SSLContext:
        """What a server needs to answer with this certificate. Raises ``StoreError``.

        Missing, damaged and nearly expired files are made anew, which loads a library of some size
        and takes a moment; sound ones cost a few milliseconds.
        """
        try:
            make_folder(self._folder)
            with FileLock(self._folder / "certificate.lock") as lock:
                lock.take(_PATIENCE_S)  # in vain: the files are whole all the same, or made anew
                if not self._is_good():
                    self._make()
                return self._server_side()
        except OSError as error:  # ssl.SSLError is one
            raise StoreError(
                f"The certificate in {self._folder} cannot be used: {reason_of(error)}"
            ) from error

    def _is_good(self) -> bool:
        try:
            end = _end_of_life(self._server_side(), self.ca_file)
        except (OSError, ValueError):  # missing, damaged, no pair, expired
            return False
        return self._clock() + RESERVE < end

    def _server_side(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._file)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _make(self) -> None:
        import trustme  # noqa: PLC0415 -- loads a library of cryptography, for some 100 ms

        now = self._clock().astimezone(UTC).replace(tzinfo=None)
        authority = trustme.CA(
            path_length=0,
            organization_name="Event Composer",
            # Two of the same name, the old and the new one, would be confused in a trust store.
            organization_unit_name=f"Sandbox on this computer, {now:%Y-%m-%d %H:%M:%S}",
        )
        issued = authority.issue_cert(
            *NAMES,
            common_name=NAMES[0],
            organization_name="Event Composer",
            organization_unit_name="Sandbox on this computer",
            not_before=now - timedelta(days=1),  # a client's clock may be behind
            not_after=now + LIFETIME - timedelta(days=1),
        )
        # In this order: were it cut off in between, the two would not fit and be made anew.
        write_atomically(self.ca_file, authority.cert_pem.bytes())
        write_atomically(self._file, issued.private_key_and_cert_chain_pem.bytes())


_PATIENCE_S = 5.0


def _end_of_life(server_side: ssl.SSLContext, ca_file: Path) -> datetime:
    """When the certificate ends, found out by shaking hands with oneself.

    So a client's own checks are made: the pair of key and certificate, authority, name, dates.
    Raises ``ssl.SSLError`` or ``OSError`` where a client would refuse.
    """
    upward, downward = ssl.MemoryBIO(), ssl.MemoryBIO()
    trusting = ssl.create_default_context(cafile=ca_file)
    client = trusting.wrap_bio(downward, upward, server_hostname=NAMES[0])
    server = server_side.wrap_bio(upward, downward, server_side=True)
    for side in (client, server, client):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    found = client.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found.get("notAfter"))), UTC)
