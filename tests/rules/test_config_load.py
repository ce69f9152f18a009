"""What a faultless folder becomes: settings, sites, columns, duties and units."""

from dataclasses import replace
from datetime import date, time, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from config.book import Book, MailMode, MailSettings, Security, Settings
from config.load import load, load_settings
from config.policy import duty_for
from monitor.model.register import Duty, DutyKind, Group, Officer, Period, Unit, Window

SITE = """\
site: Example
home: https://www.example.com/index.html
unit: Example Office
group: {group}
officer: {{name: 王明, email: wang@example.com}}
columns:
  - {{name: News, url: {url}, category: news}}
"""

FULL = """\
site: Example
home: http://10.1.2.3:8080
unit: Example Office
group: 县区门户
officer: {name: Wang Ming, email: wang@example.com, language: en}
timezone: Asia/Urumqi
spacing: 0
allow_networks: [10.0.0.0/8, "fd00::/8"]
columns:
  - name: News
    url: /news/?page=1#top
    category: news
    opened: 2026-01-05
"""


def book_of(folder: Path, site: str, settings: str = "") -> Book:
    (folder / "sites").mkdir()
    (folder / "sites" / "a.yaml").write_text(site, "utf-8")
    (folder / "lanmu.yaml").write_text(settings, "utf-8")
    return load(folder, {})


def test_a_site_file_with_every_key(tmp_path: Path) -> None:
    (site,) = book_of(tmp_path, FULL).sites
    assert (site.name, site.home, site.unit, site.group) == (
        "Example",
        "http://10.1.2.3:8080",
        "Example Office",
        Group.COUNTY_PORTAL,
    )
    assert site.officer == Officer(name="Wang Ming", email="wang@example.com", language="en")
    assert (site.timezone, site.spacing) == ("Asia/Urumqi", 0)
    assert site.allow_networks == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    (column,) = site.columns
    assert column.url == "http://10.1.2.3:8080/news/?page=1#top"
    assert (column.name, column.category, column.opened) == ("News", "news", date(2026, 1, 5))
    assert column.duty == duty_for("news")


def test_a_site_file_at_its_least_takes_the_rest_from_the_settings(tmp_path: Path) -> None:
    site = SITE.format(group="department", url="/news/")
    (made,) = book_of(tmp_path, site, "timezone: Asia/Hong_Kong\nlanguage: en\n").sites
    assert (made.timezone, made.officer.language, made.spacing, made.allow_networks) == ("Asia/Hong_Kong", "en", 1, ())


@pytest.mark.parametrize(
    ("what", "url", "address"),
    [
        ("from the root of the host", "/news/", "https://www.example.com/news/"),
        ("from the home page", "news/list.html", "https://www.example.com/news/list.html"),
        ("only a query", "'?id=3'", "https://www.example.com/index.html?id=3"),
        ("a full address", "http://news.example.com:8080/", "http://news.example.com:8080/"),
        ("an address in Chinese", "https://示例.政务/新闻/", "https://示例.政务/新闻/"),
        ("a host with the scheme of the home page", "//news.example.com/a", "https://news.example.com/a"),
    ],
)
def test_the_address_of_a_column(what: str, url: str, address: str, tmp_path: Path) -> None:
    (site,) = book_of(tmp_path, SITE.format(group="department", url=url)).sites
    assert site.columns[0].url == address


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("county_portal", Group.COUNTY_PORTAL),
        ("County Portals", Group.COUNTY_PORTAL),
        ("县区", Group.COUNTY_PORTAL),
        ("县区门户", Group.COUNTY_PORTAL),
        ("Department", Group.DEPARTMENT),
        ("departments", Group.DEPARTMENT),
        ("工作部门", Group.DEPARTMENT),
        ("部门", Group.DEPARTMENT),
        ("affiliated-body", Group.AFFILIATED_BODY),
        ("affiliated bodies", Group.AFFILIATED_BODY),
        ("直属机构", Group.AFFILIATED_BODY),
    ],
)
def test_the_words_for_a_group(word: str, group: Group, tmp_path: Path) -> None:
    assert book_of(tmp_path, SITE.format(group=word, url="/")).sites[0].group is group


OWN = replace(duty_for("news"), source="信息发布内容清单")


@pytest.mark.parametrize(
    ("what", "category", "duty", "meant"),
    [
        ("a window of its own", "news", "{window: P10D}", replace(OWN, window=Window(count=10, period=Period.DAYS))),
        ("more entries", "news", "{min_items: 3}", replace(OWN, min_items=3)),
        ("another source", "news", "{source: 局发〔2026〕1号}", replace(OWN, source="局发〔2026〕1号")),
        ("daily, by its Chinese term", "news", "{kind: 日常发布}", replace(OWN, kind=DutyKind.DAILY, window=None)),
        ("as needed", "news", "{kind: as-needed}", replace(OWN, kind=DutyKind.AS_NEEDED, window=None)),
        ("periodic, with the category's window", "news", "{kind: periodic}", OWN),
        (
            "a window where the policy has none",
            "budget",
            "{window: P1Y}",
            Duty(kind=DutyKind.PERIODIC, window=Window(count=1, period=Period.YEARS), source="信息发布内容清单"),
        ),
        (
            "a rhythm for what changes with the facts",
            "static",
            "{window: P6M}",
            Duty(kind=DutyKind.PERIODIC, window=Window(count=6, period=Period.MONTHS), source="信息发布内容清单"),
        ),
        (
            "a rhythm for what was exempt",
            "historic",
            "{window: P1Y}",
            Duty(kind=DutyKind.PERIODIC, window=Window(count=1, period=Period.YEARS), source="信息发布内容清单"),
        ),
        (
            "only a source for what is exempt",
            "historic",
            "{source: 局发〔2026〕1号}",
            replace(duty_for("historic"), source="局发〔2026〕1号"),
        ),
    ],
)
def test_a_duty_of_the_units_own_list(what: str, category: str, duty: str, meant: Duty, tmp_path: Path) -> None:
    site = SITE.format(group="部门", url="/").replace("category: news", f"category: {category}, duty: {duty}")
    assert book_of(tmp_path, site).sites[0].columns[0].duty == meant


def test_one_file_may_hold_several_sites_and_units(tmp_path: Path) -> None:
    site = SITE.format(group="部门", url="/")
    second = site.replace("site: Example", "site: Second")
    without = "site: ~\nunit: Third Office\ngroup: 直属机构\n"
    book = book_of(tmp_path, "---\n".join((site, second, without)))
    assert [made.name for made in book.sites] == ["Example", "Second"]
    assert book.units == (
        Unit(name="Example Office", group=Group.DEPARTMENT, has_site=True),
        Unit(name="Third Office", group=Group.AFFILIATED_BODY, has_site=False),
    )


def test_files_are_read_in_the_order_of_their_names_and_others_are_left_alone(tmp_path: Path) -> None:
    sites = tmp_path / "sites"
    sites.mkdir()
    for name in ("b.yaml", "a.yml", "c.yaml", ".hidden.yaml", "d.yaml~"):
        text = SITE.format(group="部门", url="/").replace("site: Example", f"site: {name}")
        (sites / name).write_text(text, "utf-8-sig")
    assert [site.name for site in load(tmp_path, {}).sites] == ["a.yml", "b.yaml", "c.yaml"]


def test_settings_that_say_nothing_are_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "lanmu.yaml").write_text("# nothing yet\n", "utf-8")
    assert load_settings(tmp_path, {}) == Settings(state=tmp_path / "var")


def test_settings_without_a_file_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings(state=tmp_path / "var")


def test_a_key_without_a_value_keeps_its_default(tmp_path: Path) -> None:
    (tmp_path / "lanmu.yaml").write_text("language:\nmail:\n  reply_to:\nhours:\n", "utf-8")
    assert load_settings(tmp_path, {}) == Settings(state=tmp_path / "var")


def test_settings_with_every_key(tmp_path: Path) -> None:
    (tmp_path / "lanmu.yaml").write_text(
        "language: en\ntimezone: UTC\npreset: cn-2019\nstate: data\nlook_every: P1DT2H30M\n"
        "hours: {from: 8:30, to: '12:00'}\nuser_agent_contact: https://www.example.com/watch\nworkers: 8\n"
        "mail: {mode: live, sender: lanmu@example.com, sender_name: 栏目, reply_to: office@example.com,\n"
        "  host: smtp.example.com, port: 2525, security: tls, username: me}\n",
        "utf-8",
    )
    assert load_settings(tmp_path, {"LANMU_SMTP_PASSWORD": "secret"}) == Settings(
        language="en",
        timezone="UTC",
        preset="cn-2019",
        state=tmp_path / "data",
        look_every=timedelta(days=1, hours=2, minutes=30),
        hours=(time(8, 30), time(12)),
        user_agent_contact="https://www.example.com/watch",
        workers=8,
        mail=MailSettings(
            mode=MailMode.LIVE,
            sender="lanmu@example.com",
            sender_name="栏目",
            reply_to="office@example.com",
            host="smtp.example.com",
            port=2525,
            security=Security.TLS,
            username="me",
            password="secret",
        ),
    )


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_security(security: str, port: int, tmp_path: Path) -> None:
    (tmp_path / "lanmu.yaml").write_text(f"mail: {{security: {security}}}\n", "utf-8")
    assert load_settings(tmp_path, {}).mail.port == port


def test_the_state_folder_of_the_environment_overrules_the_file(tmp_path: Path) -> None:
    (tmp_path / "lanmu.yaml").write_text("state: data\n", "utf-8")
    assert load_settings(tmp_path, {"LANMU_STATE": str(tmp_path / "x")}).state == tmp_path / "x"


def test_the_password_may_stand_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim 密\n", "utf-8")
    settings = load_settings(tmp_path, {"LANMU_SMTP_PASSWORD_FILE": str(tmp_path / "secret")})
    assert settings.mail.password == "geheim 密"
    assert "geheim" not in repr(settings)
