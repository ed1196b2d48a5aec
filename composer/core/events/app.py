"""What happens in a mobile app: views of screens, and its coming and going. Data only.

Source: event-catalogue.md, sections 13 and 17.
"""

from composer.core.events.pages import SESSION
from composer.core.fields import EventType, Family, Field, Kind, Place, Priority

NAME_FIELDS = (
    Field(
        key="$app_name",
        label="App name",
        help="Your app's name.",
        example="Shop",
    ),
    Field(
        key="$app_namespace",
        label="App namespace",
        help="The bundle or package name.",
        example="com.example.shop",
        advanced=True,
    ),
)

VERSION_FIELDS = (
    Field(
        key="$app_version",
        label="App version",
        help="The version that people see.",
        example="4.2.0",
    ),
    Field(
        key="$app_build",
        label="App build",
        help="The build number of the version.",
        example="4210",
        advanced=True,
    ),
)

DEVICE_FIELDS = (
    Field(
        key="$device_type",
        label="Device type",
        kind=Kind.CHOICE,
        help="The kind of device.",
        example="Mobile",
        advanced=True,
        choices=("Mobile", "Tablet"),
    ),
    Field(
        key="$device_manufacturer",
        label="Device maker",
        help="Who makes the device.",
        example="Apple",
        advanced=True,
    ),
    Field(
        key="$device_name",
        label="Device name",
        help="The device's model.",
        example="iPhone 16",
        advanced=True,
    ),
    Field(
        key="$os_name",
        label="Operating system",
        kind=Kind.CHOICE,
        help="The system's name.",
        example="iOS",
        advanced=True,
        choices=("iOS", "Android"),
    ),
    Field(
        key="$os_version",
        label="System version",
        help="The operating system's version, as text.",
        example="18.1",
        advanced=True,
    ),
)

SCREEN_VIEW = EventType(
    id="screen",
    family=Family.ACTIVITY,
    title="Screen view",
    event="$screen",
    summary="A person looked at a screen of your mobile app. It counts as a view, as a page does "
    "on the web.",
    docs="https://posthog.com/docs/api/capture#screen-view",
    pitfalls=(
        "The screen's name belongs into the properties; a name at the top level is thrown away.",
        "App, device and system are copied to the person.",
    ),
    fields=(
        Field(
            key="$screen_name",
            label="Screen name",
            help="The screen's name, the same each time.",
            example="Basket",
            required=True,
        ),
        SESSION,
        NAME_FIELDS[0],
        *VERSION_FIELDS,
        NAME_FIELDS[1],
        *DEVICE_FIELDS,
    ),
)

LIFECYCLE_NAMES = (
    "Application opened",
    "Application installed",
    "Application updated",
    "Application backgrounded",
    "Application became active",
    "Deep link opened",
)

APP_LIFECYCLE = EventType(
    id="app_lifecycle",
    family=Family.ACTIVITY,
    title="App lifecycle",
    event=LIFECYCLE_NAMES[0],
    names=LIFECYCLE_NAMES,
    priority=Priority.ADVANCED,
    summary="Your app was opened, installed, updated or left. PostHog's mobile SDKs send these "
    "events by themselves; to PostHog they are plain events with fixed names.",
    docs="https://posthog.com/docs/libraries/ios",
    pitfalls=(
        "The names have no $; capital letters and spaces have to be just so.",
        "Version and build of an update are remembered from the SDKs, not documented.",
    ),
    fields=(
        Field(
            key="event",
            label="What happened",
            kind=Kind.CHOICE,
            place=Place.TOP,
            help="One of the six names that the SDKs use.",
            example=LIFECYCLE_NAMES[0],
            choices=LIFECYCLE_NAMES,
            required=True,
            max_length=200,
        ),
        VERSION_FIELDS[0],
        Field(
            key="url",
            label="Link",
            help="For Deep link opened: the address that opened the app.",
            example="shop://menu/autumn",
        ),
        Field(
            key="from_background",
            label="Was in the background",
            kind=Kind.YES_NO,
            help="For Application opened: yes if the app was running already.",
            example=False,
        ),
        SESSION,
        VERSION_FIELDS[1],
        Field(
            key="version",
            label="New version",
            help="For Application installed and updated: the version that is there now.",
            example="4.2.0",
            advanced=True,
        ),
        Field(
            key="build",
            label="New build",
            help="The build number of the new version.",
            example="4210",
            advanced=True,
        ),
        Field(
            key="previous_version",
            label="Version before",
            help="For Application updated: the version that was there.",
            example="4.1.3",
            advanced=True,
        ),
        Field(
            key="previous_build",
            label="Build before",
            help="For Application updated: its build number.",
            example="4133",
            advanced=True,
        ),
        *NAME_FIELDS,
        *DEVICE_FIELDS,
    ),
)
