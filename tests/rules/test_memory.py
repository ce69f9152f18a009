"""What is remembered of entries: one row for each entry and date, with the readings that a verdict may rest on."""

from datetime import date, timedelta

from monitor.memory import Memory
from monitor.model.judging import KNOWN
from monitor.model.reading import Entry

MONDAY = date(2026, 3, 16)
A = Entry(title="关于春耕的通知", url="/1", published=date(2026, 3, 1))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def remembered(*looks: tuple[Entry, ...]) -> Memory:
    memory = Memory()
    for number, entries in enumerate(looks):
        memory.remember(entries, day(number))
    return memory


def test_an_entry_counts_its_readings_from_the_day_of_the_first() -> None:
    (once,) = remembered((A,)).known
    assert (once.entry, once.first_seen, once.readings) == (A, day(0), 1)
    (twice,) = remembered((A,), (), (A,)).known
    assert (twice.first_seen, twice.readings) == (day(0), 2)


def test_an_entry_with_another_date_is_another_row() -> None:
    newer = Entry(title=A.title, url=A.url, published=date(2026, 3, 9))
    assert [(k.entry, k.readings) for k in remembered((A,), (newer,)).known] == [(newer, 1), (A, 1)]


def test_more_than_two_readings_prove_no_more_but_a_changed_title_is_taken_in() -> None:
    renamed = Entry(title="关于春耕的通知（更正）", url="/1", published=A.published)
    (last,) = remembered((A,), (A,), (A,), (renamed,)).known
    assert last.entry == renamed
    assert last.readings >= 2


def test_a_year_once_stated_is_never_guessed_again() -> None:
    guessed = Entry(title=A.title, url=A.url, published=A.published, year_inferred=True)
    (guess,) = remembered((guessed,)).known
    assert guess.entry.year_inferred
    for looks in [(A,), (guessed,)], [(guessed,), (A,)]:
        (stated,) = remembered(*looks).known
        assert not stated.entry.year_inferred


def test_of_one_look_the_last_row_of_a_key_counts_once() -> None:
    pinned = Entry(title=A.title, url=A.url, published=A.published, pinned=True)
    (one,) = remembered((A, pinned)).known
    assert (one.entry.pinned, one.readings) == (True, 1)


def test_the_very_list_again_is_taken_in_until_it_changes_nothing() -> None:
    memory, entries = Memory(), (A,)
    for number in range(3):
        memory.remember(entries, day(number))
    assert [k.readings for k in memory.known] == [2]
    memory.remember((), day(3))
    memory.remember(entries, day(4))
    assert [k.first_seen for k in memory.known] == [day(0)]


def test_a_verdict_may_rest_on_the_newest_ones_and_undated_ones_come_last() -> None:
    undated = Entry(title="x", url="/x", published=None)
    many = tuple(
        Entry(title="t", url=f"/{n}", published=date(2024, 1, 1) + timedelta(days=n)) for n in range(KNOWN + 5)
    )
    memory = remembered((undated, *many))
    assert len(memory.known) == KNOWN
    assert memory.known[0].entry == many[-1]
    assert len(memory.all) == KNOWN + 6
    assert memory.all[-1].entry == undated
