"""Which of several dates is an entry's own, and which dates are none."""

from datetime import date, timedelta

import pytest

from monitor.model.reading import Trouble
from tests.rules.extract.rows import DAYS, ROWS, TITLES, TODAY, listed, seen, whole

SUMMARY = "<ul><li>The court holds that the notice was served in time.</li><li>The claim is remanded.</li></ul>"


def days(body: str) -> dict[str, date | None]:
    return {e.title: e.published for e in listed(whole(body)).entries}


@pytest.mark.parametrize(
    "row",
    [
        "<h2><a href='a{i}.html'>{t}</a></h2><p><em><strong>Reyes, J. | {d:%B %d, %Y}</strong></em></p>" + SUMMARY,
        "<h2><a href='a{i}.html'>{t}</a></h2><p><b>{d:%Y-%m-%d}</b></p>" + SUMMARY,
        "<p><b>{d:%Y-%m-%d}</b></p><h2><a href='a{i}.html'>{t}</a></h2>" + SUMMARY,
        "<p>{d:%d.%m.%Y}</p><h3><a href='a{i}.html'>{t}</a></h3><p>{t}, wie das Amt mitteilt.</p><p>Zum Thema</p>",
    ],
)
def test_a_date_between_two_entries_belongs_to_the_nearer(row: str) -> None:
    body = "<div>" + "".join(row.format(i=i, t=t, d=d) for i, t, d in ROWS) + "</div>"
    assert days(body) == dict(zip(TITLES, DAYS, strict=True))


def test_marked_up_in_turns_a_date_behind_its_entry_stays_its_own() -> None:
    row = "<h2><a href='a{i}.html'>{t}</a></h2><p>{o}Reyes, J. | {d:%B %d, %Y}{c}</p>" + SUMMARY
    styles = [("<em><b>", "</b></em>"), ("<b><em>", "</em></b>"), ("<span>", "</span>")]
    made = [row.format(i=i, t=t, d=d, o=styles[i % 3][0], c=styles[i % 3][1]) for i, t, d in ROWS]
    assert days(f"<div>{''.join(made)}</div>") == dict(zip(TITLES, DAYS, strict=True))


@pytest.mark.parametrize("label", ["Docket No.: {n}", "索引号：{n}", "<b>文件编号：</b><i>{n}</i>", "Case number {n}"])
def test_a_number_that_could_be_a_day_is_none(label: str) -> None:
    rows = "".join(
        f"<li><a href='a{i}.html'>{t}</a><p>{label.format(n=f'2024{1 + i:02}{11 + i}')}</p><p>{d}</p></li>"
        for i, t, d in ROWS
    )
    assert days(f"<ul>{rows}</ul>") == dict(zip(TITLES, DAYS, strict=True))


def test_eight_digits_that_no_word_calls_a_number_are_a_day() -> None:
    rows = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d:%Y%m%d}</span></li>" for i, t, d in ROWS)
    assert days(f"<ul>{rows}</ul>") == dict(zip(TITLES, DAYS, strict=True))


def test_the_first_day_of_a_collection_is_no_publication() -> None:
    rows = "".join(f"<p>Opinions of circuit {i} (May {i + 1}, 1996 - present)</p>" for i in range(5))
    assert isinstance(seen(whole(f"<div>{rows}</div>")), Trouble)


def test_days_off_are_no_list_of_publications() -> None:
    names = ("New Year", "Founders' Day", "Spring Holiday", "Labour Day", "Harvest Festival", "Christmas Day")
    rows = "".join(
        f"<tr><td>{name}</td><td>{TODAY + timedelta(days=60 * i - 70):%A, %B %d, %Y}</td></tr>"
        for i, name in enumerate(names)
    )
    assert listed(whole(f"<table>{rows}</table>")).confidence < 0.5


def test_the_most_read_at_the_side_are_not_the_list() -> None:
    mixed = (4, 1, 6, 0, 3, 2)
    rows = "".join(f"<li><a href='a{i}.html'>{TITLES[i]}</a><span>{DAYS[i]}</span></li>" for i in mixed)
    assert listed(whole(f"<div class='sidebar'><h3>热点</h3><ul>{rows}</ul></div>")).confidence < 0.5
    assert listed(whole(f"<div class='main'><ul>{rows}</ul></div>")).confidence > 0.8


def test_a_year_that_a_title_begins_with_is_not_that_of_the_day_before_it() -> None:
    rows = "".join(f"<li><b>{d:%m-%d}</b><a href='a{i}.html'>2019年{t[:8]}</a></li>" for i, t, d in ROWS)
    found = listed(whole(f"<ul>{rows}</ul>")).entries
    assert [e.published and (e.published.month, e.published.day) for e in found] == [(d.month, d.day) for d in DAYS]
    assert all(e.published and e.published.year != 2019 for e in found)


def test_a_state_before_a_date_does_not_name_it() -> None:
    """已结束 stands before the first day of a consultation, and says nothing of that day."""
    rows = "".join(
        f"<tr><td><a href='a{i}.html'>{t}</a></td><td>{'进行中' if i < 2 else '已结束'}</td>"
        f"<td>{d}</td><td>{d + timedelta(30)}</td></tr>"
        for i, t, d in ROWS
    )
    head = "<tr><th>标题</th><th>状态</th><th>开始时间</th><th>结束时间</th></tr>"
    assert days(f"<table>{head}{rows}</table>") == dict(zip(TITLES, DAYS, strict=True))


def test_a_list_under_entries_that_show_no_day_is_not_sure() -> None:
    """They stand on top and may be new: the list's own days would accuse an officer of what was done."""
    new = "".join(
        f"<li><a href='n{i}.html'>关于开展第{i}次全县安全检查的通知</a><img src='new.gif'></li>" for i in (7, 8)
    )
    rows = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS)
    assert listed(whole(f"<ul>{new}{rows}</ul>")).confidence < 0.9 <= listed(whole(f"<ul>{rows}</ul>")).confidence


SPAN = "<tr><td><a href='a{i}.html'>{t}</a></td><td>{before}{d:%Y.%m.%d} ~ {end:%Y.%m.%d}</td></tr>"
NO_DAYS = dict.fromkeys(TITLES)


@pytest.mark.parametrize(
    ("header", "before", "posted"),
    [
        ("게시기간", "", True),
        ("公示时间", "", True),
        ("Aushang", "", True),
        ("Periodo de publicación", "", True),
        ("", "公示期：", True),
        ("접수기간", "", False),
        ("报名时间", "", False),
        ("", "Exhibition: ", False),
    ],
)
def test_the_first_of_the_days_for_which_a_notice_hangs_out_is_its_own(header: str, before: str, posted: bool) -> None:
    rows = [SPAN.format(i=i, t=t, d=d, end=d + timedelta(days=20), before=before) for i, t, d in ROWS]
    head = f"<tr><th>Title</th><th>{header}</th></tr>" if header else ""
    assert days(f"<table>{head}{''.join(rows)}</table>") == (
        dict(zip(TITLES, DAYS, strict=True)) if posted else NO_DAYS
    )


def test_another_day_of_publication_goes_before_a_span() -> None:
    row = "<tr><td>{d:%Y-%m-%d}</td><td><a href='a{i}.html'>{t}</a></td><td>{start:%Y.%m.%d} ~ {end:%Y.%m.%d}</td></tr>"
    spans = [(d + timedelta(days=1), d + timedelta(days=20)) for d in DAYS]
    rows = [row.format(i=i, t=t, d=d, start=a, end=b) for (i, t, d), (a, b) in zip(ROWS, spans, strict=True)]
    head = "<tr><th>등록일</th><th>제목</th><th>게시기간</th></tr>"
    assert days(f"<table>{head}{''.join(rows)}</table>") == dict(zip(TITLES, DAYS, strict=True))


def test_a_letter_is_published_with_its_answer() -> None:
    row = "<tr><td><a href='a{i}.html'>{t}</a></td><td>{asked:%Y-%m-%d}</td><td>{d:%Y-%m-%d}</td><td>已办结</td></tr>"
    rows = [row.format(i=i, t=t, d=d, asked=d - timedelta(days=5)) for i, t, d in ROWS]
    head = "<tr><th>标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>"
    assert days(f"<table>{head}{''.join(rows)}</table>") == dict(zip(TITLES, DAYS, strict=True))
