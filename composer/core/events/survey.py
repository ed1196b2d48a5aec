"""Answers to surveys. Data only.

Source: event-catalogue.md, section 19.
"""

from composer.core.fields import Action, EventType, Family, Field, Kind
from composer.core.jsontext import Number, Object

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
        Field(
            key="$survey_id",
            label="Survey ID",
            help="The last part of the survey's address in PostHog.",
            example="0193d0aa-1c22-0000-9a51-6b0e5d2f7711",
            required=True,
        ),
        Field(
            key="$survey_response_",
            label="Answers",
            kind=Kind.ANSWERS,
            help="Question ID and answer; a list where several were ticked. Answers by position "
            "($survey_response, $survey_response_1 …) can be added as properties.",
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
            columns=("id", "question"),
        ),
        Field(
            key="$survey_name",
            label="Survey name",
            help="The survey's name in PostHog.",
            example="Delivery quality",
        ),
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
        Field(
            key="$survey_iteration",
            label="Round",
            kind=Kind.NUMBER,
            help="Which round it was, for a survey that is repeated.",
            example=Number("1"),
            advanced=True,
        ),
    ),
)

SURVEY_EVENTS = (SURVEY_SENT,)
