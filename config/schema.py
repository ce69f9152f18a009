"""The shape of the admins' files: `lanmu.yaml` and `sites/*.yaml`. The examples in `defaults/` explain each key."""

from datetime import date, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from config import access, addresses, fields, policy, recipes
from config.duties import Category, DutyPart, ExemptPart
from config.part import Name, Part, text
from config.problems import Wrong
from monitor.model.holding import Control
from monitor.model.mendable import phrase
from monitor.model.register import DutyKind, Group, Network, Window

Email = Annotated[str, text(fields.email)]
Url = Annotated[str, text(addresses.url)]
Zone = Annotated[str, text(fields.timezone)]
Interval = Annotated[timedelta, text(fields.interval)]
Clock = Annotated[time, text(fields.clock)]
Language = Literal["zh-CN", "en"]


class OfficerPart(Part):
    name: Name
    email: Email
    language: Language | None = None


class RecipePart(Part):
    record: Annotated[str, text(recipes.element)]
    title: Annotated[str, text(recipes.part)] | None = None
    link: Annotated[str, text(recipes.part)] | None = None
    date: Annotated[str, text(recipes.part)] | None = None
    date_format: Annotated[str, text(recipes.format_of_dates)] | None = None


class RecipeFile(Part):
    """A recipe in a file of its own, as `lanmu try --recipe` takes it: the lines that go into the site file."""

    recipe: RecipePart


class ColumnPart(Part):
    name: Name
    url: Annotated[str, text(str)]  # read together with the home page of the site
    category: Annotated[str, text(policy.category_named)]
    duty: DutyPart | None = None
    opened: date | None = None
    recipe: RecipePart | None = None
    first_level: bool | None = None
    exempt: ExemptPart | None = None
    reviewed: date | None = None
    render: Literal["browser"] | None = None
    render_hosts: list[Annotated[str, text(addresses.host)]] = Field(default_factory=list)
    render_without: list[Annotated[str, text(addresses.host)]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _renders(self) -> Self:
        if self.render:
            return self
        for key in ("render_hosts", "render_without"):
            if getattr(self, key):
                raise Wrong(phrase("nothing is rendered here"), phrase("add render: browser, or remove {key}", key=key))
        return self

    @model_validator(mode="after")
    def _has_window(self) -> Self:
        """A periodic duty needs a number; where the policy has none, the file must bring it."""
        own = self.duty
        if own and own.kind is DutyKind.PERIODIC and not own.window and not policy.duty_for(self.category).window:
            raise Wrong(
                phrase("category {category} has no window of its own", category=self.category),
                phrase("add one to the duty, such as window: P3M"),
            )
        return self


class WeakTlsPart(Part):
    """Without a reason nothing is weakened, and a reason alone weakens nothing."""

    reason: Name
    old_protocols: bool = False
    chain: Annotated[str, text(fields.certificates)] | None = None

    @model_validator(mode="after")
    def _weakens(self) -> Self:
        if not (self.old_protocols or self.chain):
            raise Wrong(phrase("nothing is weakened here"), phrase("add old_protocols: true or a chain, or remove it"))
        return self


class LookHoursPart(Part):
    """When a site may be asked; it may pass midnight."""

    start: Annotated[Clock, Field(alias="from")]
    end: Annotated[Clock, Field(alias="to")]

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if self.start == self.end:
            raise Wrong(
                phrase("the hours begin and end at the same time"), phrase('write them as from: "20:00", to: "07:00"')
            )
        return self


class HeaderPart(Part):
    name: Annotated[str, text(access.header_name)]
    value: Annotated[str, text(access.header_value)] | None = None
    secret: Annotated[str, text(access.secret_name)] | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if bool(self.value) == bool(self.secret):
            raise Wrong(
                phrase("a header has either a value or a secret"), phrase("write one of “value: …” and “secret: NAME”")
            )
        if self.value and access.tells_a_secret(self.name):
            raise Wrong(
                phrase("the header {name} holds a secret, and none stands in this folder", name=self.name),
                phrase("write secret: NAME, and set LANMU_SECRET_NAME or LANMU_SECRET_NAME_FILE in the environment"),
            )
        return self


class ProxyPart(Part):
    url: Annotated[str, text(access.proxy)]
    login: Annotated[str, text(access.secret_name)] | None = None


class SiteFile(Part):
    site: Name
    home: Url
    unit: Name
    group: Annotated[Group, text(fields.group)]
    officer: OfficerPart
    columns: Annotated[list[ColumnPart], Field(min_length=1)]
    allow_networks: Annotated[list[Annotated[Network, text(fields.network)]], Field(default_factory=list)]
    timezone: Zone | None = None
    weak_tls: WeakTlsPart | None = None
    site_code: Annotated[str, text(fields.site_code)] | None = None
    spacing: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 1.0
    at_once: Annotated[int, Field(ge=1, le=10)] = 2
    per_day: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    look_hours: LookHoursPart | None = None
    authority: Name | None = None
    duties: Annotated[dict[Category, DutyPart], Field(default_factory=dict)]
    calendar: Annotated[str, text(fields.calendar_name)] | None = None
    headers: Annotated[list[HeaderPart], Field(max_length=20, default_factory=list)]
    proxy: ProxyPart | None = None

    @model_validator(mode="after")
    def _differ(self) -> Self:
        names = [header.name.casefold() for header in self.headers]
        if len(set(names)) < len(names):
            raise Wrong(phrase("two headers have one name"), phrase("remove one of them"))
        if self.weak_tls and self.proxy and self.proxy.url.startswith("https:"):
            raise Wrong(
                phrase("weak_tls would weaken the connection to the proxy too"),
                phrase("write the proxy with http://, or remove weak_tls"),
            )
        return self


class UnitFile(Part):
    """A unit without a site of its own: `site` is there and empty."""

    site: None
    unit: Name
    group: Annotated[Group, text(fields.group)]


class HoursPart(Part):
    start: Annotated[Clock, Field(alias="from")]
    end: Annotated[Clock, Field(alias="to")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start >= self.end:
            raise Wrong(
                phrase("the sending hours end before they begin"), phrase('write them as from: "09:00", to: "17:30"')
            )
        return self


class MailPart(Part):
    mode: Literal["dry_run", "live"] | None = None
    sender: Email | None = None
    sender_name: Name | None = None
    reply_to: Email | None = None
    host: Annotated[str, text(addresses.host)] | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["starttls", "tls", "none"] | None = None
    username: Name | None = None

    @model_validator(mode="after")
    def _can_send(self) -> Self:
        if self.mode == "live" and not (self.sender and self.host):
            raise Wrong(phrase("live mail needs a sender and a host"), phrase("add both, or write mode: dry_run"))
        if self.username and self.security == "none":
            raise Wrong(
                phrase("the password would travel unprotected"),
                phrase("write security: starttls or tls"),
            )
        return self


class NetworkPart(Part):
    control: list[Annotated[Control, text(addresses.control)]] | None = None
    held_share: Annotated[float, Field(gt=0.5, le=1, allow_inf_nan=False)] | None = None
    held_least: Annotated[int, Field(ge=2, le=100_000)] | None = None
    environment_proxies: bool | None = None


class EvidencePart(Part):
    findings: Annotated[Window, text(fields.window)] | None = None
    others: Annotated[Window, text(fields.window)] | None = None
    page_kb: Annotated[int, Field(ge=1, le=16_384)] | None = None
    total_mb: Annotated[int, Field(ge=1, le=10_000_000)] | None = None


class BrowserPart(Part):
    path: Annotated[str, text(fields.folder)] | None = None
    at_once: Annotated[int, Field(ge=1, le=16)] | None = None
    memory_mb: Annotated[int, Field(ge=300, le=100_000)] | None = None
    seconds: Annotated[int, Field(ge=5, le=120)] | None = None
    sandbox: bool | None = None


class SettingsFile(Part):
    """A key that is absent, or has no value, keeps its default (`config.book.Settings`)."""

    language: Language | None = None
    timezone: Zone | None = None
    preset: Annotated[str, text(policy.preset_named)] | None = None
    state: Annotated[str, text(fields.folder)] | None = None
    look_every: Interval | None = None
    hours: HoursPart | None = None
    mail: MailPart | None = None
    user_agent_contact: Annotated[str, text(addresses.contact)] | None = None
    user_agent_operator: Annotated[str, text(fields.operator)] | None = None
    workers: Annotated[int, Field(ge=1, le=64)] | None = None
    probes_a_day: Annotated[int, Field(ge=0, le=288)] | None = None
    network: NetworkPart | None = None
    evidence: EvidencePart | None = None
    browser: BrowserPart | None = None
