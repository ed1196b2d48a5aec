"""What a window knows of the templates: in order, in a thread, also while others change them."""

from dataclasses import replace

from composer.core.templates import Template
from composer.ui.templates.shelf import Shelf
from tests.helpers.templates import TemplatesPlace, template


async def test_an_edit_right_after_a_move_stays_in_the_new_folder(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    shelf, (before,) = place.pages.shelf, place.own
    moved: list[Template] = []
    shelf.move([before.id], "Billing", moved.extend)
    shelf.save(replace(before, description="written before the move was done"))
    shelf.save(replace(before, description="and again", tags=("a",)))
    await place.until(lambda: place.own[0].tags == ("a",), "the edits")
    (kept,) = place.own
    assert (kept.folder, kept.description) == ("Billing", "and again")
    assert [one.folder for one in moved] == ["Billing"]
    found = shelf.get(before.id)
    assert found is not None
    assert found.id == kept.id, "the old id leads to where it is now"


async def test_work_is_done_in_the_order_in_which_it_was_wanted(place: TemplatesPlace) -> None:
    shelf = place.pages.shelf
    done: list[str] = []
    for name in ("a", "b", "c", "d"):
        shelf.save(template(name), lambda kept: done.append(kept.name))
    await place.until(lambda: len(done) == 4, "all of them")
    assert done == ["a", "b", "c", "d"]


async def test_nothing_new_is_not_told_as_a_change(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    changes: list[bool] = []
    place.pages.shelf.changed.connect(lambda: changes.append(True))
    shelf = place.pages.shelf
    told: list[bool] = []
    shelf.look()
    shelf.save(place.own[0], lambda kept: told.append(kept.name == "one"))
    await place.until(lambda: told, "the work")
    assert (told, changes) == ([True], [])


async def test_what_waits_for_the_first_reading_is_called_once_it_is_done(
    place: TemplatesPlace,
) -> None:
    place.bench.services.templates.save(template("there"))
    shelf = Shelf(place.bench.services.templates, place.bench.tasks, place.pages)
    seen: list[list[str]] = []

    def look() -> None:
        seen.append([one.name for one in shelf.templates if not one.is_starter])

    shelf.when_read(look)
    assert seen == []
    await place.until(lambda: seen, "the reading")
    shelf.when_read(look)
    assert seen == [["there"], ["there"]]


async def test_what_cannot_be_done_is_told_and_the_rest_goes_on(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    shelf = place.pages.shelf
    words: list[str] = []
    moved: list[Template] = []
    shelf.failed.connect(words.append)
    shelf.move(["no such template"], "Billing", moved.extend)
    shelf.save(template("two"))
    await place.until(lambda: len(place.own) == 2, "the next work")
    assert moved == []
    assert len(words) == 1
