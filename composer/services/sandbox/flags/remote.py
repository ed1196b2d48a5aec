"""The configuration of a project, with which posthog-js starts.

Everything that would make posthog-js fetch another script or send anything but events is off: the
sandbox has no scripts and takes no recordings. ``surveys`` is left out rather than false, for
false makes posthog-js load their script all the same. Autocapture is on, as in a new project.

Source: PostHog's views for ``/array/TOKEN/config`` and ``config.js`` of 2026. It knows no flags but
whether there are any.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from composer.core.behaviour import Behaviour
from composer.core.jsontext import Layout, Value, encode, from_python
from composer.services.sandbox.answers import Answer, plain
from composer.services.sandbox.flags.asked import is_known
from composer.services.sandbox.request import Judgement, Submission


def judge(submission: Submission) -> Judgement:
    """Answer ``/array/TOKEN/config`` or ``/array/TOKEN/config.js``."""
    _, _, token, name = submission.path.split("/")
    if not _TOKEN.fullmatch(token):
        return Judgement(answer=plain(HTTPStatus.BAD_REQUEST, "invalid token"))
    if not is_known(token, submission.behaviour):
        return Judgement(answer=Answer(status=HTTPStatus.NOT_FOUND))
    text = encode(from_python(configuration(token, submission.behaviour)), Layout.COMPACT)
    if name == "config.js":
        return Judgement(answer=_answer("application/javascript", _SCRIPT.format(token, text)))
    return Judgement(answer=_answer("application/json", text))


def configuration(token: str, behaviour: Behaviour) -> dict[str, Value]:
    """What a project with this token tells the libraries in browsers and apps."""
    return {
        "token": token,
        "supportedCompression": ("gzip", "gzip-js"),
        "hasFeatureFlags": bool(behaviour.flags),
        "captureDeadClicks": False,
        "capturePerformance": False,
        "autocapture_opt_out": False,
        "autocaptureExceptions": False,
        "analytics": from_python({"endpoint": "/i/v0/e/"}),
        "elementsChainAsString": True,
        "errorTracking": from_python({"autocaptureExceptions": False, "suppressionRules": []}),
        "logs": from_python({"captureConsoleLogs": False}),
        "sessionRecording": False,
        "heatmaps": False,
        "conversations": False,
        "productTours": False,
        "defaultIdentifiedOnly": True,
    }


_TOKEN = re.compile(r"[a-zA-Z0-9_-]{1,200}")
_SCRIPT = """(function() {{
  window._POSTHOG_REMOTE_CONFIG = window._POSTHOG_REMOTE_CONFIG || {{}};
  window._POSTHOG_REMOTE_CONFIG['{0}'] = {{
    config: {1},
    siteApps: []
  }}
}}());"""


def _answer(content_type: str, text: str) -> Answer:
    headers = (("content-type", content_type), ("cache-control", "public, max-age=300"))
    return Answer(status=HTTPStatus.OK, body=text.encode(), headers=headers)
