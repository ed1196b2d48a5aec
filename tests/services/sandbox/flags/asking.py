"""How the tests of the flag service ask it: straight, without a network."""

import json
from typing import Any

from composer.core.behaviour import Behaviour
from composer.services.sandbox.flags import decide
from composer.services.sandbox.request import Judgement, Submission
from tests.services.sandbox.client import NOW, TOKEN

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUESTION = f'{{"token":"{TOKEN}","distinct_id":"visitor-7"}}'


def ask(
    body: str | bytes | None = QUESTION,
    query: str = "v=2",
    *,
    path: str = "/flags",
    method: str = "POST",
    headers: dict[str, str] = JSON,
    behaviour: Behaviour | None = None,
) -> Judgement:
    return decide.judge(
        Submission(
            path=path,
            method=method,
            query=query.encode(),
            headers=headers,
            body=body.encode() if isinstance(body, str) else body,
            now=NOW,
            behaviour=behaviour or Behaviour(),
        )
    )


def told(judgement: Judgement) -> Any:
    """The answer as data; it has to be 200."""
    assert judgement.answer.status == 200, judgement.answer.text
    return json.loads(judgement.answer.body)


def refused(judgement: Judgement) -> tuple[int, str]:
    """The answer of a refusal, in plain text."""
    assert dict(judgement.answer.headers)["content-type"].startswith("text/plain")
    return judgement.answer.status, judgement.answer.text


def undecodable(detail: str) -> tuple[int, str]:
    words = "Please check your request format and try again."
    return 400, f"Failed to decode request: {detail}. {words}"
