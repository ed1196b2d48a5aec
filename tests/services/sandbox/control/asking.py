"""How the tests ask and change the sandbox as a script does."""

import json
from typing import Any

from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import Reply, exchange

JSON = {"Content-Type": "application/json"}


def get(sandbox: Sandbox, target: str) -> Any:
    reply = exchange(sandbox, "GET", f"/_sandbox/{target}")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    return json.loads(reply.body)


def change(sandbox: Sandbox, target: str, document: object) -> Reply:
    return exchange(sandbox, "POST", f"/_sandbox/{target}", json.dumps(document).encode(), JSON)


def error(reply: Reply) -> str:
    assert reply.headers["content-type"] == "application/json"
    (found,) = json.loads(reply.body).items()
    assert found[0] == "error"
    return found[1]
