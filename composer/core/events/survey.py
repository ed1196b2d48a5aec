"""Surveys: shown, answered, closed. Data only.

Source: event-catalogue.md, sections 18 to 20.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import Action, Column, EventType, Family, Field, Kind, Priority
from composer.core.jsontext import Number, Object

SURVEY_ID = Field(
    key="$survey_id",
    label="Survey ID",
    help="The last part of the survey's address in PostHog.",
    example="0193d0aa-1c22-0000-9a51-6b0e5d2f7711",
    required=True,
)

SURVEY_NAME = Field(
    key="$survey_name",
    label="Survey name",
    help="The survey's name in PostHog.",
    example="Delivery quality",
)

ITERATION = Field(
    key="$survey_iteration",
    label="Round",
    kind=Kind.NUMBER,
    help="Which round it was, for a survey that is repeated.",
    example=Number("1"),
    advanced=True,
)

SURVEY_SHOWN = EventType(
    id="survey_shown",
    family=Family.SURVEY,
    title="Survey shown",
    event="survey shown",
    priority=Priority.COMMON,
    summary="A survey appeared to a person. PostHog counts it and notes on the person when a "
    "survey was last seen.",
    docs="https://posthog.com/docs/surveys/implementing-custom-surveys",
    pitfalls=(
        "The name has a space and no $.",
        "PostHog sets $survey_last_seen_date on the person to this event's time, unless you do.",
    ),
    fields=(
        SURVEY_ID,
        SURVEY_NAME,
        replace(ITERATION, advanced=False),
        Field(
            key="$survey_iteration_start_date",
            label="Round began",
            kind=Kind.TIME,
            help="When this round of the survey began.",
            example="2026-03-01T00:00:00Z",
            advanced=True,
        ),
        Field(
            key="$ai_trace_id",
            label="AI trace ID",
            help="Ties the survey to a conversation with an AI.",
            example="chat-2026-03-14-01",
            advanced=True,
        ),
    ),
)

SURVEY_SENT = EventType(
    id="survey_sent",
    family=Family.SURVEY,
    title="Survey answer",
    event="survey sent",
    summary="A person answered a survey, for example on the phone. It appears among the survey's "
    "results.",
    docs="https://posthog.com/docs/surveys/implementing-custom-surveys",
    pitfalls=(
        "An answer to a wrong question ID is stored and never shown.",
        "Write ratings as text: a 9 in quotes. PostHog takes numbers, but the results want text.",
        "To not show it again, set $survey_responded/… (survey ID) to yes on the person.",
    ),
    fields=(
        SURVEY_ID,
        Field(
            key="$survey_response_",
            label="Answers",
            kind=Kind.ANSWERS,
            help="Question ID and answer; a list where several were ticked. Answers by position "
            "have 1, 2 … in place of the ID.",
            example=Object((("4f1c2a90-77e1-4f2b-9a55-0d2f6c1b8e10", "9"),)),
            required=True,
        ),
        Field(
            key="$survey_questions",
            label="Questions",
            kind=Kind.RECORDS,
            help="The wording of each question, so that PostHog can show it with the answer.",
            example=(
                Object(
                    (
                        ("id", "4f1c2a90-77e1-4f2b-9a55-0d2f6c1b8e10"),
                        ("question", "How was your delivery?"),
                    )
                ),
            ),
            columns=(Column(key="id", required=True), Column(key="question", required=True)),
        ),
        SURVEY_NAME,
        Field(
            key="$survey_completed",
            label="Completed",
            kind=Kind.YES_NO,
            help="Yes on the last or only part of the answers.",
            example=True,
        ),
        Field(
            key="$survey_submission_id",
            label="Submission ID",
            kind=Kind.UUID,
            help="Needed only if the answers come in parts: the same for all of them.",
            example="019a964c-b1c0-71e7-a8e2-5d940ed90475",
            advanced=True,
            action=Action.NEW_UUID,
        ),
        ITERATION,
        Field(
            key="$survey_response",
            label="First answer, by position",
            help="The old way, if you do not know the question's ID. The second one is "
            "$survey_response_1.",
            example="9",
            advanced=True,
        ),
        replace(
            common.SET,
            help="$survey_responded/ with the survey ID, set to yes, keeps the survey from being "
            "shown again. For a repeated survey / and the round follow.",
            example=Object((("$survey_responded/0193d0aa-1c22-0000-9a51-6b0e5d2f7711", True),)),
        ),
    ),
)

SURVEY_DISMISSED = EventType(
    id="survey_dismissed",
    family=Family.SURVEY,
    title="Survey dismissed",
    event="survey dismissed",
    priority=Priority.COMMON,
    summary="A person closed a survey without answering all of it. PostHog works out from it how "
    "many do so.",
    docs="https://posthog.com/docs/surveys/implementing-custom-surveys",
    pitfalls=(
        "The name has a space and no $.",
        "New browser SDKs also send survey abandoned, which PostHog does not document.",
    ),
    fields=(
        SURVEY_ID,
        SURVEY_NAME,
        Field(
            key="$survey_partially_completed",
            label="Some were answered",
            kind=Kind.YES_NO,
            help="Yes if the person answered some questions before closing it.",
            example=True,
        ),
        ITERATION,
    ),
)

SURVEY_EVENTS = (SURVEY_SHOWN, SURVEY_SENT, SURVEY_DISMISSED)
