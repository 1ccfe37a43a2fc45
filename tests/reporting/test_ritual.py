"""Which action a review looks back on, and what became of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from journal.domain.notation import parse
from journal.domain.review import Kept
from journal.reporting.ritual import Resolution, Ritual, ritual
from journal.reporting.weeks import Stretch, month_named, week_named

UTC = ZoneInfo("UTC")
THREE = """\
2026-01-11T18:00Z review 2026-W02
  action "Log the stop"
2026-01-18T18:00Z review 2026-W03
  action "Log the fee"
  kept partly "two of three"
2026-01-25T18:00Z review 2026-W04
  kept yes
"""


def _ritual(text: str, stretch: Stretch | str, account: str | None = None) -> Ritual:
    days = week_named(stretch, UTC) if isinstance(stretch, str) else stretch
    return ritual(parse(text), days, account)


def test_the_last_action_is_the_newest_one_before() -> None:
    first = Resolution("2026-W02", "Log the stop", Kept.PARTLY, "two of three")
    second = Resolution("2026-W03", "Log the fee", Kept.YES)
    assert _ritual(THREE, "2026-W02") == Ritual(next="Log the stop")
    assert _ritual(THREE, "2026-W03") == Ritual(first, "Log the fee", answered=True, taken=(first,))
    assert _ritual(THREE, "2026-W04") == Ritual(second, answered=True, taken=(first, second))
    assert _ritual(THREE, "2026-W05") == Ritual(second, taken=(first, second))


def test_a_review_left_out_leaves_the_action_before_it_standing() -> None:
    text = THREE + "2026-02-15T18:00Z review 2026-W07\n  kept no\n"
    found = _ritual(text, "2026-W07")
    assert found.last == Resolution("2026-W03", "Log the fee", Kept.NO)


def test_a_later_entry_replaces_what_it_says_and_leaves_the_rest() -> None:
    text = f"""{THREE}\
2026-01-26T18:00Z review 2026-W03
  action "Log every fee"
2026-01-26T18:01Z review 2026-W03
  kept no
"""
    found = _ritual(text, "2026-W04")
    assert found.last == Resolution("2026-W03", "Log every fee", Kept.YES)
    assert found.taken[0] == Resolution("2026-W02", "Log the stop", Kept.NO, None)


def test_the_order_of_writing_is_not_that_of_the_days() -> None:
    late = '2026-03-01T18:00Z review 2026-W01\n  action "Sleep first"\n'
    assert _ritual(THREE + late, "2026-W02").last == Resolution("2026-W01", "Sleep first")
    assert _ritual(THREE + late, "2026-W03").last == _ritual(THREE, "2026-W03").last


def test_each_account_has_its_own_and_all_together_theirs() -> None:
    text = THREE + '2026-01-18T18:00Z review 2026-W03 account us\n  action "Halve the size"\n'
    assert _ritual(text, "2026-W04", "us").last == Resolution("2026-W03", "Halve the size")
    assert _ritual(text, "2026-W04") == _ritual(THREE, "2026-W04")
    assert _ritual(text, "2026-W04", "other") == Ritual()


def test_a_month_and_its_last_week_end_on_one_day() -> None:
    """May 2026 ends on a Sunday: the next week looks back on the week, June on the month."""
    text = """\
2026-05-31T18:00Z review 2026-W22
  action "of the week"
2026-05-31T18:01Z review 2026-05
  action "of the month"
2026-06-07T18:00Z review 2026-W23
  kept yes
2026-06-30T18:00Z review 2026-06
  kept no
"""
    week, month = Resolution("2026-W22", "of the week", Kept.YES), None
    assert _ritual(text, "2026-W23").last == week
    month = _ritual(text, month_named("2026-06", UTC)).last
    assert month == Resolution("2026-05", "of the month", Kept.NO)


def test_it_reads() -> None:
    assert str(_ritual(THREE, "2026-W03").last) == (
        'Last action (2026-W02): "Log the stop": partly kept (two of three).'
    )
    assert str(Resolution("2026-W02", "Log\nthe  stop")) == (
        'Last action (2026-W02): "Log the stop": not answered yet.'
    )
