"""Rules that can be carried out, and behaviours of them, for hypothesis."""

from hypothesis import strategies as st

from composer.core.behaviour import Behaviour, Edition, FaultKind, Flag, Rule, ScriptedFault

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
DELAYS = st.just(0.0) | st.floats(0, 3600, allow_subnormal=False)
_PLAIN = st.sampled_from([FaultKind.RESET, FaultKind.HALF, FaultKind.SILENCE, FaultKind.PAGE])
FAULTS = st.one_of(
    st.builds(ScriptedFault, kind=_PLAIN, delay_s=DELAYS, stores=st.booleans()),
    st.builds(
        ScriptedFault,
        kind=st.just(FaultKind.SLOW),
        delay_s=st.floats(0, 3600, exclude_min=True),
        stores=st.booleans(),
    ),
    st.builds(
        ScriptedFault,
        kind=st.just(FaultKind.STATUS),
        status=st.integers(400, 599),
        retry_after_s=st.none() | st.integers(0, 86_400),
        delay_s=DELAYS,
        stores=st.booleans(),
    ),
    st.builds(
        ScriptedFault,
        kind=st.just(FaultKind.REDIRECT),
        location=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1),
        delay_s=DELAYS,
        stores=st.booleans(),
    ),
)
RULES = st.builds(
    Rule,
    fault=FAULTS,
    path=st.just("") | TEXT.map(lambda text: f"/{text.replace('?', '')}"),
    distinct_id=TEXT,
    nth=st.integers(0, 1_000_000_000),
    share=st.floats(0, 1, exclude_min=True),
    enabled=st.booleans(),
)
FLAGS = st.builds(
    Flag,
    key=TEXT.filter(str.strip),
    enabled=st.booleans(),
    variant=TEXT,
    payload=st.sampled_from(["", "1", '{"a":[true]}']),
    only_for=st.lists(TEXT, max_size=2).map(tuple),
)
BEHAVIOURS = st.builds(
    Behaviour,
    edition=st.sampled_from(Edition),
    known_tokens=st.none() | st.frozensets(TEXT, max_size=3),
    quota_reached=st.booleans(),
    serves_v1=st.booleans(),
    serves_tls=st.booleans(),
    flags=st.lists(FLAGS, max_size=2).map(tuple),
    rules=st.lists(RULES, max_size=2).map(tuple),
)
