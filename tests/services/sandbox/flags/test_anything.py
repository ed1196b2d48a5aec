"""Whatever the flag service is asked, the answer is one that PostHog documents."""

import json
import re
from urllib.parse import quote

from hypothesis import given, settings, strategies as st

from composer.core.behaviour import Behaviour, Flag
from composer.services.sandbox.flags.endpoints import endpoint_for
from composer.services.sandbox.request import Submission
from tests.services.sandbox.client import NOW, TOKEN
from tests.services.sandbox.flags.asking import ask

REFUSALS = re.compile(
    r"""
    400\ (?:
        Failed\ to\ decode\ request:\ (?:
            invalid\ JSON(?:\ structure)? | unsupported\ content\ type:\ .* |
            [Uu]nsupported\ compression\ type | gzip\ decompression\ failed:\ [a-z ]+ |
            Gzip\ compression\ not\ supported\ for\ form-urlencoded\ data |
            Invalid\ UTF-8\ in\ form\ data | Failed\ to\ URL\ decode\ form\ data |
            Failed\ to\ URL\ decode:\ invalid\ utf-8\ sequence |
            Base64\ decoding\ error:\ (?:Invalid\ byte\ \d+,\ offset\ \d+\.|Invalid\ padding)
            )\.\ Please\ check\ your\ request\ format\ and\ try\ again\. |
        Failed\ to\ deserialize\ query\ string:\ (?:duplicate\ field\ `\w+`
            |invalid\ digit\ found\ in\ string) |
        The\ distinct_id\ field\ is\ missing\ from\ the\ request\..+ | invalid\ token) |
    401\ (?:No\ API\ token\ provided\..+
        | The\ provided\ API\ key\ is\ invalid\ or\ has\ expired\..+) |
    404\ | 413\ Failed\ to\ buffer\ the\ request\ body:\ length\ limit\ exceeded
    """,
    re.VERBOSE | re.DOTALL,
)
KEYS = st.sampled_from(
    [
        *("token", "api_key", "$token", "distinct_id", "$distinct_id", "groups", "flag_keys"),
        *("person_properties", "group_properties", "disable_flags", "timezone", "other"),
    ]
)
LEAVES = st.sampled_from(
    [
        "null",
        "true",
        "0",
        "-1.5",
        "1e999",
        '""',
        '"x"',
        f'"{TOKEN}"',
        "NaN",
        "'y'",
        '["beta"]',
        "{}",
    ]
)
JSON5 = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.builds("{}:{}".format, KEYS, inner), max_size=6).map(
            lambda members: f"{{{','.join(members)},}}"
        )
    ),
    max_leaves=12,
)
QUERIES = st.lists(
    st.builds(
        "{}={}".format,
        st.sampled_from(["v", "version", "config", "compression", "_", "x"]),
        st.sampled_from(
            ["", "1", "2", "4", "9" * 30, "gzip", "base64", "lz64", "%ff", "true", "a"]
        ),
    ),
    max_size=3,
).map("&".join)
TYPES = st.sampled_from(
    ["application/json", "text/plain", "application/x-www-form-urlencoded", "", "a\nb"]
)
BEHAVIOUR = Behaviour(flags=(Flag(key="beta", variant="a", payload="[1]"), Flag(key="beta")))


def is_documented(status: int, text: str) -> bool:
    if status == 200:
        return isinstance(json.loads(text), dict)
    return REFUSALS.fullmatch(f"{status} {text}") is not None


@settings(max_examples=300)
@given(
    st.binary(max_size=60) | JSON5.map(str.encode),
    QUERIES,
    TYPES,
    st.sampled_from(["/flags", "/decide"]),
    st.sampled_from(["POST", "GET"]),
)
def test_any_question_gets_a_documented_answer(
    body: bytes, query: str, content_type: str, path: str, method: str
) -> None:
    headers = {"content-type": content_type}
    judgement = ask(body, query, path=path, method=method, headers=headers, behaviour=BEHAVIOUR)
    assert is_documented(judgement.answer.status, judgement.answer.text)
    assert judgement.events == ()


@given(st.text(max_size=20) | st.text(max_size=20).map(quote))
def test_any_token_in_a_path_gets_a_documented_answer(token: str) -> None:
    path = f"/array/{token}/config"
    endpoint = endpoint_for(path)
    assert (endpoint is None) == (not token or "/" in token)
    if endpoint is not None:
        submission = Submission(path=path, method="GET", body=b"", now=NOW)
        answer = endpoint.judge(submission).answer
        assert is_documented(answer.status, answer.text)
