"""What the settings say of destinations that are not the chosen one."""

from dataclasses import replace

from composer.core.destination import Destination, DestinationKind
from composer.core.route import USUAL_WAY
from composer.core.settings import KEEP_EVERYTHING, Retention, Settings, standard_destinations


def test_the_way_to_a_destination_of_history_is_that_of_the_project_now() -> None:
    now = tuple(replace(p, proxy="http://proxy:1") for p in standard_destinations())
    settings = Settings(destinations=now)
    was = replace(now[1], name="Old name", proxy="")
    assert settings.route_to(was).proxy == "http://proxy:1"


def test_a_destination_that_is_no_project_has_its_own_way() -> None:
    other = Destination(id="url", name="h", kind=DestinationKind.SELF_HOSTED, address="https://h")
    assert Settings().route_to(other) == USUAL_WAY
    assert Settings().route_to(replace(other, ca_file="/ca.pem")).ca_file == "/ca.pem"


def test_nothing_goes_from_history_unless_a_limit_is_set() -> None:
    assert Settings().retention == KEEP_EVERYTHING
    assert KEEP_EVERYTHING.keeps_everything
    assert not Retention(days=1).keeps_everything
    assert not Retention(rows=1).keeps_everything
    assert not Retention(megabytes=1).keeps_everything
