"""Forms: what is composed, and what is wrong with it."""

from __future__ import annotations

from composer.core.destination import DestinationKind
from composer.ui.actions import Command
from tests.screens.stage import TOKEN, Stage


async def page_view(stage: Stage) -> None:
    stage.choose("pageview", example=True)
    stage.put("properties.plan", "pro")
    stage.put("properties.seats", 14)


async def more_options(stage: Stage) -> None:
    stage.choose("pageview", example=True)
    stage.window.compose.form.focus_path(("properties", "$ip"))


async def long_values(stage: Stage) -> None:
    stage.choose("custom")
    stage.put("event", "order " + "very " * 30 + "long")
    stage.put("distinct_id", "customer-" + "0123456789" * 12)
    stage.put("properties.a rather long name of a property", "text " * 60)
    stage.put("properties.items", [{"sku": "A-1", "price": 1.5}, {"sku": "B-2", "price": 20}])
    stage.put("properties.address", {"city": "Lyon", "zip": "69001"})
    stage.put("properties.vip", value=True)
    stage.put("properties.nothing", None)


async def problems(stage: Stage) -> None:
    stage.choose("pageview")
    stage.put("distinct_id", "")
    stage.put("timestamp", "yesterday at noon")
    stage.put("properties.$current_url", "shop.example/pricing")
    stage.session.set_token("phx_personal")


async def broken_json(stage: Stage) -> None:
    text = stage.session.text
    stage.session.set_text(text.replace('"pro"', '"pro" "free"'))


async def survey(stage: Stage) -> None:
    stage.choose("survey_sent", example=True)


async def identify(stage: Stage) -> None:
    stage.choose("identify", example=True)


async def unset(stage: Stage) -> None:
    stage.choose("unset", example=True)
    stage.put("properties.plan", "pro")


async def autocapture(stage: Stage) -> None:
    stage.choose("autocapture", example=True)
    around = {"tag_name": "form", "attr__id": "basket", "attr__class": ["box", "wide"]}
    element = {"tag_name": "button", "$el_text": "Order", "nth_child": 2, "nth_of_type": 1}
    stage.put("properties.$elements", [element, around])


async def lifecycle(stage: Stage) -> None:
    stage.choose("app_lifecycle", example=True)


async def flag(stage: Stage) -> None:
    stage.choose("flag_called", example=True)
    stage.put("properties.$feature/old-basket", value=True)


async def naming(stage: Stage) -> None:
    stage.do(Command.SAVE_TEMPLATE)


async def added(stage: Stage) -> None:
    stage.do(Command.ADD_TO_BATCH)


async def bad_address(stage: Stage) -> None:
    stage.aim(DestinationKind.SELF_HOSTED, "posthog.shop.example", TOKEN)


async def production(stage: Stage) -> None:
    await page_view(stage)
    stage.aim(DestinationKind.EU, token=TOKEN)


async def no_token(stage: Stage) -> None:
    stage.aim(DestinationKind.US)
