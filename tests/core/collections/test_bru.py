"""Bruno's text format, block by block."""

from hypothesis import given, strategies as st

from composer.core.collections.bru import Block, read_bru

REQUEST = """\
meta {
  name: Track a sale
  seq: 2
}

post {
  url: {{host}}/capture/
  body: json
}

headers {
  Content-Type: application/json
  ~X-Off: 1
  "x: y": z
}

body:json {
  {
    "event": "sale",
    "properties": {
      "amount": 1
    }
  }
}

vars:pre-request {
  host: https://eu.i.posthog.com
  text: '''
    two
    lines
  '''
}

vars:secret [
  api_key,
  ~off
]

script:pre-request {
  if (a) {
    b();
  }
}

docs {
  # Why
  And when.
}
"""


def test_each_block_is_read_as_what_it_is() -> None:
    found = {block.name: block for block in read_bru(REQUEST)}
    assert found["meta"].pairs == (("name", "Track a sale"), ("seq", "2"))
    assert found["post"].get("url") == "{{host}}/capture/"
    assert found["headers"].pairs == (("Content-Type", "application/json"), ("x: y", "z"))
    assert found["body:json"].text.startswith('{\n  "event": "sale",')
    assert found["body:json"].text.endswith("}")
    assert found["vars:pre-request"].get("text") == "two\nlines"
    assert found["vars:secret"].pairs == (("api_key", ""),)
    assert found["script:pre-request"].text == "if (a) {\n  b();\n}"
    assert found["docs"].text == "# Why\nAnd when."


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read_bru("\ufeff" + REQUEST.replace("\n", "\r\n")) == read_bru(REQUEST)


def test_a_block_that_does_not_end_goes_to_the_end() -> None:
    assert read_bru("docs {\n  open") == (Block(name="docs", text="open"),)


@given(st.text(alphabet="{}[]:~'ab \n\"", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(read_bru(text), tuple)
