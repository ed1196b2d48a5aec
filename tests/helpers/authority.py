"""An authority of the tests' own, servers that it vouches for, and clients' certificates."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """PEM files: the authority, a client's certificate, its key, and both of these in one."""

    ca: str
    certificate: str
    key: str
    both: str


class Authority:
    """Vouches for 127.0.0.1 and for a client."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        client = self._ca.issue_cert("client@example.com")
        chain = client.cert_chain_pems[0]
        self.files = Files(
            ca=_file(folder / "own ca's.pem", self._ca.cert_pem),
            certificate=_file(folder / "client.pem", chain),
            key=_file(folder / "client.key", client.private_key_pem),
            both=_file(folder / "both.pem", client.private_key_and_cert_chain_pem),
        )

    def server(self, *, asks_for_certificate: bool = False) -> ssl.SSLContext:
        """What a server at 127.0.0.1 needs; it may want to know who calls."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert("127.0.0.1").configure_cert(context)
        if asks_for_certificate:
            self._ca.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


def _file(path: Path, blob: trustme.Blob) -> str:
    blob.write_to_path(str(path))
    return str(path)
