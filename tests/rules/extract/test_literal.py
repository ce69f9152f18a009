"""Data as JavaScript writes it, where it is no JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.literal import literal

MUCH = 1_000_000

KEYS = st.text("abz_$9", min_size=1, max_size=8).filter(lambda key: not key[0].isdigit())
VALUES = st.text(max_size=20) | st.integers(-(10**9), 10**9) | st.booleans() | st.none()
RECORDS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("script", "data"),
    [
        ("[{a:1}]", [{"a": 1}]),
        ("[ { 'a' : 1 } ]; next()", [{"a": 1}]),
        ("[{a:\"x\", b:'y'}]", [{"a": "x", "b": "y"}]),
        (r"[{a:'it\'s'}]", [{"a": "it's"}]),
        (r"[{a:'\u4e2d\x41\n'}]", [{"a": "中A\n"}]),
        ("[{a:1,},{a:2,},]", [{"a": 1}, {"a": 2}]),
        ("[{a:1, // one: {\n b:2 /* ] */}]", [{"a": 1, "b": 2}]),
        ("[{a:undefined,b:null,c:true,d:-2.5e3}]", [{"a": None, "b": None, "c": True, "d": -2500.0}]),
        ("[{a:{b:[1,'2']}}]", [{"a": {"b": [1, "2"]}}]),
    ],
)
def test_plain_data_is_read(script: str, data: object) -> None:
    found = literal(script, 0, MUCH)
    assert found
    assert found.data == data


@pytest.mark.parametrize(
    "rest", ["b}]", "f(1)}]", "'x' + 'y'}]", "1", "1}}", "1,,b:2}]", "`x`}]", "0x1F}]", "'x\n'}]", "truely}]", ""]
)
def test_whatever_had_to_be_run_or_does_not_end_is_no_data(rest: str) -> None:
    found = literal("[{a:" + rest, 0, MUCH)
    assert found
    assert found.data is None


@pytest.mark.parametrize("script", ["", "[]", "[1]", "[[1]]", "{a:1}", "[{}]", "function(a){b:1}"])
def test_nothing_else_begins_an_array_of_objects(script: str) -> None:
    assert literal(script, 0, MUCH) is None


def test_it_stops_when_the_work_is_done() -> None:
    found = literal("[{a:" + "[" * 100_000, 0, 5_000)
    assert found
    assert found.data is None
    assert 5_000 < found.work < 6_000


@given(RECORDS)
def test_records_with_bare_keys_are_those_of_json(records: list[dict[str, object]]) -> None:
    rows = (",".join(f"{key}:{json.dumps(value)}" for key, value in row.items()) for row in records)
    found = literal(f"[{','.join(f'{{{row}}}' for row in rows)}] ;", 0, MUCH)
    assert found
    assert found.data == records
