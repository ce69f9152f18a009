"""The benchmarks' own rules: when a bar holds, and what a disguised, re-encoded or damaged page is."""

import json
from datetime import date
from pathlib import Path

import pytest

from bench.bars import Bar, Side, Standing, at, exit_code, line, share, write
from bench.charsets import Subject, charset_bar, encodings_of
from bench.corpus import page_of
from bench.disguises import in_divs, without_list, without_names
from bench.monsters import damaged
from bench.read import OWN
from monitor.extract import decode, extract
from monitor.model.reading import Entry, Listing, Trouble

TODAY = date(2026, 3, 18)
URL = "http://swj.qinghe.example/"
COLUMN = (Path(__file__).parents[1] / "pages" / "column_ul.html").read_text("utf-8")


def bar(figure: float | None, limit: float | None = 96, side: Side = Side.AT_LEAST, unit: str = "%") -> Bar:
    return Bar(name="right", figure=figure, limit=limit, side=side, unit=unit, note="a note", pages=("one",))


@pytest.mark.parametrize(
    ("what", "measured", "standing", "code"),
    [
        ("at its limit a share holds", bar(96.0), Standing.HOLDS, 0),
        ("under it, it falls short", bar(95.99), Standing.FALLS_SHORT, 1),
        ("at its limit a time holds", bar(16, 16, Side.AT_MOST, "×"), Standing.HOLDS, 0),
        ("over it, it falls short", bar(16.01, 16, Side.AT_MOST, "×"), Standing.FALLS_SHORT, 1),
        ("no figure misses nothing", bar(None), Standing.NOT_MEASURED, 0),
        ("no limit misses nothing", bar(41, None), Standing.FOR_COMPARISON, 0),
    ],
)
def test_a_bar_holds_or_falls_short(what: str, measured: Bar, standing: Standing, code: int) -> None:
    assert (measured.standing, exit_code([bar(100), measured])) == (standing, code)


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (bar(95.99), ["right", "95.9", "%", "≥", "96", "%", "falls", "short", "(a", "note)"]),
        (bar(15.004, 16, Side.AT_MOST, "×"), ["right", "15.00", "×", "≤", "16", "×", "holds", "(a", "note)"]),
        (bar(0, 0, Side.AT_MOST, ""), ["right", "0", "≤", "0", "holds", "(a", "note)"]),
        (bar(None), ["right", "–", "≥", "96", "%", "not", "measured", "(a", "note)"]),
    ],
)
def test_a_bar_is_one_line_and_a_share_is_never_rounded_up(measured: Bar, said: list[str]) -> None:
    assert line(measured).split() == said


def test_bars_are_kept_as_json_with_the_pages_behind_them(tmp_path: Path) -> None:
    write([bar(90.0)], tmp_path / "new" / "read.json")
    (row,) = json.loads((tmp_path / "new" / "read.json").read_text("utf-8"))
    assert (row["figure"], row["standing"], row["pages"]) == (90.0, "falls short", ["one"])


def test_of_nothing_there_is_no_share_and_no_median() -> None:
    assert (share(0, 0), at([], 0.5), at([4, 1, 2, 3], 0.5), at(range(100), 0.95)) == (None, None, 2.5, 95)


def test_a_page_without_names_keeps_the_rest() -> None:
    plain = without_names('<ul class="a b" id=c><li data-id="1" class=d><a href="x?id=2">T</a></ul>')
    assert '<ul><li data-id="1"><a href="x?id=2">T</a></li></ul>' in plain
    assert "class" not in plain


@pytest.mark.parametrize(
    ("source", "divs"),
    [
        ("<ul><li>1<li>2</ul>", "<div><div>1</div><div>2</div></div>"),
        ("<table><tr><td>1<td>2</table>", "<div><div><div><div>1</div><div>2</div></div></div></div>"),
        ("<dl><dt>a<dd>b</dl>tail", "<div><div>a</div><div>b</div></div>tail"),
        ("<h2 class=x>A &lt; B</h2><p>c<br>d", '<div class="x">A &lt; B</div><p>c<br>d</p>'),
        ('<script>"<li>"</script><!-- <li> -->', '<script>"<li>"</script><!-- <li> -->'),
        ('<a title="&quot;a&quot; <li>">b</a>', '<a title="&quot;a&quot; &lt;li&gt;">b</a>'),
    ],
)
def test_a_page_in_divs_keeps_its_text_attributes_scripts_and_comments(source: str, divs: str) -> None:
    assert divs in in_divs(f"<body>{source}")


def entries_of(source: str) -> tuple[Entry, ...]:
    read = extract(page_of(URL, source.encode()), today=TODAY)
    assert isinstance(read, Listing)
    return read.entries


def test_the_found_list_is_cut_out_with_every_copy_and_nothing_else() -> None:
    entries = entries_of(COLUMN)
    start, end = COLUMN.index('<div class="list">'), COLUMN.index('<div class="page">')
    twice = COLUMN[:end] + COLUMN[start:end] + COLUMN[end:]
    for source in (COLUMN, twice):
        rest = without_list(source, URL, entries) or ""
        assert [entry.title for entry in entries if entry.title[:12] in rest] == []
        assert "热门文章" in rest
        assert "下一页" in rest


@pytest.mark.parametrize(
    ("row", "cut"),
    [
        ("<a href='/{i}'>Download</a>", True),
        ("<button onclick=\"window.open('/{i}','_blank')\">Download</button>", True),
        ("<b>Download</b>", False),  # a text that all share leads to no one entry
    ],
)
def test_entries_are_found_again_by_link_and_script_but_not_by_a_shared_text(row: str, cut: bool) -> None:
    entries = [Entry(title="Download", url=f"{URL}{i}", published=None) for i in range(4)]
    rows = "".join(f"<li>{row.format(i=i)}</li>" for i in range(4))
    rest = without_list(f"<p>before<ul>{rows}</ul><p>after", URL, entries)
    assert (rest is not None) is cut
    assert rest is None or ("Download" not in rest and "before" in rest)


def test_pages_are_encoded_only_where_they_fit_and_with_every_declaration() -> None:
    names = [encoded.name for path in OWN[:2] for encoded in encodings_of(path.read_text("utf-8"))]
    assert {name.split()[0] for name in names[:48]} == {"gbk", "gb18030", "big5"}
    assert {name.split()[0] for name in names[48:]} == {"gbk", "gb18030"}
    (wrong,) = [e for e in encodings_of(COLUMN) if e.name == "gbk declared utf-8 / big5"]
    assert wrong.content_type == "text/html; charset=utf-8"
    assert '<meta charset="big5">' in wrong.body.decode("gbk")
    (bare,) = [e for e in encodings_of(COLUMN) if e.name == "gbk declared – / –"]
    assert (b"charset" in bare.body, bare.content_type) == (False, "text/html")


def test_a_reader_that_trusts_the_header_falls_short() -> None:
    def trusting(body: bytes, content_type: str) -> Listing | Trouble:
        text = body.decode(content_type.partition("charset=")[2] or "utf-8", "replace")
        return extract(page_of(URL, text.encode()), today=TODAY)

    reading = extract(page_of(URL, COLUMN.encode()), today=TODAY)
    measured = charset_bar([Subject("column", COLUMN, reading, trusting)])
    assert measured.standing is Standing.FALLS_SHORT
    assert "column gbk declared big5 / gbk" in measured.pages
    assert "column gbk declared gbk / big5" not in measured.pages


def test_a_page_of_our_own_decodes_the_same_from_big5() -> None:
    text = OWN[0].read_text("utf-8")
    page = page_of(URL, text.encode("big5"), "text/html; charset=big5")
    assert decode(page) == text


def test_damaged_pages_are_the_same_at_each_run() -> None:
    stock = [COLUMN.encode(), b"<p>short"]
    first = list(damaged(stock, 40))
    assert first == list(damaged(stock, 40))
    assert len(set(first)) > 30
