"""Request bodies of every sort: fields that matter, values that hurt."""

from hypothesis import strategies as st

TOKEN = "phc_larkspurDemoToken00000000000000000000000001"

KEYS = st.sampled_from(
    [
        *("token", "api_key", "$token", "distinct_id", "$distinct_id", "uuid", "event"),
        *("properties", "timestamp", "offset", "$set", "$set_once", "batch", "sent_at"),
        *("historical_migration", "$cookieless_mode", "$ignore_sent_at", "$groups", "alias"),
        *(
            "$anon_distinct_id",
            "$unset",
            "userId",
            "$ip",
            "$session_id",
            "$exception_list",
            "other",
        ),
    ]
)
LEAVES = st.sampled_from(
    [
        *("null", "true", "false", "0", "-0", "-1", "10.0", "1e5", "1e999", "9" * 310, "[]", "{}"),
        *('""', '" "', '"x"', '"2026-03-01"', f'"{TOKEN}"', '"phx_x"', '"$performance_event"'),
        *('"\\ud83d"', '"\\ude00\\ud83d"', '"\\ud83d\\ude00"', '"\\u0000"', '"NaN"', '"é"'),
        *('"019aa000-0000-7000-8000-000000000001"', '"$identify"', '"$groupidentify"'),
    ]
)


def _object(inner: st.SearchStrategy[str], most: int = 5) -> st.SearchStrategy[str]:
    members = st.lists(st.builds('"{}":{}'.format, KEYS, inner), max_size=most)
    return members.map(lambda found: f"{{{','.join(found)}}}")


def _list(inner: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(inner, max_size=most).map(lambda items: f"[{','.join(items)}]")


JSON = st.recursive(LEAVES, lambda inner: _list(inner) | _object(inner), max_leaves=12)
"""Any JSON text, with the keys that the service knows more often than others."""

SMALL = LEAVES | _list(LEAVES, 2) | _object(LEAVES, 2)

_SOUND = {
    "event": '"paid"',
    "distinct_id": '"a"',
    "properties": '{"a":1}',
    "timestamp": '"2026-11-21T09:00:00Z"',
    "uuid": '"019aa000-0000-7000-8000-000000000001"',
}


def _written(members: list[tuple[str, str]]) -> str:
    inner = ",".join(f'"{key}":{value}' for key, value in members)
    return f"{{{inner}}}"


@st.composite
def nearly_sound(draw: st.DrawFn, *, token: bool = True) -> str:
    """An event as it should be, but for a field or two."""
    fields = {"api_key": f'"{TOKEN}"'} if token else {}
    fields |= _SOUND
    for _ in range(draw(st.integers(0, 2))):
        fields[draw(KEYS)] = draw(SMALL)
    for key in draw(st.sets(st.sampled_from([*fields]), max_size=1)):
        del fields[key]
    return _written([*fields.items()])


@st.composite
def batches(draw: st.DrawFn) -> str:
    """Several events as a batch or a list, nearly all of them sound."""
    is_list = draw(st.booleans())
    events = st.lists(nearly_sound(token=is_list), max_size=4)
    items = [*draw(events), *draw(st.lists(SMALL, max_size=draw(st.sampled_from([0, 0, 1]))))]
    listed = f"[{','.join(items)}]"
    if is_list:
        return listed
    members = [("api_key", f'"{TOKEN}"'), ("batch", listed)]
    members += draw(st.lists(st.tuples(KEYS, SMALL), max_size=draw(st.sampled_from([0, 0, 2]))))
    members = draw(st.permutations(members))[draw(st.sampled_from([0, 0, 0, 1])) :]
    return _written(members)


BODIES = JSON | nearly_sound() | batches()
PATHS = st.sampled_from(
    ["/i/v0/e/", "/batch/", "/e", "/capture/", "/track/", "/engage/", "/engage"]
)
