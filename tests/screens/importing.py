"""Imports: a file and its columns, many columns, what is wrong, progress, what did not fit."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QPushButton

from composer.core.batch.table import ImportProgress
from composer.core.mapping import ColumnRule, Target
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.importing.view import ImportView
from composer.ui.rail import Place
from tests.screens import templates
from tests.screens.stage import Stage

_PLANS = ("free", "pro", "enterprise")


def _orders(rows: int) -> str:
    lines = ["user_id,event,created_at,plan,seats,amount,invoice"]
    for n in range(1, rows + 1):
        day = f"2026-10-{1 + n % 28:02}T{n % 24:02}:30:00Z"
        amount = f"{n * 13 % 997}.50"
        lines.append(
            f"customer-{n},plan upgraded,{day},{_PLANS[n % 3]},{n % 12 + 1},{amount},INV-{n:05}"
        )
    return "\n".join(lines) + "\n"


def _view(stage: Stage) -> ImportView:
    stage.go(Place.BATCH)
    return stage.window.pages.batch.importing


async def _settled(stage: Stage) -> None:
    desk = _view(stage).desk
    await stage.until(lambda: not desk.is_looking and not desk.is_previewing)


async def _look(stage: Stage, name: str, data: str | bytes) -> ImportView:
    path = Path(stage.bench.services.profile_folder) / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    stage.go(Place.BATCH)
    stage.window.pages.batch.import_path(str(path))
    await _settled(stage)
    return _view(stage)


def _choose(view: ImportView, column: str) -> None:
    model = view.columns.model
    rows = range(model.rowCount())
    view.columns.table.choose(next(row for row in rows if model.cell(row, 0).text == column))


async def orders(stage: Stage) -> None:
    view = await _look(stage, "orders of October.csv", _orders(100_000))
    _choose(view, "plan")


async def time_column(stage: Stage) -> None:
    view = await _look(stage, "orders.csv", _orders(2_000))
    _choose(view, "created_at")


async def constant(stage: Stage) -> None:
    view = await _look(stage, "orders.csv", _orders(2_000))
    view.columns.add_constant()


async def naming(stage: Stage) -> None:
    view = await _look(stage, "orders of October.csv", _orders(500))
    view.choices.ask_name()


async def wide(stage: Stage) -> None:
    names = [f"a rather long name of a column, number {n}" for n in range(38)]
    head = ";".join(["E-mail", "Größe", "Datum", *names])
    rows = [
        ";".join([f"ada{n}@shop.example", "groß", "31.12.2026 23:59", *["x"] * 38])
        for n in range(60)
    ]
    await _look(stage, "Müller & Söhne, Export.csv", "\n".join([head, *rows]).encode("cp1252"))


async def mixpanel(stage: Stage) -> None:
    lines = [
        json.dumps(
            {
                "event": "Sign Up" if n % 2 else "$mp_web_page_view",
                "properties": {
                    "time": 1_762_000_000 + n * 60,
                    "distinct_id": f"user-{n}",
                    "$insert_id": f"abc{n:04}",
                    "$browser": "Firefox",
                    "mp_country_code": "DE",
                    "plan": _PLANS[n % 3],
                },
            }
        )
        for n in range(400)
    ]
    await _look(stage, "mixpanel.jsonl.gz", gzip.compress("\n".join(lines).encode()))


async def amplitude(stage: Stage) -> None:
    names = ("[Amplitude] Page Viewed", "Song Played", "[Amplitude] Element Clicked")
    lines = [
        json.dumps(
            {
                "$insert_id": f"insert-{n}",
                "user_id": f"user-{n % 40}" if n % 3 else None,
                "device_id": f"device-{n}",
                "event_type": names[n % 3],
                "event_time": f"2026-10-{1 + n % 28:02} 10:{n % 60:02}:30.123000",
                "event_properties": {
                    "[Amplitude] Page URL": "https://shop.example/",
                    "plan": "pro",
                },
                "user_properties": {"plan": _PLANS[n % 3]},
                "session_id": 1_762_000_000_000 + n,
                "country": "Germany",
                "os_name": "Chrome",
                "library": "amplitude-ts/2.1.0",
                "amplitude_id": 600_000 + n,
            }
        )
        for n in range(400)
    ]
    await _look(stage, "187520_2026-10-01_0#417.json.gz", gzip.compress("\n".join(lines).encode()))
    stage.find(QPushButton, "Change the names of events").click()
    await stage.settle()


async def doubts(stage: Stage) -> None:
    lines = [
        f"customer-{n};paid;0{n}/04/2026 10:30;{n + 2:02}/05/2026;{n}19,90" for n in range(1, 9)
    ]
    head = "customer;action;created;paid on;amount"
    view = await _look(stage, "payments.csv", "\n".join([head, *lines]))
    _choose(view, "created")


async def unfit(stage: Stage) -> None:
    rows = _orders(12).splitlines()
    rows[3] = rows[3].replace("customer-3", "")
    rows[6] = rows[6].replace("2026-10", "some day in October")
    rows[9] = "customer-9,too,few"
    view = await _look(stage, "orders.csv", "\n".join(rows))
    view.preview.table.choose(2)


async def lacking(stage: Stage) -> None:
    view = await _look(stage, "orders.csv", _orders(300))
    desk = view.desk
    rules = tuple(
        rule for rule in desk.mapping.rules if rule.target not in {Target.PERSON, Target.EVENT}
    )
    gone = ColumnRule(column="gone", target=Target.PROPERTY, name="gone")
    desk.change(replace(desk.mapping, rules=(*rules, gone)))
    await _settled(stage)


async def unreadable(stage: Stage) -> None:
    stage.go(Place.BATCH)
    stage.window.pages.batch.import_path("/media/usb/exports/orders of October.csv")
    await _settled(stage)


async def into_template(stage: Stage) -> None:
    stage.bench.services.templates.save(templates.UPGRADE)
    text = _orders(500).replace("user_id", "customer_id", 1)
    view = await _look(stage, "orders.csv", text)
    combo = stage.find(QComboBox, "Template")
    found = next(n for n in range(combo.count()) if combo.itemText(n).startswith("Plan upgraded"))
    combo.setCurrentIndex(found)
    combo.activated.emit(found)
    await stage.settle()
    await _settled(stage)
    _choose(view, "customer_id")


async def generate(stage: Stage) -> None:
    stage.bench.services.templates.save(templates.UPGRADE)
    stage.go(Place.BATCH)
    kept = stage.bench.services.templates.find("Plan upgraded by support")
    assert kept is not None
    _view(stage)
    stage.window.pages.batch.generate()
    await _settled(stage)
    _view(stage).desk.choose_template(kept.id)
    await _settled(stage)


async def generate_plain(stage: Stage) -> None:
    stage.go(Place.BATCH)
    stage.window.pages.batch.generate()
    await _settled(stage)


async def under_way(stage: Stage) -> None:
    view = await _look(stage, "orders of October.csv", _orders(3_000))
    view.desk.phase = Phase.IMPORTING
    view.desk.changed.emit()
    progress = ImportProgress(
        read=41_000_000, size=100_000_000, added=41_000, problems=12, rate=38_400.0
    )
    view.desk.progressed.emit(progress)


async def done(stage: Stage) -> None:
    rows = _orders(2_000).splitlines()
    for n in range(40, 2_000, 40):
        rows[n] = rows[n].replace(f"customer-{n}", "") if n % 80 else f"customer-{n},too,few"
    view = await _look(stage, "orders of October.csv", "\n".join(rows))
    view.desk.start()
    await stage.until(lambda: view.desk.phase is Phase.DONE)
    await stage.settle()
