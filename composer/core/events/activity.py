"""What happens on websites and in apps, in the order of the catalogue. Data only.

Source: event-catalogue.md, sections 11 to 17.
"""

from composer.core.events.app import APP_LIFECYCLE, SCREEN_VIEW
from composer.core.events.elements import AUTOCAPTURE, RAGE_CLICK
from composer.core.events.pages import PAGE_LEAVE, PAGE_VIEW
from composer.core.events.vitals import WEB_VITALS

ACTIVITY_EVENTS = (
    PAGE_VIEW,
    PAGE_LEAVE,
    SCREEN_VIEW,
    AUTOCAPTURE,
    RAGE_CLICK,
    WEB_VITALS,
    APP_LIFECYCLE,
)
