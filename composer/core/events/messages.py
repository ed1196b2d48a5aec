"""Messages between people, tools and language models, as fields. Data only.

Source: event-catalogue.md, section 24: a role, and a content that is text or a list of parts. What
else a message has, such as calls of tools, is shown with it as it stands.
"""

from composer.core.fields import Field, Kind, Part, Shape
from composer.core.jsontext import Object
from composer.core.rows import RowKind

_CONTENT = (RowKind.TEXT, RowKind.LIST, RowKind.OBJECT, RowKind.NULL)
_ROLES = ("user", "assistant", "system", "developer", "tool")


def _messages(noun: str, role: str, words: str) -> Shape:
    said = Field(key="role", label="Role", kind=Kind.CHOICE, default=role, choices=_ROLES)
    content = Field(
        key="content",
        label="Content",
        kind=Kind.VALUE,
        example=words,
        default="",
        required=True,
        kinds=_CONTENT,
    )
    return Shape(
        noun=noun,
        is_flat=True,
        title=(("role",), ("content",)),
        parts=(
            Part(path=("role",), field=said),
            Part(path=("content",), field=content, is_wide=True),
        ),
    )


def _message(role: str, content: str) -> Object:
    return Object((("role", role), ("content", content)))


QUESTIONS = Field(
    key="$ai_input",
    label="Input messages",
    kind=Kind.ITEMS,
    help="What the model was given, the first message first.",
    example=(_message("user", "When do you open on Sunday?"),),
    shape=_messages("input message", "user", "When do you open on Sunday?"),
)
ANSWERS = Field(
    key="$ai_output_choices",
    label="Output messages",
    kind=Kind.ITEMS,
    help="What the model answered.",
    example=(_message("assistant", "At ten."),),
    shape=_messages("output message", "assistant", "At ten."),
)
