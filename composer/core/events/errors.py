"""Errors, with their stack traces. Data only.

Source: event-catalogue.md, section 23. Which members a stack frame has depends on the trace: a raw
one is read by PostHog, a resolved one has been read already.
"""

from composer.core.fields import EventType, Family, Field, Kind, Part, Priority, Shape
from composer.core.jsontext import Number, Object, Value


def _part(*path: str, label: str, kind: Kind = Kind.TEXT, example: Value = None) -> Part:
    return Part(path=path, field=Field(key=path[-1], label=label, kind=kind, example=example))


def _frame_part(
    variant: str, key: str, label: str, kind: Kind = Kind.TEXT, *, wide: bool = False, example: str
) -> Part:
    shown = Number(example) if kind is Kind.NUMBER else example or None
    field = Field(key=key, label=label, kind=kind, example=shown)
    return Part(path=(key,), field=field, is_wide=wide, variant=variant)


_RAW, _RESOLVED = "raw", "resolved"

FRAME = Shape(
    noun="frame",
    title=(
        ("function",),
        ("mangled_name",),
        ("filename",),
        ("source",),
        ("lineno",),
        ("line",),
    ),
    variant="type",
    kin=(("type", _RAW),),
    parts=(
        _frame_part(_RAW, "function", "Function", wide=True, example="charge"),
        _frame_part(_RAW, "filename", "File", wide=True, example="shop/pay.py"),
        _frame_part(_RAW, "lineno", "Line", Kind.NUMBER, example="88"),
        _frame_part(_RAW, "colno", "Column", Kind.NUMBER, example="12"),
        _frame_part(_RESOLVED, "mangled_name", "Name found", wide=True, example="n.a"),
        _frame_part(_RESOLVED, "resolved_name", "Real name", wide=True, example="charge"),
        _frame_part(_RESOLVED, "source", "File", wide=True, example="src/pay.ts"),
        _frame_part(_RESOLVED, "line", "Line", Kind.NUMBER, example="88"),
        _frame_part(_RESOLVED, "column", "Column", Kind.NUMBER, example="12"),
        Part(
            path=("platform",),
            field=Field(
                key="platform",
                label="Platform",
                kind=Kind.CHOICE,
                default="custom",
                choices=(
                    "custom",
                    "go",
                    "hermes",
                    "java",
                    "node:javascript",
                    "python",
                    "ruby",
                    "web:javascript",
                ),
            ),
            variant=_RAW,
            repeats=True,
        ),
        Part(
            path=("lang",),
            field=Field(key="lang", label="Language", example="python"),
            repeats=True,
        ),
        _frame_part(_RAW, "module", "Module", example="shop.pay"),
        _part("in_app", label="Your code", kind=Kind.YES_NO),
        _frame_part(_RESOLVED, "resolved", "Resolved", Kind.YES_NO, example=""),
        _frame_part(_RESOLVED, "raw_id", "Raw ID", wide=True, example="89f3907385ddb1bd"),
    ),
)

ERROR = Shape(
    noun="exception",
    title=(("type",), ("value",)),
    opens=1,
    parts=(
        Part(
            path=("type",),
            field=Field(
                key="type", label="Type", example="PaymentDeclined", default="", required=True
            ),
            is_wide=True,
        ),
        Part(
            path=("value",),
            field=Field(
                key="value",
                label="Message",
                example="Card refused by bank",
                default="",
                required=True,
            ),
            is_wide=True,
        ),
        _part("mechanism", "handled", label="Handled", kind=Kind.YES_NO),
        _part("mechanism", "synthetic", label="Made up", kind=Kind.YES_NO),
        _part("mechanism", "type", label="Caught by", example="generic"),
        _part("module", label="Module", example="shop.pay"),
        _part("thread_id", label="Thread", kind=Kind.NUMBER, example=Number("1")),
        Part(
            path=("stacktrace", "type"),
            field=Field(
                key="type",
                label="Stack trace",
                kind=Kind.CHOICE,
                choices=(_RAW, _RESOLVED),
            ),
        ),
        Part(
            path=("stacktrace", "frames"),
            field=Field(key="frames", label="Stack frames", kind=Kind.ITEMS, shape=FRAME),
            is_wide=True,
        ),
    ),
)

_EXAMPLE = Object(
    (
        ("type", "PaymentDeclined"),
        ("value", "Card refused by bank"),
        ("mechanism", Object((("handled", True), ("synthetic", False)))),
        (
            "stacktrace",
            Object(
                (
                    ("type", _RAW),
                    (
                        "frames",
                        (
                            Object(
                                (
                                    ("platform", "python"),
                                    ("function", "charge"),
                                    ("filename", "shop/pay.py"),
                                    ("lineno", Number("88")),
                                    ("in_app", True),
                                )
                            ),
                        ),
                    ),
                )
            ),
        ),
    )
)

EXCEPTION = EventType(
    id="exception",
    family=Family.ERROR,
    title="Error",
    event="$exception",
    priority=Priority.COMMON,
    summary="Something went wrong in your product. PostHog reads the stack trace and puts the "
    "error to an issue, or makes a new one.",
    docs="https://posthog.com/docs/error-tracking/installation/manual",
    pitfalls=(
        "Without an exception in the list there is no issue.",
        "It never changes a person: PostHog ignores “Also update the person” here.",
        "The project's own settings may suppress an error or limit how many are taken.",
        "An example in PostHog's documentation has a comma too many and is refused as it stands.",
    ),
    fields=(
        Field(
            key="$exception_list",
            label="Exceptions",
            kind=Kind.ITEMS,
            help="What was thrown; if one caused another, the outermost comes first.",
            example=(_EXAMPLE,),
            required=True,
            shape=ERROR,
        ),
        Field(
            key="$exception_level",
            label="Severity",
            kind=Kind.CHOICE,
            help="How bad it is.",
            example="error",
            choices=("fatal", "error", "warning", "info", "debug"),
        ),
        Field(
            key="$exception_fingerprint",
            label="Group under",
            help="Errors with the same text here become one issue. PostHog finds it otherwise.",
            example="payment-declined-bank",
        ),
    ),
)

ERROR_EVENTS = (EXCEPTION,)
