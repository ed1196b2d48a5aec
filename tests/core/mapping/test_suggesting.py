"""A mapping is found by the names of columns and their values, and comes to whole events."""

import csv
from io import StringIO

import pytest

from composer.core.jsontext import Object, parse
from composer.core.mapping import (
    CellKind,
    ColumnRule,
    Mapping,
    Target,
    doubts_in,
    problems_in,
    suggest,
)
from composer.core.tabular import Dialect, Guess, Origin, RowFormat, guess
from composer.core.templates import Variable
from tests.core.mapping.witness import EvenMaker, compiled
from tests.helpers.maker import StandingMaker
from tests.helpers.templates import event, template

T = Target


def table(*rows: str) -> Guess:
    """A guess of CSV with these lines."""
    columns, *cells = csv.reader(StringIO("\n".join(rows)))
    found = tuple((number, row) for number, row in enumerate(cells, 1))
    return Guess(dialect=Dialect(format=RowFormat.CSV), columns=tuple(columns), rows=found)


def rule_of(mapping: Mapping, column: str) -> ColumnRule:
    return next(rule for rule in mapping.rules if rule.column == column)


def uses(mapping: Mapping) -> dict[str, tuple[Target, str]]:
    return {rule.column: (rule.target, rule.name) for rule in mapping.rules}


def first(found: Guess, mapping: Mapping) -> Object:
    made = compiled(mapping, found.columns, None, EvenMaker(StandingMaker())).convert(
        list(found.rows)
    )
    assert made.problems == []
    body = parse(made.events[0].body)
    assert isinstance(body, Object)
    return body


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("event,distinct_id,timestamp", (T.EVENT, T.PERSON, T.TIME)),
        ("Event Name,User ID,Occurred At", (T.EVENT, T.PERSON, T.TIME)),
        ("eventName,userId,createdAt", (T.EVENT, T.PERSON, T.TIME)),
        ("event_type,Customer-ID,date", (T.EVENT, T.PERSON, T.TIME)),
        ("$event,E-Mail,ts", (T.EVENT, T.PERSON, T.TIME)),
    ],
)
def test_the_usual_columns_are_known_in_many_spellings(
    header: str, expected: tuple[Target, ...]
) -> None:
    mapping = suggest(table(header, "paid,a@b.example,2026-11-21 09:30"))
    assert tuple(rule.target for rule in mapping.rules) == expected
    assert problems_in(mapping, header.split(",")) == ()


def test_the_rest_becomes_properties_of_the_event_or_the_person() -> None:
    found = table(
        "event,user_id,email,plan,$set.city,set_once_source,properties.size,group.company,uuid",
        "paid,7,a@b.example,pro,Lyon,ad,5,acme,0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d",
    )
    assert uses(suggest(found)) == {
        "event": (T.EVENT, ""),
        "user_id": (T.PERSON, ""),
        "email": (T.SET, "email"),
        "plan": (T.PROPERTY, "plan"),
        "$set.city": (T.SET, "city"),
        "set_once_source": (T.SET_ONCE, "source"),
        "properties.size": (T.PROPERTY, "size"),
        "group.company": (T.GROUP, "company"),
        "uuid": (T.ID, ""),
    }


def test_properties_get_the_kind_of_their_values() -> None:
    found = table(
        "event,user_id,vip,meta,signed,zip",
        'paid,7,yes,"{""a"":1}",21/11/2026,00420',
        "paid,8,no,[],13/01/2026,10115",
    )
    rules = {rule.column: rule for rule in suggest(found).rules}
    assert rules["vip"].kind is CellKind.YES_NO
    assert rules["meta"].kind is CellKind.VALUE
    assert (rules["signed"].kind, rules["signed"].time_format) == (CellKind.DATE, "%d/%m/%Y")
    assert rules["zip"].kind is CellKind.AUTO


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2026-11-21T09:30:00Z", "2026-11-21"], "iso"),
        (["1795253400", "1795253401.5"], "unix s"),
        (["1795253400000", "1795253401000"], "unix ms"),
        (["2026-11-21", "1795253400"], ""),
        (["21/11/2026", "01/12/2026"], "%d/%m/%Y"),
        (["11/21/2026 9:30 AM", "12/01/2026 1:00 PM"], "%m/%d/%Y %I:%M %p"),
        (["21.11.2026 09:30"], "%d.%m.%Y %H:%M"),
        (["Nov 21 2026"], "%b %d %Y"),
        (["03/04/2026", "03/05/2026", "03/06/2026"], "%m/%d/%Y"),  # the days lie closer so
    ],
)
def test_the_format_of_times_is_found_from_all_of_the_sample(
    cells: list[str], expected: str
) -> None:
    found = table("event,user_id,time", *(f"paid,7,{cell}" for cell in cells))
    rule = rule_of(suggest(found), "time")
    assert (rule.target, rule.time_format) == (T.TIME, expected)


def test_a_column_that_only_sounds_like_a_time_is_a_property() -> None:
    found = table("event,user_id,date,created_at", "paid,7,soon,2026-11-21")
    mapping = suggest(found)
    assert rule_of(mapping, "date").target is T.PROPERTY
    assert rule_of(mapping, "created_at").target is T.TIME


def test_a_doubt_about_days_and_months_is_told() -> None:
    found = table("event,user_id,time", "paid,7,03/04/2026")
    mapping = suggest(found)
    (doubt,) = doubts_in(mapping, found)
    assert doubt.words == (
        "time: “03/04/2026” is read as 2026-04-03 (%d/%m/%Y). If 2026-03-04 is meant, choose "
        "%m/%d/%Y."
    )
    assert (doubt.column, doubt.instead) == ("time", "%m/%d/%Y")
    clear = table("event,time", "paid,21/11/2026")
    assert doubts_in(suggest(clear), clear) == ()


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ("2026-11-21T09:30:00Z", "soon", "iso"),
        ("1795253400", "never", "unix s"),
        ("21/11/2026", "11/21/2026", "%d/%m/%Y"),
        ("11/21/2026", "21/11/2026", "%m/%d/%Y"),
    ],
)
def test_one_time_that_cannot_be_read_is_a_row_that_does_not_fit(
    good: str, bad: str, expected: str
) -> None:
    found = table("event,user_id,created_at", f"paid,7,{bad}", *[f"paid,7,{good}"] * 4)
    mapping = suggest(found)
    rule = rule_of(mapping, "created_at")
    assert (rule.target, rule.time_format) == (T.TIME, expected)
    converter = compiled(mapping, found.columns, None, EvenMaker(StandingMaker()))
    converted = converter.convert(list(found.rows))
    assert [problem.number for problem in converted.problems] == [1]
    assert bad in converted.problems[0].reason
    fewer = table("event,user_id,created_at", f"paid,7,{bad}", *[f"paid,7,{good}"] * 3)
    assert rule_of(suggest(fewer), "created_at").target is T.PROPERTY


def test_the_doubt_is_about_a_day_that_can_be_read_both_ways() -> None:
    cells = ("soon", "21/11/2026", *["03/04/2026"] * 9)
    found = table("event,user_id,time", *(f"paid,7,{cell}" for cell in cells))
    mapping = suggest(found)
    assert rule_of(mapping, "time").time_format == "%d/%m/%Y"
    assert [doubt.words for doubt in doubts_in(mapping, found)] == []
    cells = ("soon", *["03/04/2026"] * 9)
    found = table("event,user_id,time", *(f"paid,7,{cell}" for cell in cells))
    (doubt,) = doubts_in(suggest(found), found)
    assert doubt.words.startswith("time: “03/04/2026” is read as 2026-04-03")


def test_the_only_times_of_day_are_the_time_whatever_they_are_called() -> None:
    found = table("event,user_id,Datum,birthday", "paid,7,21.11.2026 09:30,1985-01-02")
    mapping = suggest(found)
    assert rule_of(mapping, "Datum").target is T.TIME
    assert rule_of(mapping, "Datum").time_format == "%d.%m.%Y %H:%M"
    assert rule_of(mapping, "birthday").target is T.PROPERTY
    two = table("event,user_id,Start,End", "paid,7,2026-11-21T09:30:00Z,2026-11-21T10:30:00Z")
    assert {rule_of(suggest(two), name).target for name in ("Start", "End")} == {T.PROPERTY}
    for cell in ("1985-01-02", "02.01.1985", "1795253400", "12:30", "10.50"):
        alone = table("event,user_id,born", f"paid,7,{cell}")
        assert rule_of(suggest(alone), "born").target is T.PROPERTY


@pytest.mark.parametrize(
    ("delimiter", "cells", "expected"),
    [
        (";", ["1.234,50", "9,90", "7", "-0,5"], CellKind.NUMBER_COMMA),
        (";", ["1.234,50", "n/a"], CellKind.AUTO),
        (";", ["7", "8"], CellKind.AUTO),
        (";", ["007,5", "1,5"], CellKind.AUTO),
        (";", ["9.90", "1.50"], CellKind.AUTO),
        (",", ["9,90", "7,00"], CellKind.AUTO),
    ],
)
def test_numbers_with_a_comma_are_known_where_commas_do_not_divide_the_columns(
    delimiter: str, cells: list[str], expected: CellKind
) -> None:
    dialect = Dialect(format=RowFormat.CSV, delimiter=delimiter)
    rows = tuple((number, [cell]) for number, cell in enumerate(cells, 1))
    found = Guess(dialect=dialect, columns=("amount",), rows=rows)
    assert rule_of(suggest(found), "amount").kind is expected


def test_an_event_named_in_a_table_from_mixpanel_is_found() -> None:
    found = guess(b"Event Name,Time,Distinct ID,Insert ID,mp_lib\nSign Up,1762000000,u-1,i-1,web\n")
    assert found.origin is Origin.MIXPANEL
    assert rule_of(suggest(found), "Event Name").target is T.EVENT


def test_one_bad_uuid_does_not_hide_the_column_of_ids() -> None:
    uuid = "0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d"
    ids = [uuid, "n/a", *[uuid] * 3]
    found = table("event,user_id,id", *(f"paid,7,{one}" for one in ids))
    assert rule_of(suggest(found), "id").target is T.ID
    fewer = table("event,user_id,id", *(f"paid,7,{one}" for one in ids[:4]))
    assert rule_of(suggest(fewer), "id").target is T.PROPERTY


def test_one_broken_object_leaves_the_properties_whole() -> None:
    cells = ['"{""a"":1}"'] * 4
    found = table("event,user_id,properties", *(f"paid,7,{one}" for one in ("{oops", *cells)))
    assert rule_of(suggest(found), "properties").target is T.PROPERTIES


def test_without_names_a_person_is_found_by_email_addresses() -> None:
    found = table("Column 1,Column 2", "paid,a@b.example")
    assert rule_of(suggest(found), "Column 2").target is T.PERSON


def test_columns_named_like_variables_of_the_template_fill_them_in() -> None:
    of = template(
        "Sale",
        event("sold", "{{customer}}", plan="{{plan}}"),
        variables=(Variable(name="plan", label="Chosen plan"),),
    )
    found = table("Customer,Chosen Plan,amount", "c-1,pro,5")
    mapping = suggest(found, of)
    assert uses(mapping) == {
        "Customer": (T.VARIABLE, "customer"),
        "Chosen Plan": (T.VARIABLE, "plan"),
        "amount": (T.PROPERTY, "amount"),
    }
    assert problems_in(mapping, found.columns, of) == ()


def test_counted_rows_are_a_variable() -> None:
    found = table("row", "1")
    assert uses(suggest(found)) == {"row": (T.VARIABLE, "row")}


def test_json_goes_in_whole_but_for_what_is_the_events_own() -> None:
    line = b'{"event":"paid","properties":{"user_id":7,"plan":"pro","deep":{"a":[1.0]}}}\n'
    found = guess(line, name="x.jsonl")
    mapping = suggest(found)
    body = first(found, mapping)
    assert body.get("distinct_id") == "7"
    assert body.get("properties") == parse('{"plan":"pro","deep":{"a":[1.0]}}')


def test_a_posthog_export_comes_back_as_it_was() -> None:
    line = (
        b'{"uuid":"0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d","event":"$pageview","properties":'
        b'{"$browser":"Chrome","token":"phc_old","$set":{"a":1}},"timestamp":"2026-11-21 '
        b'09:30:00.123456","distinct_id":"user-1","set":{"plan":"pro"},"set_once":{"ref":"ad"},'
        b'"team_id":2,"elements":""}\n'
    )
    found = guess(line, name="x.jsonl")
    assert found.origin is Origin.POSTHOG
    mapping = suggest(found)
    assert problems_in(mapping, found.columns) == ()
    assert mapping.historical_migration
    assert first(found, mapping) == parse(
        '{"event":"$pageview","distinct_id":"user-1","uuid":"0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d",'
        '"timestamp":"2026-11-21T09:30:00.123456Z","properties":{"$browser":"Chrome",'
        '"$set":{"a":1,"plan":"pro"},"$set_once":{"ref":"ad"}}}'
    )


def test_a_table_saved_from_posthog_is_read_too() -> None:
    found = guess(
        b"*.uuid,*.event,*.distinct_id,*.timestamp,*.properties\r\n"
        b'0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d,paid,u-1,2026-11-21 09:30:00+00:00,"{""a"":1.0}"\r\n'
    )
    assert found.origin is Origin.POSTHOG
    body = first(found, suggest(found))
    assert body.get("distinct_id") == "u-1"
    assert body.get("properties") == parse('{"a":1.0}')


def test_a_mixpanel_export_becomes_what_posthogs_importer_makes_of_it() -> None:
    line = (
        b'{"event":"$mp_web_page_view","properties":{"time":1795253400,"distinct_id":"",'
        b'"$user_id":"user-1","$device_id":"dev-1","$insert_id":"abc123","$city":"Lyon",'
        b'"mp_country_code":"FR","$mp_api_endpoint":"api","mp_processing_time_ms":5,"plan":"pro"}}\n'
    )
    found = guess(line, name="x.json")
    assert found.origin is Origin.MIXPANEL
    mapping = suggest(found)
    assert problems_in(mapping, found.columns) == ()
    body = first(found, mapping)
    again = first(found, mapping)
    assert body == again
    assert str(body.get("uuid"))[14] == "7"
    assert body.without("uuid") == parse(
        '{"event":"$pageview","distinct_id":"user-1","timestamp":"2026-11-21T09:30:00.000Z",'
        '"properties":{"plan":"pro","$geoip_city_name":"Lyon","$geoip_country_code":"FR",'
        '"$geoip_disable":true}}'
    )


def test_an_amplitude_export_becomes_what_posthogs_importer_makes_of_it() -> None:
    line = (
        b'{"event_type":"[Amplitude] Page Viewed","user_id":null,"device_id":"dev-1",'
        b'"event_time":"2020-01-01 00:00:00.000000","$insert_id":"i-1","uuid":'
        b'"0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d","event_properties":{"[Amplitude] Page URL":"u",'
        b'"a":1},"user_properties":{"plan":"pro"},"session_id":5,"country":"France",'
        b'"os_name":"Chrome","amplitude_id":1,"server_upload_time":"2020-01-01 00:00:01.000000"}\n'
    )
    found = guess(line, name="x.json")
    assert found.origin is Origin.AMPLITUDE
    mapping = suggest(found)
    assert problems_in(mapping, found.columns) == ()
    assert first(found, mapping) == parse(
        '{"event":"$pageview","distinct_id":"dev-1","uuid":"0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d",'
        '"timestamp":"2020-01-01T00:00:00.000Z","properties":{"a":1,"$set":{"plan":"pro"},'
        '"$amplitude_session_id":5,"$geoip_country_name":"France","$browser":"Chrome",'
        '"$current_url":"u","$geoip_disable":true}}'
    )


def test_every_column_of_csv_has_a_rule_once() -> None:
    found = table("a,b,event,User", "1,2,x,y")
    mapping = suggest(found)
    assert tuple(rule.column for rule in mapping.rules) == found.columns


def test_ten_thousand_columns_are_no_burden() -> None:
    names = [f"properties.column {n}" for n in range(9_990)]
    inside = ",".join(f'"column {n}":{n}' for n in range(9_990))
    line = f'{{"event":"paid","distinct_id":"c-1","properties":{{{inside}}}}}'
    row = parse(line)
    assert isinstance(row, Object)
    columns = ("event", "distinct_id", "properties", *names)
    json = Dialect(format=RowFormat.JSON_LINES)
    mapping = suggest(Guess(dialect=json, columns=columns, rows=((1, row),)))
    assert len(mapping.rules) == 3
    wide = table(",".join(("event", "user", *names)), ",".join(["x"] * 9_992))
    mapping = suggest(wide)
    assert problems_in(mapping, wide.columns) == ()
    body = first(wide, mapping)
    properties = body.get("properties")
    assert isinstance(properties, Object)
    assert len(properties) == 9_990 + 1  # that no location is to be added


def test_the_place_of_this_computer_is_not_put_on_people_from_a_file() -> None:
    plain = table("event,user,plan", "paid,c-1,pro")
    mapping = suggest(plain)
    assert [(c.name, c.text) for c in mapping.constants] == [("$geoip_disable", "true")]
    assert first(plain, mapping).get("properties") == Object(
        (("plan", "pro"), ("$geoip_disable", True))
    )


@pytest.mark.parametrize("column", ["$ip", "$geoip_disable", "properties.$ip"])
def test_a_file_that_says_where_events_come_from_is_left_alone(column: str) -> None:
    assert suggest(table(f"event,user,{column}", "paid,c-1,203.0.113.9")).constants == ()
