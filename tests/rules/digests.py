"""A digest with a line of every kind. `python -m tests.rules.digests` writes its golden mails anew."""

from datetime import date
from pathlib import Path

from monitor.model.judging import Standing, Verdict, Why
from monitor.model.register import Officer
from monitor.model.reminding import Digest, DigestLine, LineKind, Role
from notifiers.base import Mailbox, Message
from notifiers.message import render

GOLDEN = Path(__file__).with_name("golden")
SENDER = Mailbox(name="栏目监测 Lanmu", address="monitor@lanmu.example")
REPLY_TO = Mailbox(name="李明", address="li.ming@lanmu.example")
D19 = "国办秘函〔2019〕19号"


def line(kind: LineKind, column: str, verdict: Verdict, *, step: int = 0, url: str = "") -> DigestLine:
    return DigestLine(
        kind=kind,
        unit="云溪县人民政府办公室",
        site="云溪县人民政府网",
        column=column,
        url=url or f"https://www.yunxi.example/{column}/index.html?a=1&b=2",
        verdict=verdict,
        step=step,
    )


OVERDUE = line(
    LineKind.NEW,
    "通知公告",
    Verdict(
        standing=Standing.OVERDUE,
        why=Why.DEADLINE_PASSED,
        rule=D19,
        newest=date(2026, 1, 2),
        deadline=date(2026, 1, 16),
        days_over=62,
    ),
    step=1,
)
BLANK = line(
    LineKind.NEW, "在线访谈", Verdict(standing=Standing.BLANK, why=Why.NEVER_HAD_ENTRIES, rule="国办发〔2015〕15号")
)
STALE = line(
    LineKind.STILL_OVERDUE,
    "政策文件",
    Verdict(
        standing=Standing.STALE,
        why=Why.LONG_PASSED,
        rule=D19,
        newest=date(2024, 6, 28),
        deadline=date(2024, 12, 28),
        days_over=446,
    ),
    step=3,
)
DUE_SOON = line(
    LineKind.DUE_SOON,
    "部门动态",
    Verdict(
        standing=Standing.DUE_SOON,
        why=Why.DEADLINE_NEAR,
        rule=D19,
        newest=date(2026, 3, 7),
        deadline=date(2026, 3, 21),
    ),
)
RECOVERED = line(
    LineKind.RECOVERED,
    "规划计划",
    Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule=D19, newest=date(2026, 3, 17), deadline=date(2027, 3, 17)),
)
CORRECTED = line(
    LineKind.CORRECTED,
    "人事信息",
    Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule=D19, newest=date(2026, 2, 1), deadline=date(2027, 2, 1)),
)
ALL = (OVERDUE, BLANK, STALE, DUE_SOON, RECOVERED, CORRECTED)


def digest(*lines: DigestLine, language: str = "zh-CN", role: Role = Role.OFFICER, name: str = "王丽") -> Digest:
    return Digest(
        recipient=Officer(name=name, email="wang.li@lanmu.example", language=language),
        role=role,
        slot=date(2026, 3, 19),
        channel="mail",
        lines=lines,
        answer_by=date(2026, 3, 26),
    )


def rendered(*lines: DigestLine, language: str = "zh-CN", templates: Path | None = None) -> Message:
    return render(digest(*lines, language=language), key="k1", sender=SENDER, reply_to=REPLY_TO, templates=templates)


def parts(message: Message) -> dict[str, str]:
    return {"subject": message.subject + "\n", "txt": message.text, "html": message.html}


if __name__ == "__main__":
    for language in ("zh-CN", "en"):
        for part, text in parts(rendered(*ALL, language=language)).items():
            (GOLDEN / f"digest.{language}.{part}").write_text(text, encoding="utf-8")
