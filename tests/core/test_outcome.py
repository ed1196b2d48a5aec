"""Answers are told apart: a yes, and the kinds of no."""

import pytest

from composer.core.outcome import Accepted, Refusal, Rejected, Response, judge

HTML = (("Content-Type", "text/html; charset=utf-8"),)


def answer(status: int, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()) -> Response:
    return Response(status=status, body=body, headers=headers)


@pytest.mark.parametrize(
    "response",
    [answer(200, b'{"status":"Ok"}'), answer(200, b'{"status": 1}'), answer(204), answer(299)],
)
def test_any_status_of_success_without_a_web_page_is_a_yes(response: Response) -> None:
    assert judge(response) == Accepted(response=response)


@pytest.mark.parametrize(
    ("response", "refusal"),
    [
        (answer(101), Refusal.UNEXPECTED),
        (answer(600), Refusal.UNEXPECTED),
        (answer(301), Refusal.REDIRECT),
        (answer(302, b"<html>", HTML), Refusal.REDIRECT),
        (answer(200, b"hello", HTML), Refusal.WEB_PAGE),
        (answer(200, b" \n<!DOCTYPE html><p>"), Refusal.WEB_PAGE),
        (answer(404, b"<html lang=en>"), Refusal.WEB_PAGE),
        (answer(502, b"", (("content-type", "application/xhtml+xml"),)), Refusal.WEB_PAGE),
        (answer(400, b"failed to parse request"), Refusal.BAD_EVENT),
        (answer(401), Refusal.BAD_TOKEN),
        (answer(403), Refusal.BAD_TOKEN),
        (answer(404), Refusal.NOT_FOUND),
        (answer(405), Refusal.NOT_FOUND),
        (answer(413), Refusal.TOO_LARGE),
        (answer(418), Refusal.CLIENT_ERROR),
        (answer(429), Refusal.TOO_MANY),
        (answer(500), Refusal.SERVER_ERROR),
        (answer(503), Refusal.SERVER_ERROR),
    ],
)
def test_everything_else_is_a_no_of_its_kind(response: Response, refusal: Refusal) -> None:
    assert judge(response) == Rejected(response=response, refusal=refusal)


def test_headers_are_found_in_any_capitalisation_and_the_first_counts() -> None:
    response = answer(200, headers=(("Retry-After", "7"), ("retry-after", "8")))
    assert response.header("RETRY-AFTER") == "7"
    assert response.header("Location") == ""


def test_bytes_that_are_no_text_can_be_read_all_the_same() -> None:
    assert answer(200, b"caf\xe9").text == "caf\ufffd"
