"""Who can reach the sandbox: this computer, at one address."""

import subprocess
import sys

from composer.services.sandbox.server import Sandbox

# In a process of its own, for the tests themselves may not connect anywhere but to 127.0.0.0/8.
KNOCK = """
import socket, sys
found = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
    try:
        plug.connect(("192.0.2.1", 9))  # nothing is sent; the system tells who would send
        found.add(plug.getsockname()[0])
    except OSError:
        pass
for address in {*found, "127.0.0.2", "::1"} - {"127.0.0.1"}:
    try:
        socket.create_connection((address, int(sys.argv[1])), timeout=2).close()
    except OSError:
        continue
    print(address)
"""


def test_nothing_but_the_loopback_address_is_listened_on(sandbox: Sandbox) -> None:
    port = sandbox.url.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-c", KNOCK, port], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
