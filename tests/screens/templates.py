"""Templates: the list with folders, a starter, prompts, a sequence before and after, an import."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.draft import Draft
from composer.core.jsontext import Object, from_python
from composer.core.templates import Step, Template, Variable, VariableKind
from composer.ui.actions import Command
from composer.ui.rail import Place
from composer.ui.templates.detail import Sheet
from tests.screens.stage import TOKEN, Stage

_THEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def _draft(type_id: str, event: str, person: str, **properties: object) -> Draft:
    payload = from_python({"event": event, "distinct_id": person, "properties": properties})
    assert isinstance(payload, Object)
    return Draft(type_id=type_id, payload=payload)


_ASKED = (
    Variable(
        name="customer_id",
        label="Customer",
        help="The ID in your billing system, not the e-mail address.",
    ),
    Variable(name="plan", label="New plan", choices=("free", "pro", "enterprise"), default="pro"),
    Variable(name="seats", label="Seats", kind=VariableKind.NUMBER),
    Variable(
        name="is_trial", label="On trial", kind=VariableKind.YES_NO, default="no", required=False
    ),
    Variable(name="ticket", label="Ticket", required=False, help="Empty: it is left out."),
)
UPGRADE = Template(
    id="",
    name="Plan upgraded by support",
    folder="Billing",
    description="Use it when a customer was upgraded by hand and the event never came.\n\n"
    "Look at the person's plan in PostHog afterwards.",
    tags=("billing", "upgrade"),
    variables=_ASKED,
    steps=(
        Step(
            draft=_draft(
                "custom",
                "plan upgraded",
                "{{customer_id}}",
                plan="{{plan}}",
                seats="{{seats}}",
                is_trial="{{is_trial}}",
                ticket="{{ticket}}",
            )
        ),
    ),
    saved_at=_THEN,
)
SIGN_UP = Template(
    id="",
    name="First sign-up",
    folder="Sign-up/Web",
    description="An anonymous visit that becomes a customer.",
    tags=("identify",),
    variables=(
        Variable(name="visitor", label="Anonymous ID", default="0193-visitor"),
        Variable(name="customer_id", label="Customer"),
    ),
    steps=(
        Step(
            draft=_draft(
                "pageview", "$pageview", "{{visitor}}", **{"$current_url": "https://shop.example/"}
            )
        ),
        Step(
            draft=_draft(
                "identify", "$identify", "{{customer_id}}", **{"$anon_distinct_id": "{{visitor}}"}
            ),
            after=90.0,
        ),
        Step(draft=_draft("custom", "signed up", "{{customer_id}}", plan="free"), after=2.0),
    ),
    saved_at=_THEN,
)


async def _kept(stage: Stage) -> None:
    keep = stage.bench.services.templates.save
    others = (
        ("Refund after a complaint", "Billing", "refund issued"),
        ("Invoice sent twice", "Billing/Invoices", "invoice sent"),
        ("Ticket 4812", "", "export failed"),
    )
    for name, folder, event in others:
        step = Step(draft=_draft("custom", event, "customer-42", amount=12))
        keep(replace(UPGRADE, name=name, folder=folder, variables=(), tags=(), steps=(step,)))
    keep(UPGRADE)
    keep(SIGN_UP)


async def _listed(stage: Stage, name: str) -> None:
    await _kept(stage)
    stage.go(Place.TEMPLATES)
    await stage.until(lambda: stage.window.pages.shelf.is_read)
    choose(stage, name)


def choose(stage: Stage, name: str) -> None:
    shelf, page = stage.window.pages.shelf, stage.window.pages.templates
    page.show_template(next(one.id for one in shelf.templates if one.name == name))


def _opened(stage: Stage, name: str) -> None:
    shelf = stage.window.pages.shelf
    stage.window.open_template(next(one for one in shelf.templates if one.name == name))


async def folders(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)


async def prompts(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    detail = stage.window.pages.templates.library.detail
    detail.show_sheet(Sheet.PROMPTS)
    stage.button("Edit the prompt for plan").click()


async def steps(stage: Stage) -> None:
    await _listed(stage, SIGN_UP.name)
    detail = stage.window.pages.templates.library.detail
    detail.show_sheet(Sheet.EVENTS)
    detail.steps.table.choose(1)


async def starter(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    shelf = stage.window.pages.shelf
    own = next((one for one in shelf.templates if one.is_starter), None)
    if own is not None:
        choose(stage, own.name)


async def search(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    QTest.keyClicks(stage.find(QLineEdit, "Search templates"), "billing refund")


async def filled(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    _opened(stage, UPGRADE.name)
    session = stage.session
    for name, text in (("customer_id", "customer-42"), ("seats", "14"), ("ticket", "4812")):
        session.answer(name, text)


async def unfilled(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    _opened(stage, UPGRADE.name)
    stage.do(Command.SEND)


async def editing(stage: Stage) -> None:
    await _listed(stage, SIGN_UP.name)
    page = stage.window.pages.templates
    chosen = page.library.chosen
    assert chosen is not None
    stage.window.pages.template_desk.edit_step(chosen, 1)


async def naming(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    _opened(stage, UPGRADE.name)
    stage.do(Command.SAVE_TEMPLATE)


async def run(stage: Stage) -> None:
    await _listed(stage, SIGN_UP.name)
    _opened(stage, SIGN_UP.name)


async def run_done(stage: Stage) -> None:
    await run(stage)
    await asyncio.to_thread(stage.app.sandbox.await_ready)
    view = stage.window.pages.templates.run
    view.prompts.focus_variable("customer_id")
    QTest.keyClicks(stage.find(QLineEdit, "Customer"), "customer-42")
    view.send_one_by_one()
    await stage.until(lambda: view.run is not None and not view.run.is_active)


async def run_stopped(stage: Stage) -> None:
    await run(stage)
    view = stage.window.pages.templates.run
    QTest.keyClicks(stage.find(QLineEdit, "Customer"), "customer-42")
    preferences = stage.bench.preferences
    place = replace(
        preferences.destinations[-1], address="http://127.0.0.1:9", token=TOKEN, production=False
    )
    preferences.change_destination(place)
    preferences.change(destination_id=place.id)
    view.send_one_by_one()
    await stage.settle(1.5)


async def run_missing(stage: Stage) -> None:
    await run(stage)
    stage.window.pages.templates.run.send_one_by_one()


async def imported(stage: Stage) -> None:
    await _listed(stage, UPGRADE.name)
    folder = Path(stage.bench.services.profile_folder)
    file = folder / "shop.postman_collection.json"
    file.write_text(json.dumps(_COLLECTION), encoding="utf-8")
    stage.window.pages.templates.import_from([str(file)])
    await stage.settle(1.0)
    file.unlink()


_COLLECTION = {
    "info": {
        "name": "Shop",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "variable": [{"key": "customer", "value": "customer-42"}],
    "item": [
        {
            "name": "Checkout",
            "item": [
                {
                    "name": f"{word} order",
                    "request": {
                        "method": "POST",
                        "url": "https://eu.i.posthog.com/capture/",
                        "header": [],
                        "body": {
                            "mode": "raw",
                            "raw": json.dumps(
                                {
                                    "api_key": "phc_secret",
                                    "event": f"order {word.lower()}",
                                    "distinct_id": "{{customer}}",
                                }
                            ),
                        },
                    },
                }
                for word in ("Placed", "Paid", "Refunded")
            ],
        },
        {
            "name": "Health",
            "request": {"method": "GET", "url": "https://shop.example/health", "header": []},
        },
    ],
}
