"""Whom a connection trusts, and what it shows of itself: TLS contexts, one for each route.

The files are PEM. Every fault in them is told in words, before anything is sent. A context is made
again once one of its files has changed, so that a renewed certificate counts at once. It opens no
connection.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from composer.core.errors import ComposerError
from composer.core.route import Route, certificate_problem, proxy_problem
from composer.services.files import reason_of


class RouteError(ComposerError):
    """The files of a route, or its proxy, cannot be used; nothing was sent."""


class Trust:
    """Keeps the contexts that sends have used. Its calls read files: not in the GUI thread.

    ``load`` makes the usual one; by default, what the one-shot sender needs is loaded with it.
    """

    def __init__(self, load: Callable[[], ssl.SSLContext] | None = None) -> None:
        self._load = load or load_trust
        self._usual: ssl.SSLContext | None = None
        self._own: dict[tuple[str, ...], tuple[_Stamp, ssl.SSLContext]] = {}
        self._lock = Lock()

    def usual(self) -> ssl.SSLContext:
        """The system's authorities, and no certificate of one's own."""
        with self._lock:
            if self._usual is None:
                self._usual = self._load()
            return self._usual

    def on(self, route: Route) -> ssl.SSLContext:
        """What ``route`` says. Raises ``RouteError``."""
        if problem := proxy_problem(route.proxy):
            raise RouteError(f"The proxy cannot be used. {problem}")
        files = (route.ca_file, route.client_certificate, route.client_key)
        usual = self.usual()
        if not any(files):
            return usual
        stamp = tuple(_stamp(name) for name in files)
        with self._lock:
            known = self._own.get(files)
            if known is None or known[0] != stamp:
                known = self._own[files] = (stamp, _context(route))
            return known[1]

    def problem(self, route: Route) -> str:
        """Implements ``ports.Routes``."""
        try:
            self.on(route)
        except RouteError as error:
            return str(error)
        return ""


def load_trust() -> ssl.SSLContext:
    """Import the HTTP library with its lazy parts, and read the certificates to trust.

    Those of the system come first: a company's own authority is known there. The library brings
    a list for systems that have none.
    """
    # httpx brings a command line, which would load rich and pygments where they are installed:
    # 10 MB and as many milliseconds as all the rest. It does without if the module cannot be had.
    sys.modules["httpx._main"] = None  # pyright: ignore[reportArgumentType]
    import anyio.lowlevel  # noqa: PLC0415 -- in a thread on purpose, see Sender
    import httpx  # noqa: PLC0415

    context = usual_context()
    httpx.AsyncHTTPTransport(verify=context)
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(anyio.lowlevel.checkpoint())
    return context


def usual_context() -> ssl.SSLContext:
    """The certificates to trust, and nothing else loaded where the system has some."""
    context = ssl.create_default_context()
    if not _has_authorities(context):
        import httpx  # noqa: PLC0415 -- only for the list that it brings

        context = httpx.create_ssl_context(trust_env=False)
    return context


_Stamp = tuple[tuple[int, int], ...]


def _stamp(name: str) -> tuple[int, int]:
    """A picture of a file that differs once it has changed."""
    try:
        status = Path(name).stat() if name else None
    except (OSError, ValueError):  # told when the file is read
        status = None
    return (status.st_mtime_ns, status.st_size) if status else (0, 0)


def _has_authorities(context: ssl.SSLContext) -> bool:
    folder = ssl.get_default_verify_paths().capath
    has_folder = bool(folder and any(Path(folder).iterdir()))
    return has_folder or bool(context.cert_store_stats()["x509_ca"])


def _context(route: Route) -> ssl.SSLContext:
    if problem := certificate_problem(route.client_certificate, route.client_key):
        raise RouteError(problem)
    context = _trusting(route.ca_file)
    if route.client_certificate:
        _show(context, route.client_certificate, route.client_key)
    return context


def _trusting(ca_file: str) -> ssl.SSLContext:
    """As curl's ``--cacert`` has it: the authorities of the file, and no others."""
    if not ca_file:
        return usual_context()
    pem = _pem(ca_file, "CA file", _CERTIFICATE, "a certificate")
    try:
        return ssl.create_default_context(cadata=_certificates(pem))
    except (ssl.SSLError, ValueError) as error:
        raise RouteError(
            f"The CA file {ca_file} is damaged: its certificates cannot be read. Copy it again."
        ) from error


def _certificates(pem: str) -> str:
    """Only the certificates: what people write between them may be in any language."""
    parts = pem.split(_CERTIFICATE)[1:]
    return "".join(f"{_CERTIFICATE}{part.partition(_END)[0]}{_END}\n" for part in parts)


def _show(context: ssl.SSLContext, certificate: str, key: str) -> None:
    """Have the context show ``certificate`` to a server that asks for one."""
    _pem(certificate, "client certificate", _CERTIFICATE, "a certificate")
    where = key or certificate
    _pem(where, "client key", "PRIVATE KEY-----", "a private key")
    asked: list[bool] = []

    def password() -> str:  # without it, OpenSSL would ask in the terminal, and wait
        asked.append(True)
        return ""

    try:
        context.load_cert_chain(certificate, key or None, password=password)
    except (ssl.SSLError, OSError, ValueError) as error:
        raise RouteError(_why(error, certificate, where, is_locked=bool(asked))) from error


def _why(error: Exception, certificate: str, key: str, *, is_locked: bool) -> str:
    if is_locked:
        return (
            f"The client key {key} is protected by a password, which the app does not keep. "
            "Save it without one: openssl pkey -in KEY -out NEW_KEY. Then choose the new file."
        )
    if isinstance(error, ssl.SSLError) and "KEY_VALUES_MISMATCH" in (error.reason or ""):
        return f"The client key {key} belongs to another certificate than {certificate}."
    return f"The client certificate {certificate} or its key {key} is damaged. Copy them again."


def _pem(name: str, what: str, sign: str, content: str) -> str:
    """The text of a PEM file; ``sign`` stands in one that holds what it should."""
    path = Path(name)
    if not path.is_absolute():
        raise RouteError(f"The {what} {name} is no whole path. Choose the file again.")
    try:
        text = path.read_bytes()[:_MOST].decode("utf-8", "replace")
    except OSError as error:
        raise RouteError(f"The {what} {name} cannot be read: {_reason(error)}") from error
    except ValueError as error:  # a null character in the path
        raise RouteError(f"The {what} {name!r} is no path. Choose the file again.") from error
    if sign not in text:
        form = "openssl x509 -inform der -in FILE -out FILE.pem"
        hint = f" If it is in DER form, convert it: {form}." if sign == _CERTIFICATE else ""
        raise RouteError(f"The {what} {name} does not hold {content} in PEM form.{hint}")
    return text


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there. Choose the file again."
    return reason_of(error)


_MOST = 8 * 1024 * 1024
"""Bytes; the system's own list of authorities is a quarter of a megabyte."""
_CERTIFICATE, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
