"""Between Compose and the templates: save as, save over, edit an event and put it back."""

from composer.core.templates import Variable
from composer.ui.widgets import Severity
from tests.helpers.templates import SEQUENCE, TemplatesPlace, event, template


async def test_the_draft_is_kept_under_a_name_in_a_folder_without_its_token(
    place: TemplatesPlace,
) -> None:
    place.bench.session.set_value(("distinct_id",), "ada")
    place.pages.template_desk.save_as("Mine", "Support")
    await place.told("Saved as template “Mine”")
    (kept,) = place.own
    assert (kept.name, kept.folder) == ("Mine", "Support")
    assert kept.draft.payload.get("distinct_id") == "ada"
    assert "api_key" not in kept.draft.payload


async def test_a_used_name_keeps_both_and_offers_to_replace(place: TemplatesPlace) -> None:
    await place.keep(template("Upgrade", description="Why"))
    place.bench.session.set_value(("event",), "newer")
    place.pages.template_desk.save_as("upgrade")
    message = await place.told("There is a template “Upgrade” already")
    assert [one.name for one in place.own] == ["Upgrade", "upgrade 2"]
    assert message.run is not None
    message.run()
    await place.told("Replaced “Upgrade”")
    (kept,) = place.own
    assert (kept.name, kept.description) == ("Upgrade", "Why")
    assert kept.draft.payload.get("event") == "newer"


async def test_an_opened_template_is_saved_over_with_its_variables(place: TemplatesPlace) -> None:
    asking = template(
        "ask", event("paid", "{{customer}}"), variables=(Variable(name="customer", label="Who"),)
    )
    await place.keep(asking)
    desk, session = place.pages.template_desk, place.bench.session
    desk.open(place.own[0])
    assert desk.source is not None
    session.answer("customer", "ada")
    session.set_value(("properties", "amount"), "12")
    desk.save_over()
    await place.told("Saved “ask”")
    (kept,) = place.own
    assert kept.draft.payload.get("distinct_id") == "{{customer}}"
    assert kept.draft.value(("properties", "amount")) == "12"
    assert [variable.label for variable in kept.variables] == ["Who"]


async def test_another_tab_has_no_source(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    desk, session = place.pages.template_desk, place.bench.session
    desk.open(place.own[0])
    first = session.tab.id
    session.open_tab()
    assert desk.source is None
    session.switch_to(first)
    assert desk.source is not None


async def test_an_event_is_edited_as_it_is_kept_and_put_back(place: TemplatesPlace) -> None:
    await place.keep(SEQUENCE)
    desk, session = place.pages.template_desk, place.bench.session
    desk.edit_step(place.own[0], 1)
    assert session.draft.payload.get("distinct_id") == "{{customer}}"
    assert desk.edited is not None
    session.set_value(("event",), "signed up again")
    desk.put_back()
    await place.told("Put back into “First sign-up”")
    (kept,) = place.own
    names = [step.draft.payload.get("event") for step in kept.steps]
    assert names == ["visited", "signed up again", "bought"]
    assert all("api_key" not in step.draft.payload for step in kept.steps)
    assert desk.edited is None


async def test_leaving_an_event_changes_nothing(place: TemplatesPlace) -> None:
    await place.keep(SEQUENCE)
    desk = place.pages.template_desk
    desk.edit_step(place.own[0], 0)
    before = place.own
    desk.leave_step()
    assert desk.edited is None
    desk.put_back()
    assert place.own == before


async def test_text_that_does_not_parse_is_not_put_back(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    desk = place.pages.template_desk
    desk.edit_step(place.own[0], 0)
    place.bench.session.set_text("{")
    desk.put_back()
    assert desk.edited is not None


async def test_the_event_in_compose_becomes_the_next_step(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    place.bench.session.set_value(("event",), "second")
    place.choose("one")
    place.library.detail.steps.add_wanted.emit()
    message = await place.told("Added to “one”")
    assert [step.draft.payload.get("event") for step in place.own[0].steps] == [
        "event of one",
        "second",
    ]
    assert message.run is not None
    message.run()
    await place.until(lambda: not place.own[0].is_sequence, "the undo")


async def test_the_batch_and_the_open_tabs_become_sequences(place: TemplatesPlace) -> None:
    desk = place.pages.template_desk
    place.bench.batch.add(event("a"), event("b"))
    await place.bench.batch.settled()
    menu = place.library.add.menu_lines
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if "2 events of the batch" in action.text()).trigger()
    await place.told("Saved as template “New sequence”")
    place.bench.session.open_tab()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if "2 open tabs" in action.text()).trigger()
    await place.told("There is a template “New sequence” already")
    assert [len(one.steps) for one in place.own] == [2, 2]
    assert desk.edited is None


async def test_a_sequence_is_run_and_not_opened(place: TemplatesPlace) -> None:
    await place.keep(SEQUENCE)
    shown: list[bool] = []
    place.pages.templates_wanted.connect(lambda: shown.append(True))
    before = place.bench.session.tabs
    place.pages.template_desk.open(place.own[0])
    assert shown == [True]
    assert place.bench.session.tabs == before
    assert place.page.run.isVisible()


async def test_a_template_that_vanished_is_no_source_any_more(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    desk = place.pages.template_desk
    desk.open(place.own[0])
    place.bench.services.templates.delete(place.own[0].id)
    await place.read()
    assert desk.source is None
    desk.save_over()
    assert place.own == []
    assert all(message.severity is not Severity.ERROR for message in place.said)
