"""Whose word on a duty holds: the preset's, then `policy.yaml`'s for all and for a group, the site's, the column's.

Each that speaks names its source, and what it leaves out stays as the one before it had it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from config import fields, policy
from config.part import Name, Part, text
from config.points import Supplied
from config.problems import Wrong
from monitor.model.mendable import phrase
from monitor.model.register import Duty, DutyKind, Group, Review, Window

OWN_LIST = "信息发布内容清单"  # the unit's publication duty list, where the file does not name another source


class DutyPart(Part):
    """What is said of a duty in a file. The unit's own list overrules the category."""

    kind: Annotated[DutyKind, text(fields.duty_kind)] | None = None
    window: Annotated[Window, text(fields.window)] | None = None
    min_items: Annotated[int, Field(ge=1, le=1000)] | None = None
    grace: Annotated[int, Field(ge=0, le=60)] | None = None
    review: Annotated[Window, text(fields.window)] | None = None
    calendar: Annotated[str, text(fields.calendar_name)] | None = None
    source: Name | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.window and self.kind in (DutyKind.DAILY, DutyKind.AS_NEEDED):
            raise Wrong(
                phrase("a duty of kind {kind} has no window", kind=self.kind),
                phrase("remove the window, or write kind: periodic"),
            )
        if self.review and self.kind is not DutyKind.AS_NEEDED:
            raise Wrong(
                phrase("only a duty without a rhythm is reviewed"),
                phrase("write kind: as_needed beside it, or remove the review"),
            )
        return self


class RulePart(DutyPart):
    """The duty of a category in `policy.yaml`: an office made it a rule, so it says which document."""

    source: Name


class ExemptPart(Part):
    """An exemption (免于更新要求) that was approved, and the day on which it must be looked at again."""

    reason: Name
    until: date | None = None


Category = Annotated[str, text(policy.category_named)]
Rules = dict[Category, RulePart]


class PolicyFile(Supplied):
    """`policy.yaml` of the admins' folder: what is asked otherwise than the preset does, and points that it lacks."""

    categories: Annotated[Rules, Field(default_factory=dict)]
    groups: Annotated[dict[Annotated[Group, text(fields.group)], Rules], Field(default_factory=dict)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """The duties of a preset as `policy.yaml` changes them."""

    preset: str = policy.CN_2019
    categories: Rules = field(default_factory=dict)
    groups: Mapping[Group, Rules] = field(default_factory=dict)

    def of(self, category: str, group: Group, *own: DutyPart | None) -> Duty:
        """The duty of a column, given what its site and then the column itself say."""
        rules: tuple[Mapping[str, DutyPart], ...] = (self.categories, self.groups.get(group, {}))
        duty = policy.duty_for(category, preset=self.preset)
        for part in (*(rule.get(category) for rule in rules), *own):
            duty = _overruled(duty, part) if part else duty
        return duty


def _overruled(usual: Duty, own: DutyPart) -> Duty:
    kind = own.kind or (DutyKind.PERIODIC if own.window else usual.kind)
    review = Review(every=own.review) if own.review else usual.review
    return Duty(
        kind=kind,
        window=(own.window or usual.window) if kind is DutyKind.PERIODIC else None,
        min_items=own.min_items or usual.min_items,
        source=own.source or OWN_LIST,
        grace=usual.grace if own.grace is None else own.grace,
        exempt=usual.exempt and not (own.kind or own.window),
        undated_not_updated=usual.undated_not_updated,
        review=review if kind is DutyKind.AS_NEEDED else None,
        calendar=own.calendar or usual.calendar,
    )


def settled(duty: Duty, *, exempt: ExemptPart | None, reviewed: date | None, calendar: str | None) -> Duty:
    """The duty with what only a column can say: an approved exemption, and the day on which a person looked last."""
    review = replace(duty.review, last=reviewed) if duty.review else None
    duty = replace(duty, review=review, calendar=duty.calendar or calendar or "")
    return replace(duty, exempt=True, exempt_until=exempt.until, source=exempt.reason) if exempt else duty
