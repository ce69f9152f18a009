"""The life of a column of the nation: what is truly published, and every date that is forged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

from bench.nation_time import DAY, Duty, after, before, deadline, workdays

CHINA = timedelta(hours=8)
BIRTH, START, END = date(2021, 3, 1), date(2024, 3, 1), date(2026, 2, 28)
FATES = (
    ("poisson", 24),
    ("regular", 26),
    ("bursts", 14),
    ("late", 8),
    ("neglected", 6),
    ("dead", 12),
    ("blank", 2),
    ("forging", 8),
)
FORGERIES = ("redated", "against_address", "new_address", "burst", "ticking", "backdated")
SUBJECTS = (
    *("春季农田水利", "安全生产", "森林防火", "义务教育招生", "医疗保障", "老旧小区改造", "水环境治理", "营商环境"),
    *("乡村振兴", "防汛抗旱", "公共文化服务", "食品药品监管", "城市更新", "就业帮扶", "科技创新", "道路交通整治"),
)
FORMS = (
    "关于做好{y}年{s}工作的通知（第{n}号）",
    "我市召开{y}年{s}工作第{n}次推进会",
    "{s}工作简报{y}年第{n}期",
    "关于{s}有关事项的公告〔{y}〕{n}号",
)


@dataclass(slots=True)
class Post:
    """A text: when it truly came, and the days that its list shows, each from a day on (`shown`)."""

    title: str
    url: str
    at: datetime
    day: date
    shown: list[tuple[date, date]]  # from which day of looking on, which date
    true: bool = True  # False for what only looks like a publication
    until: date | None = None  # taken off the list
    pinned: bool = False
    away: tuple[date, date] | None = None  # from which day on it was off the list, and from which on it is back


@dataclass(frozen=True, slots=True)
class Act:
    """A forgery: on a day, of these addresses, after a silence."""

    sign: str
    day: date
    urls: tuple[str, ...]
    silent: date  # from which day on


@dataclass(slots=True)
class Life:
    fate: str
    posts: list[Post] = field(default_factory=list)  # true ones
    false: list[Post] = field(default_factory=list)  # what only looks like one: forged, events ahead
    acts: list[Act] = field(default_factory=list)
    dated_urls: bool = False
    yearless: bool = False
    died: date | None = None
    page: int = 20  # rows of its list

    @property
    def is_alive(self) -> bool:
        return self.fate in ("poisson", "regular", "bursts")


class _Press:
    """Writes posts with titles and addresses of their own."""

    def __init__(self, dice: Random, base: str, *, dated: bool) -> None:
        self.dice, self.base, self.dated, self.number = dice, base, dated, 0

    def post(self, day: date, *, held: date | None = None, shown: date | None = None) -> Post:
        """`held` is the day that its address holds, `shown` the one that the list shows."""
        self.number += 1
        title = self.dice.choice(FORMS).format(y=day.year, s=self.dice.choice(SUBJECTS), n=self.number)
        held = held or day
        path = f"art/{held.year}/{held.month}/{held.day}/art_{self.number}" if self.dated else f"info/{self.number}"
        return Post(title, f"{self.base}/{path}.html", _hour(self.dice, day), day, [(day, shown or day)])


def _hour(dice: Random, day: date) -> datetime:
    """Most texts come in the working hours of China, some in the evening or before the office opens."""
    hours = dice.choices([(9, 18), (18, 23), (6, 9)], [86, 9, 5])[0]
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - CHINA
    return midnight + timedelta(hours=dice.randrange(*hours), minutes=dice.randrange(60))


def live(dice: Random, duty: Duty, base: str, inspections: Sequence[date], kin: Sequence[Life]) -> Life:
    """A life that is fit for the duty. A dying column leaves texts to its living `kin` of the same category."""
    fate = dice.choices([name for name, _ in FATES], [weight for _, weight in FATES])[0]
    if not duty.rhythm and fate == "forging":
        fate = "poisson"
    page = 5 if dice.random() < 0.06 else 20
    life = Life(fate, dated_urls=dice.random() < 0.4, yearless=dice.random() < 0.05, page=page)
    press = _Press(dice, base, dated=life.dated_urls)
    if fate == "blank":
        return life
    if fate == "dead":
        life.died = date(2023, 6, 1) + DAY * dice.randrange(900)
    life.posts = [press.post(day) for day in _days(dice, duty, fate) if life.died is None or day <= life.died]
    _upload_late(dice, life.posts)
    if fate == "dead" and kin:
        _share(dice, life, kin[0])
    if fate == "forging":
        _forge(dice, life, duty, press, inspections)
    _decorate(dice, life, press)
    life.posts.sort(key=lambda post: post.at)
    return life


def _days(dice: Random, duty: Duty, fate: str) -> list[date]:
    """The days of true publications, by the process of the fate."""
    rhythm = duty.rhythm or 60
    if duty.kind == "daily":
        miss = {"late": 0.08, "neglected": 0.4}.get(fate, 0.01)
        return [day for day in workdays() if BIRTH <= day <= END and dice.random() >= miss]
    step = rhythm / duty.least
    season = fate == "regular" and rhythm >= 365 and duty.least == 1
    pace = dice.uniform(2.5, 6)
    day, days = BIRTH + DAY * dice.randrange(max(2, int(step / 2))), []
    while day <= END:
        count = dice.randint(2, 8) if fate == "bursts" else 1
        days += [day] * count
        match fate:
            case "regular" if season:
                gap = 365 + dice.gauss(-6, 8)
            case "regular":
                gap = step / 2 * dice.uniform(0.7, 1.3)
            case "late":
                gap = step * dice.uniform(0.7, 1.3)
            case "neglected":
                gap = step * dice.uniform(1.6, 3.2)
            case "bursts":
                gap = min(step * dice.uniform(0.2, 0.9) * (count if duty.least > 1 else 1), rhythm * 0.9)
            case _:
                gap = dice.expovariate(pace / step)
        day += DAY * max(1, round(gap))
    return [_working(day) for day in days if _working(day) <= END]


def _upload_late(dice: Random, posts: list[Post]) -> None:
    """What honest officers do: a text of yesterday goes up this morning, those of the holidays after them."""
    gathers = dice.random() < 0.4
    for post in posts:
        back = after(before(post.day), 1)  # the first working day from then on
        if (gathers and back > post.day) or dice.random() < 0.03:
            up = max(back, post.day + DAY) if back == post.day else back
            if up <= END:
                post.at = _hour(dice, up)


def _working(day: date) -> date:
    while day.weekday() == 6:
        day += DAY
    return day


def _share(dice: Random, life: Life, kin: Life) -> None:
    """A dying column's last texts stand in its living kin too."""
    for post in life.posts[-20:]:
        if dice.random() < 0.6:
            kin.posts.append(Post(post.title, post.url, post.at, post.day, list(post.shown)))
    kin.posts.sort(key=lambda post: post.at)


def _decorate(dice: Random, life: Life, press: _Press) -> None:
    """Pinned texts, events ahead, honest corrections."""
    old = [post for post in life.posts if post.day < START - 100 * DAY]
    if old and dice.random() < 0.15:
        dice.choice(old).pinned = True
    if life.posts and dice.random() < 0.08:
        for _ in range(dice.randint(1, 4)):
            day = START + DAY * dice.randrange(700)
            event = press.post(day, shown=day + DAY * dice.randint(5, 60))
            event.true = False
            life.false.append(event)
    for post in life.posts:
        if post.day > START and dice.random() < 0.01:
            gone = post.day + DAY * dice.randint(3, 60)
            post.away = gone, gone + DAY * dice.randint(1, 30)
        if post.day > START and dice.random() < 0.005:
            post.shown.append((post.day + 4 * DAY, post.day + DAY * dice.choice((-1, 1))))


def _forge(dice: Random, life: Life, duty: Duty, press: _Press, inspections: Sequence[date]) -> None:
    """Silences longer than the window, each ended or hidden by a forgery."""
    sign = dice.choice(FORGERIES)
    if (duty.kind == "daily" and sign in ("burst", "backdated")) or (duty.least > 1 and sign == "backdated"):
        sign = (
            "redated"  # a daily duty has no silence to fill; of several texts, false days count against their officer
        )
    if sign == "against_address":
        life.dated_urls = press.dated = True
        life.posts = [press.post(post.day) for post in life.posts]
    for _ in range(dice.randint(1, 3)):
        act = START + DAY * dice.randrange(60, 700)
        if sign == "burst" and dice.random() < 0.5:
            act = max(dice.choice(inspections) - DAY * dice.randint(2, 12), START + 40 * DAY)
        silent = act - DAY * (duty.rhythm + dice.randint(20, 60))
        if any(silent < other.day + 120 * DAY and other.silent < act + 120 * DAY for other in life.acts):
            continue
        life.posts = [post for post in life.posts if not silent < post.day <= act + 20 * DAY]
        if len(life.posts) < 3 or not any(post.day < silent for post in life.posts):
            continue
        made = _FORGES[sign](dice, life, press, act, silent)
        if made:
            life.acts.append(Act(sign, act, tuple(made), silent))


def _latest(life: Life, day: date) -> list[Post]:
    return sorted((post for post in life.posts if post.day < day), key=lambda post: post.at)[-6:]


def _redate(dice: Random, life: Life, press: _Press, act: date, silent: date) -> list[str]:
    posts = dice.sample(_latest(life, act), k=min(2, len(_latest(life, act))))
    for post in posts:
        post.shown.append((act, act))
    return [post.url for post in posts]


def _repost(dice: Random, life: Life, press: _Press, act: date, silent: date) -> list[str]:
    old = dice.choice(_latest(life, act)[-min(6, life.page - 1) :])  # one that is on the list
    new = press.post(act)
    new.title, new.true = old.title, False
    life.false.append(new)
    if dice.random() < 0.5:
        old.until = act
    return [new.url]


def _against(dice: Random, life: Life, press: _Press, act: date, silent: date) -> list[str]:
    new = press.post(act, held=act - DAY * dice.randint(45, 400))
    new.true = False
    life.false.append(new)
    return [new.url]


def _burst(dice: Random, life: Life, press: _Press, act: date, silent: date) -> list[str]:
    posts = [press.post(act) for _ in range(dice.randint(6, 12))]
    life.posts += posts
    return [post.url for post in posts]


def _tick(dice: Random, life: Life, press: _Press, act: date, silent: date) -> list[str]:
    posts = dice.sample(_latest(life, act), k=min(2, len(_latest(life, act))))
    for post in posts:
        post.shown += [(act + DAY * n, act + DAY * n) for n in range(dice.randint(6, 25))]
    return [post.url for post in posts]


def _backdate(dice: Random, life: Life, press: _Press, act: date, silent: date) -> list[str]:
    """A silence is filled: the texts come on one day, the days that they show lie in it; one is of the day itself."""
    span = (act - silent).days
    days = sorted(silent + DAY * dice.randint(2, max(3, span - 18)) for _ in range(dice.randint(3, 6)))
    posts = [press.post(act, shown=day) for day in days]
    life.posts += [*posts, press.post(act)]
    return [post.url for post in posts]


_FORGES = {"redated": _redate, "against_address": _against, "new_address": _repost, "burst": _burst, "ticking": _tick,
           "backdated": _backdate}  # fmt: skip


def crammed(life: Life, duty: Duty) -> frozenset[date]:
    """Days of many texts after a silence longer than the window, forged or not."""
    count: dict[date, int] = {}
    for post in life.posts:
        count[post.day] = count.get(post.day, 0) + 1
    days = sorted(count)
    late = [day for was, day in pairwise(days) if duty.rhythm and deadline(was, duty) < day]
    return frozenset(day for day in late if count[day] >= 4)
