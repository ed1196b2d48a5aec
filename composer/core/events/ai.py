"""What language models did: calls, steps, whole interactions and what people thought. Data only.

Source: event-catalogue.md, sections 24 to 29.
"""

from dataclasses import replace

from composer.core.events.ai_fields import (
    ENDING,
    ERROR,
    FAILED,
    INPUT_COST,
    INPUT_STATE,
    INPUT_TOKENS,
    LATENCY,
    MODEL,
    OTHER_TOKENS,
    OUTPUT_COST,
    OUTPUT_STATE,
    OUTPUT_TOKENS,
    PARAMETERS,
    PARENT,
    PROVIDER,
    REQUEST,
    SESSION,
    SPAN_ID,
    SPAN_NAME,
    TOTAL_COST,
    TRACE,
)
from composer.core.events.messages import ANSWERS, QUESTIONS
from composer.core.fields import EventType, Family, Field, Kind, Priority
from composer.core.jsontext import Number
from composer.core.rows import RowKind

_DOCS = "https://posthog.com/docs/llm-analytics"

GENERATION = EventType(
    id="ai_generation",
    family=Family.AI,
    title="LLM call",
    event="$ai_generation",
    priority=Priority.COMMON,
    summary="A language model was called once. PostHog shows tokens, cost and latency, and makes a "
    "trace from the trace ID.",
    docs=f"{_DOCS}/generations",
    pitfalls=(
        "What people wrote may say who they are. Leave out what nobody else should read.",
        "A long conversation is soon over 1 MB, which is more than PostHog takes.",
        "PostHog computes the cost from provider, model and tokens, unless you give it.",
        "PostHog removes “Also update the person” from AI events.",
    ),
    fields=(
        TRACE,
        MODEL,
        PROVIDER,
        QUESTIONS,
        ANSWERS,
        INPUT_TOKENS,
        OUTPUT_TOKENS,
        *ENDING,
        SPAN_NAME,
        SPAN_ID,
        PARENT,
        SESSION,
        *OTHER_TOKENS,
        INPUT_COST,
        OUTPUT_COST,
        TOTAL_COST,
        *REQUEST,
        *PARAMETERS,
    ),
)

EMBEDDING = EventType(
    id="ai_embedding",
    family=Family.AI,
    title="Embedding call",
    event="$ai_embedding",
    priority=Priority.ADVANCED,
    summary="A model turned text into a vector. PostHog shows it in the trace and computes the "
    "cost from the tokens that went in.",
    docs=f"{_DOCS}/embeddings",
    pitfalls=("What comes out costs nothing: there are no tokens out.",),
    fields=(
        TRACE,
        replace(MODEL, example="text-embedding-3-small"),
        PROVIDER,
        Field(
            key="$ai_input",
            label="Text",
            kind=Kind.VALUE,
            help="What was embedded: text, or a list of texts.",
            example="opening hours sunday",
            kinds=(RowKind.TEXT, RowKind.LIST),
        ),
        replace(INPUT_TOKENS, example=Number("18")),
        *ENDING,
        SPAN_NAME,
        SPAN_ID,
        PARENT,
        SESSION,
        INPUT_COST,
        TOTAL_COST,
        *REQUEST,
    ),
)

SPAN = EventType(
    id="ai_span",
    family=Family.AI,
    title="Step of a trace",
    event="$ai_span",
    priority=Priority.ADVANCED,
    summary="Something happened between the model's calls, such as a tool or a search. PostHog "
    "shows it in the tree of the trace.",
    docs=f"{_DOCS}/spans",
    pitfalls=("Give no cost here: it would be counted twice.",),
    fields=(
        TRACE,
        replace(SPAN_NAME, example="lookup hours", advanced=False),
        INPUT_STATE,
        OUTPUT_STATE,
        replace(LATENCY, advanced=False),
        SPAN_ID,
        PARENT,
        SESSION,
        FAILED,
        ERROR,
    ),
)

WHOLE_TRACE = EventType(
    id="ai_trace",
    family=Family.AI,
    title="Whole interaction",
    event="$ai_trace",
    priority=Priority.ADVANCED,
    summary="Names a trace and says what went in and came out of it as a whole. A trace is there "
    "without it too, from its steps.",
    docs=f"{_DOCS}/traces",
    pitfalls=("PostHog removes a trace ID that is an object or a list. Write text.",),
    fields=(
        TRACE,
        replace(
            SPAN_NAME,
            label="Trace name",
            help="What lists of traces call it.",
            example="opening hours chat",
            advanced=False,
        ),
        INPUT_STATE,
        OUTPUT_STATE,
        replace(LATENCY, example=Number("1.4"), advanced=False),
        SESSION,
        FAILED,
        ERROR,
    ),
)

METRIC = EventType(
    id="ai_metric",
    family=Family.AI,
    title="AI quality score",
    event="$ai_metric",
    priority=Priority.ADVANCED,
    summary="A score with a name for a trace, such as how helpful the answer was. PostHog shows it "
    "with the trace.",
    docs=_DOCS,
    pitfalls=("Write the score as text, also if it is a number: a 4 in quotes.",),
    fields=(
        TRACE,
        Field(
            key="$ai_metric_name",
            label="Score name",
            help="What is scored, the same each time.",
            example="helpfulness",
            required=True,
        ),
        Field(
            key="$ai_metric_value",
            label="Score",
            help="The score as text, such as 4 or negative.",
            example="4",
            required=True,
        ),
    ),
)

FEEDBACK = EventType(
    id="ai_feedback",
    family=Family.AI,
    title="AI feedback",
    event="$ai_feedback",
    priority=Priority.ADVANCED,
    summary="What a person said about an answer of the model. PostHog shows it with the trace.",
    docs=f"{_DOCS}/collect-user-feedback",
    pitfalls=("For thumbs up or down send a survey answer that has the AI trace ID.",),
    fields=(
        TRACE,
        Field(
            key="$ai_feedback_text",
            label="Feedback",
            help="What the person said.",
            example="Right answer, too long.",
            required=True,
        ),
    ),
)

AI_EVENTS = (GENERATION, EMBEDDING, SPAN, WHOLE_TRACE, METRIC, FEEDBACK)
