"""Settings as a JSON object and back: names, limits and defaults of every setting.

Knows nothing of files.
"""

from __future__ import annotations

from pathlib import Path

from composer.core.curl import Style
from composer.core.jsontext import Layout, Number, Object
from composer.core.settings import LARGEST_RETENTION, Retention, Settings, ThemeChoice
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.services.batch_options_form import read_options, written_options
from composer.services.settings_members import Members
from composer.services.settings_places import read_places, written_places

VERSION = 1


def written_settings(settings: Settings) -> Object:
    """The settings as they stand in the file. Destinations are keyed by their id."""
    copy_key = None if settings.copy_key is None else settings.copy_key.value
    return Object(
        (
            ("version", Number(str(VERSION))),
            ("theme", settings.theme.value),
            ("layout", settings.layout.value),
            ("destination", settings.destination_id),
            ("destinations", written_places(settings.destinations)),
            ("copy_key", copy_key),
            ("copy_shell", settings.copy_shell.value),
            ("copy_style", settings.copy_style.value),
            ("code_target", settings.code_target),
            ("hide_key", settings.hide_key),
            ("connect_timeout", Number(repr(float(settings.connect_timeout)))),
            ("answer_timeout", Number(repr(float(settings.answer_timeout)))),
            ("sandbox_port", Number(str(settings.sandbox_port))),
            ("retention", _written_retention(settings.retention)),
            ("templates_folder", settings.templates_folder),
            ("batch", written_options(settings.batch)),
            ("batch_columns", settings.batch_columns),
            ("window", settings.window),
        )
    )


def read_settings(source: Object) -> tuple[Settings, tuple[str, ...]]:
    """The settings in ``source``, and the names of those that were wrong and left out."""
    form = Members(source)
    default = Settings()
    places = read_places(form)
    chosen = form.text("destination", default.destination_id)
    if all(place.id != chosen for place in places):
        chosen = form.wrong("destination", default.destination_id)
    settings = Settings(
        theme=form.choice("theme", ThemeChoice, default.theme),
        layout=form.choice("layout", Layout, default.layout),
        destination_id=chosen,
        destinations=places,
        copy_key=form.choice("copy_key", KeyMode, default.copy_key),
        copy_shell=form.choice("copy_shell", Shell, default.copy_shell),
        copy_style=form.choice("copy_style", Style, default.copy_style),
        code_target=form.text("code_target", default.code_target),
        hide_key=form.switch("hide_key", default=default.hide_key),
        connect_timeout=form.seconds("connect_timeout", default.connect_timeout),
        answer_timeout=form.seconds("answer_timeout", default.answer_timeout),
        sandbox_port=form.port("sandbox_port", default.sandbox_port),
        retention=_retention(form),
        templates_folder=_folder(form),
        batch=read_options(form.part("batch")),
        batch_columns=form.texts_or_none("batch_columns"),
        window=form.text("window", default.window),
    )
    return settings, tuple(form.faults)


def _retention(form: Members) -> Retention:
    part, most = form.part("retention"), LARGEST_RETENTION
    return Retention(
        days=part.count_or_none("days", most.days or 0),
        rows=part.count_or_none("rows", most.rows or 0),
        megabytes=part.count_or_none("megabytes", most.megabytes or 0),
    )


def _folder(form: Members) -> str:
    path = form.text("templates_folder", "")
    is_usable = not path or (Path(path).is_absolute() and "\0" not in path)
    return path if is_usable else form.wrong("templates_folder", "")


def _written_retention(retention: Retention) -> Object:
    limits = (
        ("days", retention.days),
        ("rows", retention.rows),
        ("megabytes", retention.megabytes),
    )
    return Object(
        tuple((name, None if most is None else Number(str(most))) for name, most in limits)
    )
