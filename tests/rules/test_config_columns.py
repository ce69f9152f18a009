"""Every mistake in a column of a site file is told with its place, what it is and how to mend it."""

from pathlib import Path

import pytest

from tests.rules.broken_folders import SITE, problems_of

COLUMNS = SITE[SITE.index("columns") :]
DUTY = "    category: news\n    duty:\n      "


@pytest.mark.parametrize(
    ("what", "right", "wrong", "fault", "mend"),
    [
        (
            "a misspelt key of a column",
            "    url: /news",
            "    ulr: /news",
            '10:5: unknown key "ulr"',
            'did you mean "url"?',
        ),
        (
            "a key of a column that is missing",
            "    url: /news/\n",
            "",
            '9:5: key "url" is missing',
            "add a line “url: …”",
        ),
        (
            "a misspelt category",
            "category: notice",
            "category: notcie",
            '14:15: unknown category "notcie"',
            'did you mean "notice"?',
        ),
        (
            "a category by its Chinese name",
            "category: notice",
            "category: 通知公告",
            '14:15: unknown category "通知公告"',
            'did you mean "notice"?',
        ),
        (
            "a category that is like no other",
            "category: notice",
            "category: zzz",
            '14:15: unknown category "zzz"',
            (
                "write one of: home, news, notice, policy_file, personnel, planning, other, service_stats, "
                "reply_list, interview, survey, statistics, budget, emergency, static, historic"
            ),
        ),
        (
            "a column whose host lacks its scheme",
            "url: /news/",
            "url: www.example.com/news/",
            '10:10: "www.example.com/news/" is no web address',
            "write http:// or https:// in front, or begin with / for a page of this site",
        ),
        (
            "a column that is a script",
            "url: /news/",
            "url: javascript:void(0)",
            '10:10: "javascript:void(0)" is no web address',
            "write http:// or https:// in front, such as https://www.example.com/",
        ),
        (
            "two columns of one name",
            "name: Notices",
            "name: News",
            '12:11: two columns of this site are called "News"',
            "change it, or remove the column here or on line 9",
        ),
        (
            "two columns of one address",
            "url: /notices/",
            "url: https://WWW.example.com/news/",
            "13:10: two columns of this site have one address",
            "change it, or remove the column here or on line 10",
        ),
        (
            "no columns",
            COLUMNS,
            "columns: []\n",
            "8:10: the list is empty",
            "write at least one item on a line that begins with “- ”",
        ),
        (
            "columns that are no list",
            COLUMNS,
            "columns: news\n",
            "8:10: a list is expected here",
            "write each item on a line that begins with “- ”",
        ),
        (
            "a column that is a word",
            "  - name: News\n    url: /news/\n    category: news\n",
            "  - News\n",
            "9:5: keys with values are expected here",
            "write “key: value” lines, indented, below it",
        ),
        (
            "a window in words",
            "    category: news\n",
            DUTY + "window: 2 weeks\n",
            '13:15: "2 weeks" is no window of time',
            "write P10D for ten days, P2W for two weeks, P6M for six months, P1Y for a year or “20 working days”",
        ),
        (
            "a daily duty with a window",
            "    category: news\n",
            DUTY + "kind: daily\n      window: P2W\n",
            "13:7: a duty of kind daily has no window",
            "remove the window, or write kind: periodic",
        ),
        (
            "a periodic duty without a number",
            "    category: news\n",
            "    category: budget\n    duty: {kind: periodic}\n",
            "9:5: category budget has no window of its own",
            "add one to the duty, such as window: P3M",
        ),
        (
            "no entries at all as a duty",
            "    category: news\n",
            DUTY + "min_items: 0\n",
            '13:18: "0" is too small',
            "write 1 or more",
        ),
        (
            "a day that no calendar has",
            "    category: news\n",
            "    category: news\n    opened: 2026-02-30\n",
            "12:13: a date is expected here",
            "write year-month-day without quotes, such as 2026-03-18",
        ),
        (
            "a recipe that does not say where the records are",
            "    category: news\n",
            "    category: news\n    recipe:\n      title: a\n",
            '13:7: key "record" is missing',
            "add a line “record: …”",
        ),
        (
            "a misspelt key of a recipe",
            "    category: news\n",
            "    category: news\n    recipe:\n      record: li\n      titel: a\n",
            '14:7: unknown key "titel"',
            'did you mean "title"?',
        ),
        (
            "a selector that no parser reads",
            "    category: news\n",
            "    category: news\n    recipe:\n      record: ul > li[\n",
            '13:15: the selector cannot be read from "[" on',
            "write it as “div.list > ul li”, “td:nth-child(2)”, or “a@title” for an attribute",
        ),
        (
            "a selector that could take for ever",
            "    category: news\n",
            "    category: news\n    recipe:\n      record: div:has(div)\n",
            '13:15: the selector cannot be read from ":has(div)" on',
            "write it as “div.list > ul li”, “td:nth-child(2)”, or “a@title” for an attribute",
        ),
        (
            "an attribute for a record",
            "    category: news\n",
            "    category: news\n    recipe:\n      record: li@id\n",
            "13:15: a record is an element, not an attribute",
            "remove the “@” and the word behind it",
        ),
        (
            "a format that is none",
            "    category: news\n",
            '    category: news\n    recipe:\n      record: li\n      date_format: "%Y-%m-%d"\n',
            '14:20: "%Y-%m-%d" is no format of dates',
            "write it as in a spreadsheet, such as yyyy-mm-dd, dd/mm/yyyy or mm-dd, or one of dmy, mdy, ymd",
        ),
        (
            "a recipe in one word",
            "    category: news\n",
            "    category: news\n    recipe: li\n",
            "12:13: keys with values are expected here",
            "write “key: value” lines, indented, below it",
        ),
    ],
)
def test_a_mistake_in_a_column(what: str, right: str, wrong: str, fault: str, mend: str, tmp_path: Path) -> None:
    assert right in SITE
    assert problems_of(tmp_path, site=SITE.replace(right, wrong, 1)) == [f"sites/a.yaml:{fault}; {mend}"]
