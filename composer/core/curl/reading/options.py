"""curl's options as data: their names, which take a value, and what each means for a request.

From ``curl --help all`` of 7.88 and 8.11 (curl.se/docs/manpage.html).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto


class Role(Enum):
    """What an option does to the request."""

    DATA = auto()
    RAW = auto()
    BINARY = auto()
    URLENCODE = auto()
    JSON = auto()
    FORM = auto()
    GET = auto()
    HEAD = auto()
    METHOD = auto()
    HEADER = auto()
    AGENT = auto()
    REFERER = auto()
    COOKIE = auto()
    USER = auto()
    BEARER = auto()
    COMPRESSED = auto()
    URL = auto()
    QUERY = auto()
    UPLOAD = auto()
    PATH_AS_IS = auto()
    GLOBOFF = auto()
    NEXT = auto()
    NOTHING = auto()
    """It concerns the output or the waiting: there is nothing to carry over"""
    TOLD = auto()
    """It is left out, and told"""


LETTERS: Mapping[str, str] = {
    "0": "http1.0",
    "1": "tlsv1",
    "2": "sslv2",
    "3": "sslv3",
    "4": "ipv4",
    "6": "ipv6",
    "#": "progress-bar",
    ":": "next",
    "A": "user-agent",
    "B": "use-ascii",
    "C": "continue-at",
    "D": "dump-header",
    "E": "cert",
    "F": "form",
    "G": "get",
    "H": "header",
    "I": "head",
    "J": "remote-header-name",
    "K": "config",
    "L": "location",
    "M": "manual",
    "N": "no-buffer",
    "O": "remote-name",
    "P": "ftp-port",
    "Q": "quote",
    "R": "remote-time",
    "S": "show-error",
    "T": "upload-file",
    "U": "proxy-user",
    "V": "version",
    "X": "request",
    "Y": "speed-limit",
    "Z": "parallel",
    "a": "append",
    "b": "cookie",
    "c": "cookie-jar",
    "d": "data",
    "e": "referer",
    "f": "fail",
    "g": "globoff",
    "h": "help",
    "i": "include",
    "j": "junk-session-cookies",
    "k": "insecure",
    "l": "list-only",
    "m": "max-time",
    "n": "netrc",
    "o": "output",
    "p": "proxytunnel",
    "q": "disable",
    "r": "range",
    "s": "silent",
    "t": "telnet-option",
    "u": "user",
    "v": "verbose",
    "w": "write-out",
    "x": "proxy",
    "y": "speed-time",
    "z": "time-cond",
}

_WITH_VALUE = """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
    connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data
    data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr
    dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save
    expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port
    ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5
    hostpubsha256 hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type
    krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize
    max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass
    pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert
    proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
    proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword
    proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request
    request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a
    socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option
    tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii
    trace-config unix-socket upload-file upload-flags url url-query user user-agent variable
    vlan-priority write-out
    """
WITH_VALUE = frozenset(_WITH_VALUE.split())

_SILENT = """
    append alpn basic buffer clobber connect-timeout create-dirs create-file-mode disable
    dump-header expect100-timeout fail fail-early fail-with-body globoff happy-eyeballs-timeout-ms
    http1.1 http2 http2-prior-knowledge include ipv4 ipv6 keepalive keepalive-time limit-rate
    max-filesize max-time no-alpn no-buffer no-clobber no-keepalive no-npn no-progress-meter
    no-sessionid noproxy npn output output-dir parallel parallel-immediate parallel-max
    progress-bar progress-meter proto rate raw remote-header-name remote-name remote-name-all
    remote-time remove-on-error retry retry-all-errors retry-connrefused retry-delay
    retry-max-time sessionid show-error silent speed-limit speed-time ssl ssl-reqd stderr
    styled-output tcp-fastopen tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace
    trace-ascii trace-config trace-ids trace-time verbose write-out xattr
    """

_TOLD = """
    abstract-unix-socket alt-svc anyauth aws-sigv4 ca-native cacert capath cert cert-status
    cert-type ciphers compressed-ssh config connect-to continue-at cookie-jar crlf crlfile curves
    delegation digest disable-eprt disable-epsv disallow-username-in-url dns-interface
    dns-ipv4-addr dns-ipv6-addr dns-servers doh-cert-status doh-insecure doh-url ech egd-file
    engine etag-compare etag-save false-start form-escape ftp-account ftp-alternative-to-user
    ftp-create-dirs ftp-method ftp-pasv ftp-port ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc
    ftp-ssl-ccc-mode ftp-ssl-control haproxy-clientip haproxy-protocol help hostpubmd5
    hostpubsha256 hsts http0.9 http1.0 http3 http3-only ignore-content-length insecure interface
    ip-tos ipfs-gateway junk-session-cookies keepalive-cnt key key-type krb libcurl list-only
    local-port location location-trusted login-options mail-auth mail-from mail-rcpt
    mail-rcpt-allowfails manual max-redirs metalink mptcp negotiate netrc netrc-file
    netrc-optional ntlm ntlm-wb pass pinnedpubkey post301 post302 post303 preproxy proto-default
    proto-redir proxy proxy-anyauth proxy-basic proxy-ca-native proxy-cacert proxy-capath
    proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-digest proxy-header proxy-http2
    proxy-insecure proxy-key proxy-key-type proxy-negotiate proxy-ntlm proxy-pass
    proxy-pinnedpubkey proxy-service-name proxy-ssl-allow-beast proxy-ssl-auto-client-cert
    proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-tlsv1 proxy-user
    proxy1.0 proxytunnel pubkey quote random-file range request-target resolve sasl-authzid sasl-ir
    service-name skip-existing socks4 socks4a socks5 socks5-basic socks5-gssapi socks5-gssapi-nec
    socks5-gssapi-service socks5-hostname ssl-allow-beast ssl-auto-client-cert ssl-no-revoke
    ssl-revoke-best-effort sslv2 sslv3 suppress-connect-headers telnet-option tftp-blksize
    tftp-no-options time-cond tls-earlydata tls-max tls13-ciphers tlsauthtype tlspassword tlsuser
    unix-socket upload-flags use-ascii variable version vlan-priority
    """

ROLES: Mapping[str, Role] = {
    **dict.fromkeys(_TOLD.split(), Role.TOLD),
    **dict.fromkeys(_SILENT.split(), Role.NOTHING),
    "data": Role.DATA,
    "data-ascii": Role.DATA,
    "data-raw": Role.RAW,
    "data-binary": Role.BINARY,
    "data-urlencode": Role.URLENCODE,
    "json": Role.JSON,
    "form": Role.FORM,
    "form-string": Role.FORM,
    "get": Role.GET,
    "head": Role.HEAD,
    "request": Role.METHOD,
    "header": Role.HEADER,
    "user-agent": Role.AGENT,
    "referer": Role.REFERER,
    "cookie": Role.COOKIE,
    "user": Role.USER,
    "oauth2-bearer": Role.BEARER,
    "compressed": Role.COMPRESSED,
    "url": Role.URL,
    "url-query": Role.QUERY,
    "upload-file": Role.UPLOAD,
    "path-as-is": Role.PATH_AS_IS,
    "globoff": Role.GLOBOFF,
    "next": Role.NEXT,
}

REASONS: Mapping[str, str] = {
    "insecure": "Certificates are checked when the event is sent from here.",
    "location": "Redirects are not followed when the event is sent from here.",
    "location-trusted": "Redirects are not followed when the event is sent from here.",
    "proxy": "The proxy was left out.",
    "config": "A file with options is not read: write them into the command.",
    "resolve": "The address of the host was left out.",
    "connect-to": "The address of the host was left out.",
    "netrc": "Passwords are not read from files.",
    "cookie-jar": "Cookies are not kept.",
    "http1.0": "HTTP/1.1 is used when the event is sent from here.",
}
"""What is said of an option that is left out, where there is more to say than that."""
