"""The colours and sizes of the window, as values. No Qt: a token is the text ``#RRGGBB``.

Tokens below the line "derived" belong to one use each, and say to which. ``faint`` is too weak to
read (below 4.5 : 1) and serves only decoration and disabled controls.
"""

from dataclasses import dataclass
from typing import Final

CONTROL_HEIGHT: Final = 30
"""Height of a field, button or combo, in device-independent pixels."""
ROW_HEIGHT: Final = 34
"""Height of a row in a list or table."""
RAIL_WIDTH: Final = 208
"""Width of the rail on the left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One set of colours. Every field but ``name`` is ``#RRGGBB``."""

    name: str
    window: str
    surface: str
    raised: str
    line: str
    strong_line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_ground: str
    ok: str
    ok_ground: str
    warning: str
    warning_ground: str
    error: str
    error_ground: str
    json_key: str
    json_string: str
    json_number: str
    json_literal: str
    sandbox: str
    self_hosted: str
    production: str
    # derived
    on_accent: str  # text and icons on an accent ground
    accent_strong: str  # an accent button under the pointer
    ok_text: str  # on ``ok_ground``, where ``ok`` stays below 4.5 : 1 in light
    info: str  # a hint: neither good nor bad
    info_ground: str
    hover: str  # ground of a flat control or row under the pointer
    pressed: str
    current_line: str  # the cursor's line in a code view
    problem_line: str  # a line that is wrong; paler than ``error_ground``, for coloured text
    # the colours that a project can be given, 3 : 1 on ``surface`` at least
    project_green: str
    project_teal: str
    project_blue: str
    project_purple: str
    project_pink: str
    project_red: str
    project_orange: str
    project_grey: str

    @property
    def is_dark(self) -> bool:
        """Whether text is light on dark."""
        return self.name == "dark"


LIGHT: Final = Theme(
    name="light",
    window="#F4F5F8",
    surface="#FFFFFF",
    raised="#F8F9FB",
    line="#DEE2E9",
    strong_line="#C9CFD9",
    text="#1A1F29",
    muted="#5C6675",
    faint="#8791A0",
    accent="#3D5BDB",
    accent_ground="#E9EDFD",
    ok="#23803A",
    ok_ground="#E6F4EA",
    warning="#A35200",
    warning_ground="#FFF1DE",
    error="#C32A2A",
    error_ground="#FDEAEA",
    json_key="#17639E",
    json_string="#23803A",
    json_number="#8A2EA6",
    json_literal="#B4420B",
    sandbox="#2B8A3E",
    self_hosted="#1C7ED6",
    production="#D9480F",
    on_accent="#FFFFFF",
    accent_strong="#3049BE",
    ok_text="#1F7535",
    info="#3D5BDB",
    info_ground="#E9EDFD",
    hover="#EEF0F4",
    pressed="#E3E6EC",
    current_line="#F4F6FA",
    problem_line="#FFF2F2",
    project_green="#2B8A3E",
    project_teal="#0C8599",
    project_blue="#1C7ED6",
    project_purple="#7048E8",
    project_pink="#C2255C",
    project_red="#C92A2A",
    project_orange="#D9480F",
    project_grey="#5C6675",
)

DARK: Final = Theme(
    name="dark",
    window="#14171D",
    surface="#1B1F27",
    raised="#20252E",
    line="#2E3540",
    strong_line="#3C4552",
    text="#E7EAEF",
    muted="#A0A9B6",
    faint="#7C8694",
    accent="#8094FF",
    accent_ground="#272F52",
    ok="#5BCB77",
    ok_ground="#1B3324",
    warning="#F2B05E",
    warning_ground="#3A2B16",
    error="#FF8279",
    error_ground="#3E2022",
    json_key="#8DBBF5",
    json_string="#8CD49F",
    json_number="#DFA0F2",
    json_literal="#F2B05E",
    sandbox="#40B35A",
    self_hosted="#4DABF7",
    production="#FF922B",
    on_accent="#14171D",
    accent_strong="#98A8FF",
    ok_text="#5BCB77",
    info="#9AAAFF",
    info_ground="#272F52",
    hover="#272D37",
    pressed="#303743",
    current_line="#20252E",
    problem_line="#3E2022",
    project_green="#40B35A",
    project_teal="#3BC9DB",
    project_blue="#4DABF7",
    project_purple="#B197FC",
    project_pink="#F783AC",
    project_red="#FF8279",
    project_orange="#FF922B",
    project_grey="#A0A9B6",
)
