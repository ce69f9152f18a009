"""Makes the words of the register and the settings from validated files."""

import os
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any

from config.addresses import url_of_column
from config.book import BrowserSettings, EvidenceSettings, MailMode, MailSettings, NetworkSettings, Security, Settings
from config.duties import Duties, settled
from config.part import Part
from config.schema import (
    BrowserPart,
    ColumnPart,
    EvidencePart,
    MailPart,
    NetworkPart,
    OfficerPart,
    RecipePart,
    SettingsFile,
    SiteFile,
    UnitFile,
    WeakTlsPart,
)
from monitor.model.evidence import Retention
from monitor.model.register import Access, Column, Header, Officer, Proxy, Recipe, Rendering, Site, Unit, WeakTls


def site_from(file: SiteFile, settings: Settings, duties: Duties) -> Site:
    return Site(
        name=file.site,
        home=file.home,
        unit=file.unit,
        group=file.group,
        officer=_officer(file.officer, settings),
        timezone=file.timezone or settings.timezone,
        columns=tuple(_column(column, file, duties) for column in file.columns),
        allow_networks=tuple(file.allow_networks),
        spacing=file.spacing,
        site_code=file.site_code,
        weak_tls=_weak_tls(file.weak_tls) if file.weak_tls else None,
        access=Access(
            at_once=file.at_once,
            per_day=file.per_day or 0,
            hours=hours_of(file),
            authority=file.authority or "",
            headers=tuple(Header(**_given(header)) for header in file.headers),
            proxy=Proxy(**_given(file.proxy)) if file.proxy else None,
        ),
    )


def hours_of(file: SiteFile) -> tuple[time, time] | None:
    return (file.look_hours.start, file.look_hours.end) if file.look_hours else None


def unit_from(file: SiteFile | UnitFile) -> Unit:
    return Unit(name=file.unit, group=file.group, has_site=isinstance(file, SiteFile))


def settings_from(file: SettingsFile, folder: Path, environ: Mapping[str, str], password: str | None) -> Settings:
    """`state` is beside lanmu.yaml unless LANMU_STATE says otherwise."""
    hours = {"hours": (file.hours.start, file.hours.end)} if file.hours else {}
    own = environ.get("LANMU_STATE")
    given = _given(file) | hours
    given["state"] = Path(os.path.abspath(own or folder / (file.state or "var")))  # noqa: PTH100 -- `..` is taken out
    given["browser"] = BrowserSettings(**_given(file.browser or BrowserPart()))
    given["network"] = _network(file.network or NetworkPart())
    given["evidence"] = _evidence(file.evidence or EvidencePart())
    given["mail"] = _mail(file.mail or MailPart(), password)
    return Settings(**given)


def _mail(part: MailPart, password: str | None) -> MailSettings:
    security = Security(part.security or Security.STARTTLS)
    mode = MailMode(part.mode or MailMode.DRY_RUN)
    chosen = {"mode": mode, "security": security, "port": part.port or security.port, "password": password}
    return MailSettings(**_given(part) | chosen)


def _network(part: NetworkPart) -> NetworkSettings:
    given = _given(part)
    return NetworkSettings(**given | {"control": tuple(given.get("control", ()))})


def _evidence(part: EvidencePart) -> EvidenceSettings:
    given = _given(part)
    spans = {name: given.pop(name) for name in ("findings", "others") if name in given}
    return EvidenceSettings(retention=Retention(**spans), **given)


def _given(part: Part) -> dict[str, Any]:
    """The keys that have a value; the rest keep the defaults of the book."""
    return {key: value for key in part.model_fields_set if (value := getattr(part, key)) is not None}


def _officer(part: OfficerPart, settings: Settings) -> Officer:
    return Officer(name=part.name, email=part.email, language=part.language or settings.language)


def _weak_tls(part: WeakTlsPart) -> WeakTls:
    return WeakTls(reason=part.reason, old_protocols=part.old_protocols, chain=part.chain or "")


def _column(part: ColumnPart, site: SiteFile, duties: Duties) -> Column:
    duty = duties.of(part.category, site.group, site.duties.get(part.category), part.duty)
    return Column(
        name=part.name,
        url=url_of_column(part.url, site.home),
        category=part.category,
        duty=settled(duty, exempt=part.exempt, reviewed=part.reviewed, calendar=site.calendar),
        opened=part.opened,
        recipe=recipe_from(part.recipe) if part.recipe else None,
        first_level=part.first_level,
        render=Rendering(hosts=tuple(part.render_hosts), without=tuple(part.render_without)) if part.render else None,
    )


def recipe_from(part: RecipePart) -> Recipe:
    return Recipe(**_given(part))
