"""The record finder: which boxes of a page could be its list, and which of them are looked at first."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extract import marks
from monitor.extract.links import links
from monitor.extract.names import Names, plain
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


def test_of_a_link_around_another_element_of_its_kind_the_inner_one_stands() -> None:
    dates = "".join(f"<div id=r{i}>2026-03-0{i + 1}<div>2026-02-0{i + 1}</div></div>" for i in range(4))
    assert all(len(set(records)) == len(records) for records in groups(f"<div>{dates}</div>"))


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
    assert (ids(*range(count)) in groups(f"<section>{boxes}</section>")) is seen


def test_links_of_one_text_to_one_address_are_no_group() -> None:
    boxes = "".join(f"<{tag} id=r{i}><a href='same.pdf'>PDF</a></{tag}>" for i, tag in enumerate("pqsu"))
    assert ids(0, 1, 2, 3) not in groups(f"<section>{boxes}</section>")


def test_a_list_in_two_boxes_is_given_as_one_and_in_parts() -> None:
    seen = groups(f"<div><ul>{rows(4)}</ul><ul>{rows(3, start=4)}</ul></div>")
    assert {tuple(ids(*span)) for span in (range(7), range(4), range(4, 7))} <= {tuple(records) for records in seen}


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
    assert bool([c for c in searched(body)[1] if len(c.records) == 1]) is seen, what


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("item1", "item2", True),
        ("row odd", "row even", True),
        ("row first", "row", True),
        ("row active", "row hover", True),
        ("row", "menu", False),
        ("newsrow", "row", False),
        ("hotline", "line", False),
    ],
)
def test_a_class_is_named_without_its_numbers_and_words_of_state(first: str, second: str, alike: bool) -> None:
    assert (plain(first) == plain(second)) is alike


def named(body: str) -> list[tuple[int, int, int]]:
    """The three names of each element with an id, in the order of the page."""
    tree = grow(LexborHTMLParser(f"<html><body>{body}</body></html>"))
    names = Names(tree.steps)
    return [names.of(tree.kind[e]) for e in range(len(tree.tag)) if tree.attrs(e).get("id")]


@pytest.mark.parametrize(
    ("what", "body", "whole", "tags", "tail"),
    [
        ("two rows", "<ul><li id=a><li id=b></ul>", True, True, True),
        ("rows of another class", "<ul><li class=x id=a><li class=y id=b></ul>", False, True, False),
        ("lists of another class", "<ul class=x><li id=a></ul><ul class=y><li id=b></ul>", False, True, False),
        ("other tags", "<p id=a></p><h3 id=b></h3>", False, False, False),
        ("cells of one row", "<table><tr><td id=a><td id=b></table>", False, False, False),
        ("cells of one column", "<table><tr><td><td id=a><tr><td><td id=b></table>", True, True, True),
        ("one deeper at the top",
         "<div><div><ul><li><p><b id=a></b></p></li></ul></div></div><div><ul><li><p><b id=b></b></p></li></ul></div>",
         False, False, True),
        ("another class five levels up",
         "<div class=x><ul><li><p><b id=a></b></ul></div><div class=y><ul><li><p><b id=b></b></ul></div>",
         False, True, True),
        ("one deeper near by", "<ul><li><p><b id=a></b></p></li><li><b id=b></b></li></ul>", False, False, False),
    ],
)  # fmt: skip
def test_elements_of_one_name_are_alike(what: str, body: str, whole: bool, tags: bool, tail: bool) -> None:
    alike = tuple(len(set(names)) == 1 for names in zip(*named(body), strict=True))
    assert alike == (whole, tags, tail), what
