"""Whatever a person pastes, as requests with drafts of the events in them.

    pasted          what comes out, and the error that says why nothing does
    reading         finds out what it is; all together
    characters, fences
                    from bytes to text, out of mail and chat
    commands, http_text, fetch (javascript, literals), har (picking)
                    where requests are written down
    sources         a request as it was written down
    bodies          from the body of a request to JSON text: packings, strings in strings
    texts, mending (disguises)
                    one JSON text or several, mended where they are not quite JSON
    shapes, addresses, mixpanel
                    what the JSON is, and where it went
    opening         from JSON text to drafts

Nothing is run, resolved or fetched, and what was not understood is named. Every step takes time in
proportion to the text.
"""

from composer.core.paste.bodies import Tools
from composer.core.paste.pasted import Format, Pasted, PastedRequest, PasteError
from composer.core.paste.reading import read_pasted

__all__ = ["Format", "PasteError", "Pasted", "PastedRequest", "Tools", "read_pasted"]
