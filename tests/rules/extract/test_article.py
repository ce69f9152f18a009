"""An article's page tells the day of its publication, by itself or not at all."""

from datetime import date

import pytest

from monitor.extract.article import Published, published_of
from monitor.extract.claims import Way
from monitor.model.reading import Page

TODAY = date(2026, 3, 18)
DAY = date(2021, 3, 4)
TITLE = "关于做好2021年春季防火工作的通知"

OTHERS = """<script type="application/ld+json">[
{"@type": "Article", "datePublished": "2021-03-04"}, {"@type": "Article", "datePublished": "2021-03-05"}]</script>"""


def page(head: str = "", body: str = "", url: str = "http://www.qinghe.example/a/12.html", status: int = 200) -> Page:
    text = f'<!DOCTYPE html><html lang="zh"><head><title>{TITLE}-清河县</title>{head}</head><body>{body}</body></html>'
    return Page(url=url, final_url=url, status=status, headers={}, body=text.encode())


def told(head: str = "", body: str = "", url: str = "http://www.qinghe.example/a/12.html") -> Published | None:
    return published_of(page(head, body, url), today=TODAY)


def shown(line: str) -> str:
    """A usual article: navigation, title, a line about it, its text, and what else there is to read."""
    return (
        '<div class="nav"><a href="/">首页</a> 今天是2026年3月18日</div>'
        f"<h1>{TITLE}</h1><div class='info'>{line}</div>"
        "<div id='zoom'><p>各镇人民政府：请于2021年4月30日前报送总结。</p><p>应急管理局</p><p>2021年3月1日</p></div>"
        '<div class="related"><ul><li><a href="9.html">县长调研重点项目</a><span>2026-03-17</span></li></ul></div>'
        '<div class="footer">版权所有 2010-01-01</div>'
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2021-03-04 10:20">',
        '<META NAME="pubdate" CONTENT="2021-03-04">',
        '<meta name="SiteName" content="清河县"><meta name="PubDate" content="2021-03-04 08:00:00">',
        '<meta name="publishdate" content="20210304">',
        '<meta property="article:published_time" content="2021-03-04T10:20:00+08:00">',
        '<meta name="modified_time" content="2024-01-02"><meta name="article:published_time" content="2021-03-04">',
        '<meta name="DC.date.issued" content="2021-03-04">',
        '<meta name="dcterms.issued" content="2021-03-04">',
        '<meta name="citation_publication_date" content="2021/03/04">',
    ],
)
def test_a_field_of_the_head_tells_the_day(head: str) -> None:
    found = told(head)
    assert found is not None
    assert (found.day, found.ways) == (DAY, (Way.META,))
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "datePublished": "2021-03-04T10:00:00+08:00", "dateModified": "2024-05-06"}',
        '{"@graph": [{"@type": "WebPage", "datePublished": "2021-03-04"}, {"@type": "Event", "startDate": "2025"}]}',
        '[{"@type": ["Article"], "datePublished": "2021-03-04"}]',
    ],
)
def test_structured_data_tells_the_day(data: str) -> None:
    found = told(f'<script type="application/ld+json">{data}</script>')
    assert found is not None
    assert (found.day, found.ways) == (DAY, (Way.DATA,))
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2021-03-04 10:20",
        "来源：清河县应急管理局 发布日期：2021年3月4日 浏览次数：123次",
        "<span>发布时间：</span><span>2021-03-04</span>",
        "成文日期：2021-03-01 发布日期：2021-03-04 有效期至：2023-01-01",
        "更新时间：2022-05-06 发布时间：2021-03-04",
        "發布日期：民國110年3月4日",
        "Published: 4 March 2021 | Last updated: 6 May 2022",
        "Veröffentlicht am 4. März 2021",
        "Publié le 4 mars 2021, mis à jour le 6 mai 2022",
    ],
)
def test_a_date_by_the_title_with_words_of_publication_tells_the_day(line: str) -> None:
    found = told(body=shown(line))
    assert found is not None
    assert (found.day, found.ways) == (DAY, (Way.TEXT,))
    assert found.confidence >= 0.9


@pytest.mark.parametrize("line", ["日期：2021-03-04", "2021-03-04 来源：清河县应急管理局", "时间：2021年03月04日"])
def test_a_date_by_the_title_that_is_less_clearly_named_tells_it_with_less_confidence(line: str) -> None:
    found = told(body=shown(line))
    assert found is not None
    assert found.day == DAY
    assert found.confidence < 0.9


def test_two_ways_that_agree_are_surer_than_one() -> None:
    found = told('<meta name="PubDate" content="2021-03-04">', shown("发布时间：2021-03-04"))
    assert found == Published(day=DAY, ways=(Way.TEXT, Way.META), confidence=0.97)


def test_two_good_ways_that_disagree_prove_nothing() -> None:
    found = told('<meta name="PubDate" content="2024-06-01">', shown("发布时间：2021-03-04"))
    assert found is not None
    assert found.day == DAY
    assert found.confidence < 0.9


def test_a_moment_told_in_two_time_zones_is_the_day_that_people_see() -> None:
    found = told(
        '<meta property="article:published_time" content="2021-03-03T23:30:00Z">', shown("发布时间：2021-03-04")
    )
    assert found is not None
    assert found.day == DAY
    assert found.confidence >= 0.9


def test_the_address_agrees_or_tells_the_day_with_little_confidence() -> None:
    url = "http://www.qinghe.example/tzgg/202103/t20210304_12.html"
    alone = told(url=url)
    assert alone is not None
    assert (alone.day, alone.ways) == (DAY, (Way.ADDRESS,))
    assert alone.confidence < 0.9
    both = told('<meta name="PubDate" content="2021-03-04">', url=url)
    assert both is not None
    assert both.confidence > 0.95


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<meta property="article:modified_time" content="2021-03-04">', ""),
        ('<meta name="last-modified" content="2021-03-04"><meta name="expires" content="2021-03-04">', ""),
        ('<meta name="PubDate" content="2026-03-19">', ""),  # ahead of the reading day
        ('<meta name="PubDate" content="">', ""),
        ('<meta name="PubDate" content="2021-02-30">', ""),
        ('<script type="application/ld+json">{"@type": "Event", "startDate": "2021-03-04"}</script>', ""),
        ('<script type="application/ld+json">{"@type": "Article", "dateModified": "2021-03-04"}</script>', ""),
        ('<script type="application/ld+json">{"@type": "Article", "datePublished": </script>', ""),
        (OTHERS, ""),
        ("", shown("浏览次数：12次")),
        ("", shown("更新时间：2021-03-04")),
        ("", shown("报名截止时间：2021-03-04")),
        ("", shown("会议时间：2021-03-04 地点：县政府")),
        ("", shown("发布时间：2026-03-19")),
        ("", shown("发布时间：03-04")),
    ],
)  # fmt: skip
def test_a_day_that_is_not_that_of_publication_is_none(head: str, body: str) -> None:
    assert told(head, body) is None


def test_the_reading_day_from_a_machine_alone_proves_nothing() -> None:
    """Some templates print the server's clock where the day of publication should stand."""
    clock = told('<meta name="PubDate" content="2026-03-18">')
    assert clock is None or clock.confidence < 0.9
    seen = told('<meta name="PubDate" content="2026-03-18">', shown("发布时间：2026-03-18"))
    assert seen is not None
    assert seen.confidence >= 0.9


@pytest.mark.parametrize(("ago", "day"), [("3天前", date(2026, 3, 15)), ("昨天", date(2026, 3, 17))])
def test_a_relative_day_counts_where_it_is_named(ago: str, day: date) -> None:
    found = told(body=shown(f"<span>发布时间：</span><span>{ago}</span>"))
    assert found is not None
    assert found.day == day


def test_what_is_no_article_tells_nothing() -> None:
    assert published_of(page('<meta name="PubDate" content="2021-03-04">', status=404), today=TODAY) is None
    pdf = Page(url="u", final_url="u", status=200, headers={}, body=b"%PDF-1.7 2021-03-04")
    assert published_of(pdf, today=TODAY) is None


@pytest.mark.parametrize(
    "body",
    [
        '<h1>Budget adopted by the council</h1><p>By A. Smith <time datetime="2021-03-04T10:20">4 March</time></p>',
        '<h1>Budget</h1>Updated <time datetime="2024-05-06">May</time> Published <time datetime="2021-03-04">4</time>',
        '<h1>Budget adopted</h1><p>Published</p><p><time datetime="2021-03-04">three years ago</time></p>',
    ],
)
def test_a_stamped_time_by_the_title_tells_the_day(body: str) -> None:
    found = told(body=body)
    assert found is not None
    assert found.day == DAY
    assert Way.TIME in found.ways


@pytest.mark.parametrize(
    "body",
    [
        '<span itemprop="datePublished" content="2021-03-04">4 March</span>',
        '<meta itemprop="datePublished" content="2021-03-04">',
        '<time pubdate datetime="2021-03-04T10:00:00Z">4/3</time>',
        '<span itemprop="datePublished">2021-03-04</span>',
    ],
)
def test_microdata_tells_the_day(body: str) -> None:
    found = told(body=body)
    assert found is not None
    assert found.day == DAY
    assert found.confidence >= 0.9


def test_microdata_of_several_articles_tells_nothing() -> None:
    spans = (f'<span itemprop="datePublished">2021-03-0{n}</span>' for n in range(1, 4))
    assert told(body="".join(spans)) is None


@pytest.mark.parametrize(
    "body",
    [
        shown("") + '<div class="comment">发布时间：2021-03-04 读者甲</div>',
        '<div class="sidebar">发布时间：2021-03-04</div>' + shown(""),
        shown("") + "<footer>发布日期：2021-03-04</footer>",
        shown("") + '<p><a href="8.html">上一篇 发布时间：2021-03-04</a></p>',
        shown("") + "<p>正文</p>" * 80 + "<p>发布时间：2021-03-04</p>",  # far below the title
        f"<h1>{TITLE}</h1><p>" + "清河县人民政府办公室印发的通知" * 30 + "，发布日期：2021-03-04</p>",  # prose
    ],
)
def test_a_date_of_something_else_on_the_page_is_not_the_articles(body: str) -> None:
    assert told(body=body) is None


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 50_000,
        "<meta name=pubdate content=2021-03-04>" * 20_000,
        '<script type="application/ld+json">' + "[" * 90_000,
        "<html>" + "发布时间：" * 50_000,
        "<html>" + "<time datetime='2021-03-04'>x</time>" * 20_000,
        "<html>\x00\ufffd<meta",
    ],
)
def test_a_hostile_page_raises_nothing(text: str) -> None:
    hostile = Page(url="http://[", final_url="http://[", status=200, headers={}, body=text.encode())
    found = published_of(hostile, today=TODAY)
    assert found is None or found.day <= TODAY
