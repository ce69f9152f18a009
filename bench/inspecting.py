"""How long a nation's inspections take, and how much they hold: 14,474 sites of 17 columns, made by dice."""

import resource
import sys
import time
from collections import Counter
from datetime import date, timedelta
from random import Random

from bench.bars import Bar, Side, exit_code, line
from config.policy import duty_for, policy_for
from monitor.inspection import inspect, rank
from monitor.model.inspecting import ColumnSeen, SiteSeen
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.policy import Policy, ScoreMode
from monitor.model.register import Group

SITES, COLUMNS = 14_474, 17  # end of 2019 (docs/design/rules.md, section 8)
NOW = date(2026, 3, 18)
SECONDS, MEGABYTES = 60.0, 1024.0  # the bars of the issue
STANDINGS = (Standing.FRESH,) * 12 + (Standing.OVERDUE, Standing.STALE, Standing.BLANK, Standing.UNKNOWN)


def main(sites: int = SITES) -> int:
    """Inspect and rank them all; 1 where a bar is not held."""
    made = inspection_bars(sites)
    for bar in made:
        print(line(bar))
    return exit_code(made)


def inspection_bars(sites: int = SITES) -> list[Bar]:
    """The time and the memory of inspecting and ranking them all; the memory is that of this whole process."""
    policy, dice = policy_for(), Random(1)
    seen = [_site(n, policy, dice) for n in range(sites)]
    began = time.process_time()
    made = [inspect(one, policy, mode=ScoreMode.OF_HUNDRED, now=NOW) for one in seen]
    groups = rank(made)
    seconds = time.process_time() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    vetoed = Counter(one.unqualified for one in made)[True]
    note = f"{sites:,} sites of {COLUMNS} columns, ranked in {len(groups)} groups; {vetoed:,} are unqualified"
    return [
        Bar(name="inspection of a nation", figure=seconds, limit=SECONDS, side=Side.AT_MOST, unit="s", note=note),
        Bar(name="its memory, with the sites themselves", figure=most, limit=MEGABYTES, side=Side.AT_MOST, unit="MB"),
    ]


def _site(n: int, policy: Policy, dice: Random) -> SiteSeen:
    categories = dice.choices(list(policy.categories), k=COLUMNS)
    return SiteSeen(
        name=f"site {n}",
        unit=f"unit {n}",
        group=dice.choice(list(Group)),
        columns=tuple(_column(f"column {k}", category, dice) for k, category in enumerate(categories)),
        probes=168,
        failed=dice.randrange(12),
        least_probes=24,
    )


def _column(name: str, category: str, dice: Random) -> ColumnSeen:
    standing, duty = dice.choice(STANDINGS), duty_for(category)
    hidden = standing in (Standing.BLANK, Standing.UNKNOWN)
    newest = None if hidden else NOW - timedelta(days=dice.randrange(14) if standing is Standing.FRESH else 800)
    verdict = Verdict(standing=standing, why=Why.IN_TIME, rule=duty.source, newest=newest)
    return ColumnSeen(name=name, category=category, verdict=verdict, first_level=dice.choice((True, None)), duty=duty)


if __name__ == "__main__":
    sys.exit(main())
