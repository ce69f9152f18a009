"""Who answers for what: units, sites, columns, officers and their duties (信息发布内容清单)."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network


class Group(StrEnum):
    """The three groups in which the notice ranks units."""

    COUNTY_PORTAL = "county_portal"  # 县区门户
    DEPARTMENT = "department"  # 工作部门
    AFFILIATED_BODY = "affiliated_body"  # 直属机构


class DutyKind(StrEnum):
    DAILY = "daily"  # 日常发布
    PERIODIC = "periodic"  # 定期发布
    AS_NEEDED = "as_needed"  # 随时发布


class Period(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A span of time, such as two weeks. Months and years are calendar months (docs/design/judging.md)."""

    count: int
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """When a person must look again whether a page is still right; `last` is None where nobody ever has."""

    every: Window
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """How often a column must be updated, and which rule says so.

    `window` is None where the official number is not known: such a column is NOT_CONFIGURED, never guessed.
    `source` names the rule: a document number, or the unit's own list.
    `grace` counts working days after the deadline before a finding may be detected.
    `exempt_until` is the last day of an exemption that was approved for a time; None for one without end.
    `review` is for duties without a rhythm. `calendar` names the working days that count; "" for those of the site.
    """

    kind: DutyKind
    window: Window | None = None
    min_items: int = 1
    grace: int = 1
    source: str
    exempt: bool = False
    undated_not_updated: bool = False  # the 2015 rule: an undated item counts as not updated
    exempt_until: date | None = None
    review: Review | None = None
    calendar: str = ""

    @property
    def line(self) -> str:
        """The duty in one line, equal for equal duties: `periodic 2 weeks, 1 items, grace 1: 国办秘函〔2019〕19号`."""
        window = f" {self.window.count} {self.window.period}" if self.window else ""
        said = [
            (f", exempt until {self.exempt_until}" if self.exempt_until else ", exempt") if self.exempt else "",
            ", undated counts as not updated" if self.undated_not_updated else "",
            f", reviewed every {self.review.every.count} {self.review.every.period}" if self.review else "",
            f", calendar {self.calendar}" if self.calendar else "",
        ]
        return f"{self.kind}{window}, {self.min_items} items, grace {self.grace}{''.join(said)}: {self.source}"

    def exempts(self, day: date) -> bool:
        """Whether the duty does not hold on that day."""
        return self.exempt and (self.exempt_until is None or day <= self.exempt_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """The one responsible person (负责人) of a site. `email` is a bare address."""

    name: str
    email: str
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an admin says that a column's page is to be read (采集规则), for the rare page that is read wrongly.

    CSS selectors, those of title, link and date within a record; `a@title` means an attribute. What is empty is found
    as on any other page. `date_format` is written as in a spreadsheet (dd/mm/yyyy), or dmy, mdy or ymd.
    """

    record: str
    title: str = ""
    link: str = ""
    date: str = ""
    date_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A browser builds the page of a column. `hosts` may be asked by the page besides those of the site's own name.

    An admin answers for it that what the page asks of the hosts `without` (counters, say) is no part of its list.
    """

    hosts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column (栏目) of a site: the page that lists its entries, and what is expected of it.

    `first_level` is whether it is a first-level column (一级栏目); None where nobody has said so.
    """

    name: str
    url: str
    category: str
    duty: Duty
    opened: date | None = None
    recipe: Recipe | None = None
    first_level: bool | None = None
    render: Rendering | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakTls:
    """What is borne of an old server's HTTPS, and why: shown wherever the site is shown.

    `old_protocols` opens TLS 1.0 and 1.1 with their ciphers. `chain` holds certificates (PEM) that the server should
    send and does not. A certificate that is expired, or of another name, is never taken.
    """

    reason: str
    old_protocols: bool = False
    chain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a page says of itself in its meta tags: the site code (网站标识码) and the column's name, where it does."""

    site_code: str = ""
    column_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that a site wants to be sent: its value, or the name of the secret that is its value."""

    name: str
    value: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """The way out to a site: `http://` or `https://`, host and port. `login` names the secret `user:password`."""

    url: str
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How a site may be asked. `authority` is why its robots.txt does not bind us: the admin answers for the site.

    `hours` are from, until in the site's time zone, and may pass midnight; None for the whole day.
    `headers` are sent to the very host that is asked, and to none that it redirects to.
    """

    at_once: int = 2  # requests to one host
    per_day: int = 0  # requests to one host; 0 for any number
    hours: tuple[time, time] | None = None
    authority: str = ""
    headers: tuple[Header, ...] = ()
    proxy: Proxy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A website, the unit that answers for it and the officer who is reminded.

    `allow_networks` are the address ranges outside the public Internet that this site may live in.
    """

    name: str
    home: str
    unit: str
    group: Group
    officer: Officer
    timezone: str
    columns: tuple[Column, ...]
    allow_networks: tuple[Network, ...] = ()
    spacing: float = 1.0  # seconds between two requests to one host
    weak_tls: WeakTls | None = None
    site_code: str | None = None  # 网站标识码: ten digits that the pages bear as `SiteIDCode`
    access: Access = Access()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit (主办单位) that stands in the register; the notice names those that have no site."""

    name: str
    group: Group
    has_site: bool
