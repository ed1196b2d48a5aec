"""The configuration of a project: as a script, as data, and for tokens that are none."""

import json

import pytest

from composer.core.behaviour import Behaviour, Flag
from composer.services.sandbox.flags.endpoints import endpoint_for
from composer.services.sandbox.request import Submission
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import NOW, TOKEN, exchange


def config(token: str, name: str = "config", **switches: object) -> tuple[int, str]:
    path = f"/array/{token}/{name}"
    endpoint = endpoint_for(path)
    assert endpoint is not None
    behaviour = Behaviour(**switches)  # pyright: ignore[reportArgumentType] - the test names fields
    judgement = endpoint.judge(
        Submission(path=path, method="GET", body=b"", now=NOW, behaviour=behaviour)
    )
    return judgement.answer.status, judgement.answer.text


def test_the_configuration_is_what_the_script_carries() -> None:
    status, text = config(TOKEN)
    found = json.loads(text)
    assert status == 200
    assert found["token"] == TOKEN
    assert found["supportedCompression"] == ["gzip", "gzip-js"]
    assert f"_POSTHOG_REMOTE_CONFIG['{TOKEN}']" in config(TOKEN, "config.js")[1]
    assert f"config: {text}," in config(TOKEN, "config.js")[1]


def test_the_configuration_tells_whether_there_are_flags() -> None:
    assert json.loads(config(TOKEN)[1])["hasFeatureFlags"] is False
    assert json.loads(config(TOKEN, flags=(Flag(key="beta"),))[1])["hasFeatureFlags"] is True


@pytest.mark.parametrize("name", ["config", "config.js"])
def test_an_unknown_token_has_no_configuration(name: str) -> None:
    known = frozenset({TOKEN})
    assert config(TOKEN, name, known_tokens=known)[0] == 200
    assert config("phc_mistyped", name, known_tokens=known) == (404, "")
    assert config("phx_personal", name) == (404, "")


@pytest.mark.parametrize("token", ["phc_a'b", "a b", "x" * 201, "é", "a\n"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    assert config(token, "config.js") == (400, "invalid token")


@pytest.mark.parametrize(
    "path",
    ["/array", "/array//config", "/array/a/b/config", "/array/a/array.js", "/static/array.js"],
)
def test_other_paths_do_not_exist(path: str) -> None:
    assert endpoint_for(path) is None


def test_the_configuration_is_served_and_recorded(sandbox: Sandbox) -> None:
    script = exchange(sandbox, "GET", f"/array/{TOKEN}/config.js", headers={"Origin": "http://a"})
    assert script.headers["content-type"] == "application/javascript"
    assert script.headers["access-control-allow-origin"] == "http://a"
    assert exchange(sandbox, "POST", f"/array/{TOKEN}/config", b"{}").status == 405
    arrivals = sandbox.arrivals()
    assert [arrival.status for arrival in arrivals] == [200, 405]
    assert all(not arrival.events for arrival in arrivals)


@pytest.mark.parametrize("path", ["/flags", "/flags/", "/decide", "/decide/"])
def test_flags_are_served_and_recorded_with_no_event(sandbox: Sandbox, path: str) -> None:
    sandbox.behave(Behaviour(known_tokens=frozenset({TOKEN}), flags=(Flag(key="beta"),)))
    question = f'{{"token":"{TOKEN}","distinct_id":"a"}}'.encode()
    reply = exchange(sandbox, "POST", f"{path}?v=4", question)
    assert json.loads(reply.body)["flags"]["beta"]["enabled"] is True
    assert exchange(sandbox, "POST", path, b'{"token":"phc_other"}').status == 401
    assert exchange(sandbox, "GET", path).status == 200
    assert exchange(sandbox, "DELETE", path).status == 405
    arrivals = sandbox.arrivals()
    assert [arrival.status for arrival in arrivals] == [200, 401, 200, 405]
    assert all(not arrival.events for arrival in arrivals)
