"""The short way to plain dates says what the long way says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.dates import find, searched
from monitor.extract.plain import plain

PLAIN = [
    "2021-03-04", "2021.3.4", "[2021/03/04]", "发布时间：2021-03-04 10:20", "2021. 3. 4.", "2021-03-04T10:20:30+08:00",
    "2021年3月4日", "2021년 3월 4일 10:20:30", "3月4日", "（12月31日）", "03-04", "[03-04]", "3/4 10:20", "04/03/2021",
    "Posted 31.12.2021", "110/03/04", "20210304", "[20210304]", "March 4, 2021", "Mar. 4th, 2021", "4 March 2021",
    "Thu, 04 Mar 2021 10:00:00 GMT", "4. März 2021", "04-Mar-21", "4 de marzo de 2021",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_date_is_read_by_one_pattern(text: str) -> None:
    seen = plain(text)
    assert seen is not None
    assert [seen] == searched(text) == find(text)


LESS_PLAIN = """
2021-02-30|2021-13-04|v2021-03-04|v2021. 3. 4.|2021-03-04号|2021-03-04 期|2021-3-4-5|1821-3-4|1821. 3. 4.
04/03.2021|04/03/2121|R3.3.2021|110/03.04|110/3/4|121/03/04|099/03/04|2100年3月4日|110年3月4日
13月4日|123月4日|年 3月4日|元年3月4日|2.5|36/12|1 03-04|at 03-04|103-04
20211304|19991304|21000304|20210304号|20210304x|no 20210304
Morch 4, 2021|123 March 2021|May 4 March 2021|4 Morch 2021|4 March 10:20|4 March 20:20
2021-03-04 2021-03-05|Ｒ2021-03-04|2021-03-0४|today|
"""


@pytest.mark.parametrize("text", LESS_PLAIN.replace("\n", "|").split("|"))
def test_what_is_less_plain_is_left_to_the_long_way(text: str) -> None:
    assert plain(text) is None


_PIECES_TEXT = (
    "-|/|.|:|,|年|月|日|号|期|[|]|(|元|R|v|T|Ｒ|４|४|\xa0|0|1|3|12|31|2021|de|Mar|May | 10:20|Thu, |th|次|天前| ago"
)
_PIECES = st.sampled_from(["", " ", *_PIECES_TEXT.split("|")])


@given(st.sampled_from(PLAIN), st.lists(st.tuples(st.integers(0, 32), st.integers(0, 2), _PIECES), max_size=3))
def test_both_ways_agree_on_dates_that_are_plain_but_for_a_few_characters(
    text: str, changes: list[tuple[int, int, str]]
) -> None:
    for at, cut, piece in changes:
        text = text[:at] + piece + text[at + cut :]
    if seen := plain(text):
        assert searched(text) == [seen]


@pytest.mark.parametrize(
    "text", ["20-28-3141", "A-23-1041", "25-0296", "Vol. 12", "107", "2020 IL 124563", "第12期", "3个附件"]
)
def test_numbers_that_are_no_dates_are_soon_passed_over(text: str) -> None:
    assert searched(text) == []


@pytest.mark.parametrize(
    "text",
    ["4thMarch 2021", "4 tháng 3 năm 2021", "il y a 2 jours", "3 giờ trước", "há 3 dias", "3 天以前", "2 주 전",
     "2021.3.410:20", "三月四日 第2版 昨天 3月4日", "2021. gada 4. martā", "d’abril 4", "4. ΜΑΡΤΙΟΥ 2021"],
)  # fmt: skip
def test_a_date_among_other_words_and_numbers_is_not(text: str) -> None:
    assert len(searched(text)) == 1
