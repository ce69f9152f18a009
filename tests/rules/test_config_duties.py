"""Whose word on a duty holds, and what is wrong with `policy.yaml` and the calendars."""

from datetime import date
from pathlib import Path

import pytest

from config.calendars import load_calendars
from config.load import load
from config.problems import ConfigError
from monitor.model.register import Duty

SITE = """\
site: Example
home: https://www.example.com/
unit: Example Office
group: {group}
officer: {{name: 王明, email: wang@example.com}}
{site}columns:
  - {{name: News, url: /a/, category: {category}{column}}}
"""
POLICY = """\
categories:
  news: {window: P1W, source: 市政府办公室规定}
groups:
  county_portal:
    news: {kind: daily, grace: 0, source: 县区门户规定}
"""


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def duty_of(
    folder: Path,
    *,
    group: str = "department",
    category: str = "news",
    site: str = "",
    column: str = "",
    policy: str = POLICY,
    preset: str = "cn-2019",
) -> Duty:
    write(folder, "lanmu.yaml", f"preset: {preset}\n")
    write(folder, "policy.yaml", policy)
    write(folder, "sites/a.yaml", SITE.format(group=group, site=site, category=category, column=column))
    return load(folder, {}).sites[0].columns[0].duty


@pytest.mark.parametrize(
    ("what", "given", "line"),
    [
        ("the preset's", {"policy": ""}, "periodic 2 weeks, 1 items, grace 1: 国办秘函〔2019〕19号"),
        ("all sites of the watch", {}, "periodic 1 weeks, 1 items, grace 1: 市政府办公室规定"),
        ("the site's group", {"group": "county_portal"}, "daily, 1 items, grace 0: 县区门户规定"),
        (
            "the site's",
            {"group": "county_portal", "site": "duties: {news: {window: P3D, grace: 2, source: 本站规定}}\n"},
            "periodic 3 days, 1 items, grace 2: 本站规定",
        ),
        (
            "the column's own",
            {"site": "duties: {news: {window: P3D}}\n", "column": ", duty: {min_items: 2}"},
            "periodic 3 days, 2 items, grace 1: 信息发布内容清单",
        ),
        (
            "working days",
            {"column": ", duty: {window: 20个工作日, calendar: CN}"},
            "periodic 20 working_days, 1 items, grace 1, calendar CN: 信息发布内容清单",
        ),
        (
            "the calendar of the site",
            {"site": "calendar: FR\n"},
            "periodic 1 weeks, 1 items, grace 1, calendar FR: 市政府办公室规定",
        ),
        (
            "an approved exemption",
            {"column": ", exempt: {reason: 机构改革, until: 2026-12-31}"},
            "periodic 1 weeks, 1 items, grace 1, exempt until 2026-12-31: 机构改革",
        ),
        (
            "a review",
            {"column": ", duty: {kind: as_needed, review: P6M}, reviewed: 2026-01-05"},
            "as_needed, 1 items, grace 1, reviewed every 6 months: 信息发布内容清单",
        ),
        (
            "the preset of reviews",
            {"preset": "review-date", "policy": "", "column": ", reviewed: 2026-01-05"},
            "as_needed, 1 items, grace 1, reviewed every 1 years: review-date (no official document)",
        ),
    ],
)
def test_the_nearest_word_on_a_duty_holds(tmp_path: Path, what: str, given: dict[str, str], line: str) -> None:
    assert duty_of(tmp_path, **given).line == line, what


def test_the_day_of_the_last_review_is_the_columns(tmp_path: Path) -> None:
    duty = duty_of(tmp_path, preset="review-date", policy="", column=", reviewed: 2026-01-05")
    assert duty.review is not None
    assert duty.review.last == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        (
            "policy.yaml",
            "categories:\n  news: {window: P1W}\n",
            'policy.yaml:2:9: key "source" is missing; add a line “source: …”',
        ),
        (
            "policy.yaml",
            "categories:\n  nwes: {window: P1W, source: x}\n",
            'policy.yaml:2:3: unknown category "nwes"; did you mean "news"?',
        ),
        (
            "policy.yaml",
            "groups:\n  bureau:\n    news: {window: P1W, source: x}\n",
            'policy.yaml:2:3: unknown group "bureau"; write one of: ',
        ),
        (
            "policy.yaml",
            "categories:\n  news: {review: P1Y, source: x}\n",
            "policy.yaml:2:9: only a duty without a rhythm is reviewed; write kind: as_needed beside it",
        ),
        (
            "sites/a.yaml",
            SITE.format(group="department", site="calendar: XX\n", category="news", column=""),
            'sites/a.yaml:6:11: unknown calendar "XX"; write a country such as CN, or add calendar/XX.yaml',
        ),
        (
            "sites/a.yaml",
            SITE.format(group="department", site="", category="news", column=", duty: {calendar: XX, kind: daily}"),
            'sites/a.yaml:7:61: unknown calendar "XX"; write a country such as CN, or add calendar/XX.yaml',
        ),
        (
            "calendar/CN.yaml",
            "base: CN\nholidays: [2027-01-01]\nworking_days: [2027-01-01]\n",
            "calendar/CN.yaml:1:1: 2027-01-01 is a holiday and a working day; remove it from one of the lists",
        ),
        (
            "calendar/CN.yaml",
            "base: ZZ\n",
            "calendar/CN.yaml:1:1: there is no calendar ZZ to begin with; write a country of ISO 3166",
        ),
        (
            "calendar/CN.yaml",
            "",
            "calendar/CN.yaml:1:1: the file holds no calendar, or several; write one calendar in it",
        ),
        (
            "calendar/CN.yaml",
            "base: CN\nholidays: [1 January]\n",
            "calendar/CN.yaml:2:12: a date is expected here; write year-month-day without quotes",
        ),
    ],
)
def test_a_mistake_is_said_with_its_place_and_mend(tmp_path: Path, file: str, text: str, problem: str) -> None:
    write(tmp_path, "sites/a.yaml", SITE.format(group="department", site="", category="news", column=""))
    write(tmp_path, file, text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, {})
    assert str(caught.value).startswith(problem)


def test_the_admins_calendar_overrules_the_one_it_is_based_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        "calendar/CN.yaml",
        "base: CN\nholidays: [2026-03-18]\nworking_days: [2026-03-22]\nsettled: [2031]\n",
    )
    write(tmp_path, "calendar/office.yaml", "holidays: [2026-03-18]\n")
    calendars, problems = load_calendars(tmp_path)
    assert not problems
    for name in ("CN", "Asia/Shanghai", "Asia/Urumqi"):
        china = calendars.named(name)
        assert not china.is_working(date(2026, 3, 18))
        assert china.is_working(date(2026, 3, 22)), "a Sunday"
        assert not china.is_working(date(2026, 2, 17)), "the spring festival stands as it was"
        assert (china.provisional(2031), china.provisional(2032)) == (False, True)
    office = calendars.named("office")
    assert [office.is_working(date(2026, 3, day)) for day in (17, 18, 22)] == [True, False, False]
    assert calendars.named("Europe/Paris").is_working(date(2026, 3, 18))


def test_without_a_calendar_folder_the_days_are_those_of_the_country(tmp_path: Path) -> None:
    calendars, problems = load_calendars(tmp_path)
    assert not problems
    assert not calendars.named("FR").is_working(date(2026, 7, 14))
