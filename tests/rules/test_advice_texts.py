"""How advice is said: each act and each figure in both languages."""

import pytest

from monitor.model.advising import Act, Advice, Figure, Point
from texts.advice import advice_text, figure_text
from texts.catalogue import CHINESE, ENGLISH, translations

ZH, EN = translations(CHINESE), translations(ENGLISH)


@pytest.mark.parametrize(
    ("advice", "into", "chinese", "english"),
    [
        (Advice(act=Act.KEEP), "", "保留", "keep"),
        (Advice(act=Act.UPDATE), "", "更新", "update"),
        (Advice(act=Act.CLOSE), "", "关闭", "close"),
        (Advice(act=Act.CLOSE, question=True), "", "建议征询：是否关闭？", "to be asked: close?"),
        (Advice(act=Act.MERGE, into="7"), "通知公告", "归并至通知公告", "merge into 通知公告"),
        (Advice(act=Act.MERGE, into="7"), "", "归并", "merge"),
    ],
)
def test_what_is_advised(advice: Advice, into: str, chinese: str, english: str) -> None:
    assert (advice_text(advice, ZH, into=into), advice_text(advice, EN, into=into)) == (chinese, english)


def test_the_name_of_a_column_is_one_plain_line() -> None:
    assert advice_text(Advice(act=Act.MERGE, into="7"), EN, into="a\n\u202eb") == "merge into a b"


@pytest.mark.parametrize(
    ("figure", "chinese", "english"),
    [
        (Figure(point=Point.DAYS_OVER, value=1), "逾期 1 天", "1 day over"),
        (Figure(point=Point.WINDOWS_MISSED, value=13, of=27), "近 12 个月 27 个更新周期中有 13 个未更新",
         "13 of 27 periods of the last 12 months missed"),
        (Figure(point=Point.BLANK_DAYS, value=200), "空白已 200 天", "blank for 200 days"),
        (Figure(point=Point.ENTRIES_IN_YEAR, value=4), "近 12 个月发布 4 条", "4 entries in the last 12 months"),
        (Figure(point=Point.USUAL_GAP, value=7.2), "通常每 7 天更新一次", "usually updated every 7 days"),
        (Figure(point=Point.LONGEST_GAP, value=100), "最长 100 天未更新", "100 days without an entry at most"),
        (Figure(point=Point.SEASON, value=2), "每年固定在 2 个月份更新", "updated in 2 months of each year"),
        (Figure(point=Point.SHARED_ENTRIES, value=2, of=4), "4 条信息中有 2 条与另一栏目重复",
         "2 of 4 entries stand in both columns"),
        (Figure(point=Point.LIKE_NAMES, value=0.5), "两栏目名称相似度 50%", "the names of both columns are 50 % alike"),
        (Figure(point=Point.LIKE_TITLES, value=0.625), "信息标题内容与另一栏目重合 62%",
         "62 % of what its titles say is said in the other column"),
        (Figure(point=Point.SAME_CATEGORY, value=1), "两栏目类别相同", "both columns are of one category"),
        (Figure(point=Point.ALIVE, value=30), "另一栏目更新及时，近 12 个月发布 30 条",
         "the other column is updated in time, 30 entries this year"),
    ],
)  # fmt: skip
def test_each_figure(figure: Figure, chinese: str, english: str) -> None:
    assert (figure_text(figure, ZH), figure_text(figure, EN)) == (chinese, english)
