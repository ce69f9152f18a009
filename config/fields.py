"""The single values of the admins' files: each function takes what was written and returns what it means."""

import re
import ssl
import unicodedata
from datetime import time, timedelta
from ipaddress import ip_network
from zoneinfo import ZoneInfo, available_timezones

from config.problems import Wrong, did_you_mean, near, quoted
from monitor.model.mendable import Phrase, phrase
from monitor.model.register import DutyKind, Group, Network, Period, Window

LONGEST_NAME = 200

_PERIODS = {"D": Period.DAYS, "W": Period.WEEKS, "M": Period.MONTHS, "Y": Period.YEARS}
_WINDOW = re.compile(r"P([1-9]\d{0,2})([DWMY])", re.ASCII)
_WORKING_DAYS = re.compile(r"([1-9]\d{0,2})\s*(?:working days?|个工作日)", re.ASCII)
_CALENDAR_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
_INTERVAL = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"[^\s@<>()\[\],;:\"\\]{{1,64}}@{_LABEL}(?:\.{_LABEL})+", re.ASCII | re.IGNORECASE)
_SHORTEST_INTERVAL, _LONGEST_INTERVAL = timedelta(minutes=5), timedelta(days=31)

_GROUPS = {
    Group.COUNTY_PORTAL: ("county_portal", "county_portals", "县区门户", "县区", "县区政府门户", "县区政府门户网站"),
    Group.DEPARTMENT: ("department", "departments", "工作部门", "部门", "政府工作部门", "市政府工作部门"),
    Group.AFFILIATED_BODY: ("affiliated_body", "affiliated_bodies", "直属机构", "直属单位", "市政府直属机构"),
}
_GROUP_WORDS = {word: group for group, words in _GROUPS.items() for word in words}
_KIND_WORDS = {
    **{kind.value: kind for kind in DutyKind},
    "日常发布": DutyKind.DAILY,
    "定期发布": DutyKind.PERIODIC,
    "随时发布": DutyKind.AS_NEEDED,
}
_CHINA_TIME = (
    "北京时间",
    "中国标准时间",
    "北京",
    "beijing",
    "asia/beijing",
    "china",
    "utc+8",
    "gmt+8",
    "cst",
)


def name(text: str) -> str:
    """A name for people: one line, since it goes into the headers of mails."""
    plain = text.strip()
    if not plain:
        raise Wrong(phrase("the name is empty"), phrase("write a name"))
    if len(plain) > LONGEST_NAME:
        raise Wrong(phrase("the name is too long"), phrase("use at most {most} characters", most=LONGEST_NAME))
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in plain):
        raise Wrong(phrase("the name holds a line break or a control character"), phrase("write it on one line"))
    return plain


def group(word: str) -> Group:
    """The group of a unit, in English or Chinese; spaces, hyphens, capitals and plurals are forgiven."""
    plain = re.sub(r"[\s_-]+", "_", word.strip().casefold())
    if plain in _GROUP_WORDS:
        return _GROUP_WORDS[plain]
    meant = near(plain, _GROUP_WORDS)
    raise Wrong(
        phrase("unknown group {word}", word=quoted(word)),
        did_you_mean(_GROUP_WORDS[meant] if meant else word, [group.value for group in Group]),
    )


def duty_kind(word: str) -> DutyKind:
    plain = re.sub(r"[\s_-]+", "_", word.strip().casefold())
    if plain in _KIND_WORDS:
        return _KIND_WORDS[plain]
    raise Wrong(phrase("unknown kind of duty {word}", word=quoted(word)), did_you_mean(word, list(DutyKind)))


def window(text: str) -> Window:
    """An ISO 8601 duration of one unit: PnD, PnW, PnM or PnY, with n from 1 to 999; or so many working days."""
    if found := _WINDOW.fullmatch(text):
        return Window(count=int(found[1]), period=_PERIODS[found[2]])
    if found := _WORKING_DAYS.fullmatch(text.strip()):
        return Window(count=int(found[1]), period=Period.WORKING_DAYS)
    raise Wrong(
        phrase("{text} is no window of time", text=quoted(text)),
        phrase("write P10D for ten days, P2W for two weeks, P6M for six months, P1Y for a year or “20 working days”"),
    )


def calendar_name(text: str) -> str:
    """The name of a calendar: a country of ISO 3166, or a file of the folder `calendar`."""
    if _CALENDAR_NAME.fullmatch(text):
        return text
    raise Wrong(
        phrase("{text} is no name of a calendar", text=quoted(text)),
        phrase("write a country such as CN, or the name of a file in the folder calendar"),
    )


def interval(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours and minutes, from five minutes to 31 days."""
    found = _INTERVAL.fullmatch(text)
    if found and any(found.groups()):
        days, hours, minutes = (int(part or 0) for part in found.groups())
        span = timedelta(days=days, hours=hours, minutes=minutes)
        if _SHORTEST_INTERVAL <= span <= _LONGEST_INTERVAL:
            return span
    raise Wrong(
        phrase("{text} is no time between two looks", text=quoted(text)),
        phrase("write a time from PT5M (five minutes) to P31D (31 days), such as PT20H for 20 hours"),
    )


def clock(text: str) -> time:
    """A time of day, such as 09:00."""
    if (found := _CLOCK.fullmatch(text)) and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise Wrong(phrase("{text} is no time of day", text=quoted(text)), phrase('write it as "09:00"'))


def timezone(text: str) -> str:
    """The name of a time zone of the IANA list."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):  # not found · no such form of name · a folder of the list
        raise Wrong(phrase("unknown time zone {text}", text=quoted(text)), _zone_meant(text)) from None
    return text


def _zone_meant(text: str) -> Phrase:
    zones = available_timezones()
    meant = "Asia/Shanghai" if text.strip().casefold() in _CHINA_TIME else near(text, zones, alike=0.75)
    meant = meant or next((zone for zone in sorted(zones) if zone.casefold().endswith("/" + text.casefold())), None)
    if meant:
        return phrase("did you mean {word}?", word=quoted(meant))
    return phrase("write a name of the IANA list, such as Asia/Shanghai")


def network(text: str) -> Network:
    """A range of addresses in CIDR form; a single address is a range of one."""
    try:
        return ip_network(text.strip())
    except ValueError:
        raise Wrong(phrase("{text} is no range of addresses", text=quoted(text)), _network_meant(text)) from None


def _network_meant(text: str) -> Phrase:
    try:
        return phrase("did you mean {word}?", word=quoted(ip_network(text.strip(), strict=False)))
    except ValueError:
        return phrase("write it in CIDR form, such as 10.0.0.0/8 or fd00::/8")


def email(text: str) -> str:
    """A bare e-mail address. The check is for slips of the pen: only a delivery can show that it exists."""
    plain = text.strip()
    local = plain.partition("@")[0]
    if len(plain) > 254 or not _EMAIL.fullmatch(plain) or ".." in plain or local.startswith(".") or local.endswith("."):
        raise Wrong(
            phrase("{text} is no e-mail address", text=quoted(text)),
            phrase("write the address alone, such as wang@example.com"),
        )
    if not plain.isascii() or not plain.isprintable():
        raise Wrong(
            phrase("{text} holds letters that many mail servers refuse", text=quoted(text)),
            phrase("write the address in plain ASCII letters (a Chinese domain in its xn-- form)"),
        )
    return plain


def folder(text: str) -> str:
    if not text.strip() or "\0" in text or text.startswith("~"):
        raise Wrong(
            phrase("{text} is no folder", text=quoted(text)), phrase("write it in full, such as /var/lib/lanmu")
        )
    return text


def site_code(text: str) -> str:
    """A site code (网站标识码): ten digits, or letters for the sites of ministries."""
    if not re.fullmatch(r"[0-9A-Za-z]{10}", text):
        raise Wrong(
            phrase("{text} is not a site code", text=quoted(text)),
            phrase("write its ten digits in quotes, or leave the key out"),
        )
    return text


def certificates(text: str) -> str:
    """Certificates in PEM, one below the other."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError):
        raise Wrong(
            phrase("there is no certificate here"),
            phrase("paste it as PEM below chain: |, from BEGIN CERTIFICATE to END CERTIFICATE"),
        ) from None
    return text


def operator(text: str) -> str:
    """Who runs this watch, as webmasters are told. It goes into a header, between brackets."""
    plain = name(text)
    if plain.isascii() and plain.isprintable() and not set(plain) & set("();\\"):
        return plain
    raise Wrong(
        phrase("{text} cannot stand in a header", text=quoted(text)),
        phrase("write it in plain ASCII letters, without brackets and semicolons"),
    )
