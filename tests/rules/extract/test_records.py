"""The record finder: which boxes of a page could be its list, and which of them are looked at first."""

from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extract import marks, records
from monitor.extract.links import links
from monitor.extract.records import MOST_READ, MOST_RECORDS, Candidate, candidates
from monitor.extract.tree import Tree, grow

TITLES = (
    "关于印发政务公开工作要点的通知",
    "县人民政府关于调整部分领导分工的通知",
    "关于开展安全生产大检查的紧急通知",
    "国民经济和社会发展统计公报",
    "关于公布非物质文化遗产名录的通知",
    "关于做好预算绩效管理工作的意见",
    "关于举办大型人才招聘会的公告",
    "城区道路交通管制的通告",
)


def row(i: int, tag: str = "li", date: str = "") -> str:
    return f"<{tag} id=r{i}><a href='a{i}.html'>{TITLES[i % 8]}{i // 8 or ''}</a>{date}</{tag}>"


def rows(count: int, tag: str = "li", *, dated: bool = False, start: int = 0) -> str:
    return "".join(
        row(i, tag, f"<i>2026-03-{17 - i % 8:02d}</i>" if dated else "") for i in range(start, start + count)
    )


def found(body: str) -> list[tuple[str, list[str]]]:
    """Each candidate's kind, with its records by id; a box without an id is named by its tag."""
    tree, all_of_it = searched(body)
    return [(c.kind, [tree.attrs(r).get("id") or tree.tag[r] for r in c.records]) for c in all_of_it]


def searched(body: str) -> tuple[Tree, list[Candidate]]:
    tree = grow(LexborHTMLParser(f"<html><body>{body}</body></html>"))
    return tree, candidates(tree, links(tree, scripted=True), marks.dates(tree))


def groups(body: str) -> list[list[str]]:
    return [records for _, records in found(body)]


def ids(*numbers: int) -> list[str]:
    return [f"r{i}" for i in numbers]


def test_a_record_is_the_highest_box_that_holds_no_other() -> None:
    inner = "".join(f"<div id=r{i}><p><b><a href='{i}'>{TITLES[i]}</a></b></p></div>" for i in range(4))
    assert ids(0, 1, 2, 3) in groups(f"<div>{inner}</div>")


def test_of_a_date_around_another_of_its_kind_the_inner_one_stands() -> None:
    deep = "<div>" * 8
    pairs = "".join(f"{deep}2026-03-0{i + 1}<div id=r{i}>2026-02-0{i + 1}{'</div>' * 9}" for i in range(4))
    assert ("date", ids(0, 1, 2, 3)) in found(pairs)
    for candidate in searched(pairs)[1]:
        assert len(set(candidate.records)) == len(candidate.records)
    assert groups(f"{deep}2026-03-01<div>2026-02-01{'</div>' * 9}") == [], "one is no list"


def test_no_record_lies_within_another() -> None:
    dates = "".join(f"<div id=r{i}>2026-03-0{i + 1}<div>2026-02-0{i + 1}</div></div>" for i in range(4))
    tree, seen = searched(f"<div>{dates}</div><ul>{rows(2)}</ul>")
    assert seen
    assert all(tree.last[a] < b for c in seen for a, b in pairwise(c.records))


@pytest.mark.parametrize(
    ("what", "body", "kind", "records"),
    [
        ("rows right below the body", rows(3, "div"), "link", ids(0, 1, 2)),
        ("two rows", f"<ul>{rows(2)}</ul>", "link", ids(0, 1)),
        ("two links and nothing around them",
         "<section><a id=r0 href=1>{}</a><a id=r1 href=2>{}</a></section>".format(*TITLES), "link", ids(0, 1)),
        ("rows that bear two classes by turns",
         "".join(row(i).replace("<li", f"<li class={'xy'[i % 2]}") for i in range(6)), "link", ids(*range(6))),
        ("two in each row",
         "".join(f"<section>{row(i, 'p')}{row(i + 1, 'p')}</section>" for i in (0, 2, 4)), "link", ids(*range(6))),
        ("dates without links",
         "".join(f"<li id=r{i}>{TITLES[i]} <i>2026-03-0{i + 1}</i></li>" for i in range(6)), "date", ids(*range(6))),
        ("rows of different make right below the body",
         "<p id=r0><b><a href=1>{}</a></b></p><p id=r1><i><u><a href=2>{}</a></u></i></p><p id=r2><a href=3>{}</a></p>"
         .format(*TITLES), "element", ids(0, 1, 2)),
    ],
)  # fmt: skip
def test_what_the_records_grew_from(what: str, body: str, kind: str, records: list[str]) -> None:
    assert (kind, records) in found(body), what


@pytest.mark.parametrize(("count", "seen"), [(2, False), (3, True)])
def test_children_of_one_parent_are_a_group_from_three_on(count: int, seen: bool) -> None:
    different = ("<b><a href=1>{}</a></b>", "<i><u><a href=2>{}</a></u></i>", "<a href=3>{}</a>")
    boxes = "".join(f"<div id=r{i}>{different[i].format(TITLES[i])}</div>" for i in range(count))
    assert (("element", ids(*range(count))) in found(f"<section>{boxes}</section>")) is seen


@pytest.mark.parametrize(("count", "seen"), [(3, False), (4, True)])
def test_links_of_one_text_are_a_group_from_four_addresses_on(count: int, seen: bool) -> None:
    depths = ("{}", "<b>{}</b>", "<b><i>{}</i></b>", "<b><i><u>{}</u></i></b>")
    links = [depths[i].format(f"<a href='{i}.pdf'>PDF</a>") for i in range(count)]
    boxes = "".join(f"<{tag} id=r{i}>{link}</{tag}>" for i, (tag, link) in enumerate(zip("pqsu", links, strict=False)))
    assert (("link", ids(*range(count))) in found(f"<section>{boxes}</section>")) is seen


def test_links_of_one_text_to_three_addresses_are_no_group() -> None:
    boxes = "".join(f"<{tag} id=r{i}><a href='{i % 3}.pdf'>PDF</a></{tag}>" for i, tag in enumerate("pqsu"))
    assert ids(0, 1, 2, 3) not in groups(f"<section>{boxes}</section>")


def test_links_of_one_text_to_one_address_are_no_group() -> None:
    boxes = "".join(f"<{tag} id=r{i}><a href='same.pdf'>PDF</a></{tag}>" for i, tag in enumerate("pqsu"))
    assert ids(0, 1, 2, 3) not in groups(f"<section>{boxes}</section>")


def test_a_list_in_two_boxes_is_given_as_one_and_in_parts() -> None:
    seen = found(f"<div><ul>{rows(4)}</ul><ul>{rows(3, start=4)}</ul></div>")
    assert all(("link", ids(*span)) in seen for span in (range(7), range(4), range(4, 7)))


@pytest.mark.parametrize(("boxes", "apart"), [(40, True), (41, False)])
def test_the_parts_of_very_many_boxes_are_not_given(boxes: int, apart: bool) -> None:
    seen = found("".join(f"<ul>{rows(3, start=3 * i)}</ul>" for i in range(boxes)))
    assert any(kind == "link" and len(records) == 3 for kind, records in seen) is apart


@pytest.mark.parametrize(
    ("what", "second", "given"),
    [("four", (2, 2), True), ("two", (2,), False)],
)
def test_a_box_of_boxes_is_a_part_from_three_records_on(what: str, second: tuple[int, ...], given: bool) -> None:
    starts = [4 + sum(second[:i]) for i in range(len(second))]
    lists = "".join(f"<ul>{rows(n, start=start)}</ul>" for n, start in zip(second, starts, strict=True))
    seen = groups(f"<div><ul>{rows(2)}</ul><ul>{rows(2, start=2)}</ul></div><div>{lists}</div>")
    assert ids(0, 1, 2, 3) in seen
    assert (ids(*range(4, 4 + sum(second))) in seen) is given, what


def test_a_part_of_two_is_not_given_apart_but_by_its_own_parent() -> None:
    assert ids(4, 5) not in groups(f"<div><ul>{rows(4)}</ul><ul>{rows(2, start=4)}</ul></div>")


def test_the_likeliest_stands_first_wherever_it_stands_on_the_page() -> None:
    menu = "<ul>" + "".join(f"<li><a href='/m{i}'>栏目{i}</a></li>" for i in range(30)) + "</ul>"
    dated = f"<ol>{rows(8, dated=True)}</ol>"
    assert groups(menu + dated)[0] == groups(dated + menu)[0] == ids(*range(8))


def test_of_many_groups_only_the_most_promising_are_read() -> None:
    tags = ("p", "dl", "h4", "h5", "b", "em", "s", "u", "q", "cite")
    menus = "".join(
        f"<section><{tag}><a href='/{tag}1'>栏目一</a></{tag}><{tag}><a href='/{tag}2'>栏目二</a></{tag}></section>"
        for tag in tags
    )
    seen = groups(f"{menus}<ol>{rows(8, dated=True)}</ol>{menus}")
    assert len(seen) == MOST_READ
    assert seen[0] == ids(*range(8))


def test_dates_in_the_records_or_close_behind_them_promise_more_than_titles_alone() -> None:
    dateless = f"<div>{rows(8, 'p')}</div>".replace("id=r", "id=n")
    inside = f"<ul>{rows(8, dated=True)}</ul>"
    behind = "".join(f"{row(i, 'h4')}<i>2026-03-{17 - i:02d}</i>" for i in range(8))
    assert groups(dateless + inside)[0] == ids(*range(8))
    assert groups(f"{dateless}<section>{behind}</section>")[0] == ids(*range(8))


def test_of_a_monstrous_page_only_what_fits_is_read() -> None:
    _, seen = searched(f"<ul>{rows(2_000)}</ul><ol>{rows(1_990)}</ol><div>{rows(1_980, 'p')}</div>" * 3)
    assert sum(len(c.records) for c in seen) <= MOST_RECORDS
    assert max(len(c.records) for c in seen) > 1_000


@pytest.mark.parametrize(
    ("what", "sizes", "read"),
    [
        ("the first one whatever it holds", (12,), [12]),
        ("one that fits after one that does not", (8, 5, 2), [8, 2]),
        ("what is left after two", (5, 4, 3), [5, 4]),
    ],
)
def test_of_a_page_beyond_the_bound_as_much_is_read_as_fits(
    what: str, sizes: tuple[int, ...], read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_RECORDS", 10)
    lists = "".join(f"<{box}>{rows(n, tag)}</{box}>" for n, (box, tag) in zip(sizes, BOXES, strict=False))
    assert [len(records) for records in groups(lists)] == read, what


def test_many_menus_do_not_crowd_out_a_list_by_its_dates() -> None:
    names = [a + b for a in "bcdfghk" for b in "bcdfghk"]
    menus = "".join(
        f"<section class={n}><p><a href=/{n}1>{TITLES[0]}</a></p><p><a href=/{n}2>{TITLES[1]}</a></p></section>"
        for n in names
    )
    dated = "".join(f"<li id=r{i}>{TITLES[i][:6]}<i>2026-03-0{i + 1}</i></li>" for i in range(2))
    assert ("date", ids(0, 1)) in found(f"{menus}<ol>{dated}</ol>")


def test_no_candidate_is_without_records_or_of_one_unless_a_date_stands_with_it() -> None:
    assert groups("") == groups("<p>本栏目的说明文字</p>") == groups(row(0)) == []


@pytest.mark.parametrize(("length", "seen"), [(29, True), (30, False)])
def test_only_a_short_text_can_be_the_label_of_each_record(length: int, seen: bool) -> None:
    text = ("下载本页所列文件的完整版本" * 3)[:length]
    boxes = "".join(f"<{tag} id=r{i}><a href='{i}.pdf'>{text}</a></{tag}>" for i, tag in enumerate("pqsu"))
    assert (ids(0, 1, 2, 3) in groups(f"<section>{boxes}</section>")) is seen


def test_the_box_of_a_pair_ends_before_the_next() -> None:
    pairs = "".join(f"<tr id=r{i}><td><a href='{i}'>{TITLES[i]}</a></td></tr><tr><td>{i}</td></tr>" for i in range(4))
    assert ids(0, 1, 2, 3) in groups(f"<table>{pairs}</table>")


def test_a_menu_of_short_words_promises_less_than_titles_without_any_date() -> None:
    menu = "<ul>" + "".join(f"<li><a href='/m{i}'>栏目{i}</a></li>" for i in range(8)) + "</ul>"
    titled = f"<ol>{rows(8)}</ol>"
    assert groups(menu + titled)[0] == groups(titled + menu)[0] == ids(*range(8))


BOXES = (("ul", "li"), ("div", "p"), ("section", "h4"))
LONE = "<div id=box><div id=r0><h3><a href=1>{title}</a></h3><span>2026-03-04</span>{more}</div></div>"


@pytest.mark.parametrize(
    ("what", "body", "seen"),
    [
        ("a date beside the only link", LONE.format(title=TITLES[0], more=""), True),
        ("much text around it", LONE.format(title=TITLES[0], more="字" * 400), False),
        ("five dates on the page", LONE.format(title=TITLES[0], more="") + "<p>2026-03-01</p>" * 4, False),
        ("four dates on the page", LONE.format(title=TITLES[0], more="") + "<p>2026-03-01</p>" * 3, True),
        ("a date in the middle of a sentence",
         LONE.format(title=TITLES[0], more="").replace("2026", "本站开通以来得到大家的支持与关心谨致谢于2026"), False),
        ("a link that is only a label", LONE.format(title="更多", more=""), False),
    ],
)  # fmt: skip
def test_a_list_of_one_is_a_date_that_stands_with_a_link(what: str, body: str, seen: bool) -> None:
    assert (("date", ["r0"]) in found(body)) is seen, what


@pytest.mark.parametrize(("length", "seen"), [(399, True), (400, False)])
def test_the_only_entry_stands_in_a_box_of_few_words(length: int, seen: bool) -> None:
    short = LONE.format(title=TITLES[0], more="")
    tree, [only] = searched(short)
    more = length - tree.length(only.records[0])
    assert (("date", ["r0"]) in found(LONE.format(title=TITLES[0], more="字" * more))) is seen


@pytest.mark.parametrize(
    ("what", "body", "seen"),
    [
        ("the date before the link", "<i>2026-03-04</i><h3><a href=1>{}</a></h3>", True),
        ("the date three boxes down", "<h3><a href=1>{}</a></h3><p><b><i>2026-03-04</i></b></p>", True),
        ("the date four boxes down", "<h3><a href=1>{}</a></h3><p><b><i><u>2026-03-04</u></i></b></p>", False),
    ],
)
def test_the_only_entry_is_the_nearest_box_around_date_and_link(what: str, body: str, seen: bool) -> None:
    entry = f"<div id=r0>{body.format(TITLES[0])}</div>"
    assert (("date", ["r0"]) in found(entry)) is seen, what
    assert (("date", ["r0"]) in found(f"<div>{entry}</div>")) is seen, what
