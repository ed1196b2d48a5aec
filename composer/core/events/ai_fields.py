"""Fields that events of language models share. Data only.

Source: event-catalogue.md, sections 24 to 29.
"""

from composer.core.fields import Action, Field, Kind
from composer.core.jsontext import Number, Object
from composer.core.rows import RowKind

_ANY = tuple(RowKind)
_TEXT_OR_OBJECT = (RowKind.TEXT, RowKind.OBJECT, RowKind.LIST)

TRACE = Field(
    key="$ai_trace_id",
    label="AI trace ID",
    help="The same for all steps of one interaction. Best letters, digits and hyphens only.",
    example="chat-2025-11-18-01",
    required=True,
    action=Action.NEW_UUID,
)
SPAN_ID = Field(
    key="$ai_span_id",
    label="Step ID",
    help="Names this step, so that others can stand below it.",
    example="step-1",
    advanced=True,
    action=Action.NEW_UUID,
)
PARENT = Field(
    key="$ai_parent_id",
    label="Parent ID",
    help="What it is part of: the trace's ID, or another step's.",
    example="chat-2025-11-18-01",
    advanced=True,
)
SPAN_NAME = Field(
    key="$ai_span_name",
    label="Step name",
    help="What the tree of the trace calls this step.",
    example="answer opening hours",
    advanced=True,
)
SESSION = Field(
    key="$ai_session_id",
    label="AI session ID",
    help="The same for all interactions of one conversation.",
    example="desk-7",
    advanced=True,
    action=Action.NEW_UUID,
)
MODEL = Field(
    key="$ai_model",
    label="AI model",
    help="The model's name. With the provider it tells PostHog the price.",
    example="gpt-4o-mini",
)
PROVIDER = Field(
    key="$ai_provider",
    label="Provider",
    kind=Kind.CHOICE,
    help="Who runs the model.",
    example="openai",
    choices=("openai", "anthropic", "gemini", "azure", "bedrock", "mistral"),
)
LATENCY = Field(
    key="$ai_latency",
    label="Latency",
    kind=Kind.NUMBER,
    help="How long it took, in seconds.",
    example=Number("1.2"),
    advanced=True,
)
FAILED = Field(
    key="$ai_is_error",
    label="Failed",
    kind=Kind.YES_NO,
    help="Yes if it ended in an error.",
    example=False,
    advanced=True,
)
ERROR = Field(
    key="$ai_error",
    label="Error",
    kind=Kind.VALUE,
    help="What went wrong: a message, or what the provider answered.",
    example="Rate limit reached",
    advanced=True,
    kinds=_TEXT_OR_OBJECT,
)
ENDING = (LATENCY, FAILED, ERROR)
"""How it went."""

INPUT_TOKENS = Field(
    key="$ai_input_tokens",
    label="Tokens in",
    kind=Kind.NUMBER,
    help="How many tokens the input had. PostHog empties what it cannot read as a number.",
    example=Number("210"),
)
OUTPUT_TOKENS = Field(
    key="$ai_output_tokens",
    label="Tokens out",
    kind=Kind.NUMBER,
    help="How many tokens came back.",
    example=Number("64"),
)


def _tokens(key: str, label: str, words: str, example: str) -> Field:
    number = Number(example)
    return Field(key=key, label=label, kind=Kind.NUMBER, help=words, example=number, advanced=True)


def _cost(part: str, label: str, example: str) -> Field:
    return Field(
        key=f"$ai_{part}_cost_usd",
        label=label,
        kind=Kind.NUMBER,
        help="In US dollars, in place of what PostHog computes.",
        example=Number(example),
        advanced=True,
    )


OTHER_TOKENS = (
    _tokens("$ai_reasoning_tokens", "Reasoning tokens", "Spent on thinking.", "120"),
    _tokens("$ai_cache_read_input_tokens", "Cached tokens", "Read from the cache.", "180"),
    _tokens("$ai_cache_creation_input_tokens", "Tokens cached", "Put into the cache.", "30"),
)
INPUT_COST = _cost("input", "Input cost", "0.000032")
OUTPUT_COST = _cost("output", "Output cost", "0.000038")
TOTAL_COST = _cost("total", "Total cost", "0.00007")

REQUEST = (
    Field(
        key="$ai_http_status",
        label="HTTP status",
        kind=Kind.NUMBER,
        help="What the provider answered with.",
        example=Number("200"),
        advanced=True,
    ),
    Field(
        key="$ai_base_url",
        label="Base URL",
        kind=Kind.URL,
        help="The address of the provider's API.",
        example="https://api.openai.com/v1",
        advanced=True,
    ),
    Field(
        key="$ai_request_url",
        label="Request URL",
        kind=Kind.URL,
        help="The whole address that was called.",
        example="https://api.openai.com/v1/chat/completions",
        advanced=True,
    ),
)
PARAMETERS = (
    Field(
        key="$ai_temperature",
        label="Temperature",
        kind=Kind.NUMBER,
        help="How freely the model was to choose.",
        example=Number("0.2"),
        advanced=True,
    ),
    Field(
        key="$ai_max_tokens",
        label="Most tokens",
        kind=Kind.NUMBER,
        help="How long the answer was allowed to be, in tokens.",
        example=Number("400"),
        advanced=True,
    ),
    Field(
        key="$ai_stream",
        label="Streamed",
        kind=Kind.YES_NO,
        help="Yes if the answer came bit by bit.",
        example=False,
        advanced=True,
    ),
    Field(
        key="$ai_tools",
        label="Tools",
        kind=Kind.VALUE,
        help="What the model could call, as a list like the provider's.",
        example=(Object((("type", "function"), ("name", "lookup_hours"))),),
        advanced=True,
        kinds=(RowKind.LIST, RowKind.OBJECT, RowKind.TEXT),
    ),
)
INPUT_STATE = Field(
    key="$ai_input_state",
    label="Input",
    kind=Kind.VALUE,
    help="What went in, in any form.",
    example=Object((("day", "sunday"),)),
    kinds=_ANY,
)
OUTPUT_STATE = Field(
    key="$ai_output_state",
    label="Output",
    kind=Kind.VALUE,
    help="What came out, in any form.",
    example=Object((("opens", "10:00"),)),
    kinds=_ANY,
)
