"""Plan terms check themselves; amendments make the next version and can be derived from two."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from event_strategies import terms
from hypothesis import given

from journal.domain.amendment import amended, changes
from journal.domain.errors import InputError
from journal.domain.event import Amendment, PlanEntry, PlanName
from journal.domain.notation import parse
from journal.domain.plan import (
    Direction,
    EntryTranche,
    ExitTranche,
    PlanTerms,
    Size,
    SizeUnit,
)

D = Decimal
PLAN = """\
2026-01-05T14:00Z plan BTC-USDT long
  thesis "range low"
  enter 3 @ 100
  enter 300 USDT @ 96
  max 900 USDT
  invalidation 88
  exit 50% @ 110
  exit rest @ 120
  breakeven after exit 2
  enter until exit 1
"""


def versions(details: str) -> tuple[PlanTerms, PlanTerms]:
    """Return the plan's terms before and after an amendment with these details."""
    plan, amendment = parse(f"{PLAN}2026-01-06T14:00Z amend BTC-USDT\n{details}")
    assert isinstance(plan.body, PlanEntry)
    assert isinstance(amendment.body, Amendment)
    return plan.body.terms, amended(plan.body.terms, amendment.body)


def test_fields_not_named_are_copied() -> None:
    before, after = versions("  max 1200 USDT")
    assert after == replace(before, maximum=Size(SizeUnit.MONEY, D(1200)))


def test_a_named_list_replaces_the_list() -> None:
    before, after = versions("  enter 2 @ 90")
    assert after == replace(before, enters=(EntryTranche(Size(SizeUnit.UNITS, D(2)), D(90)),))


def test_none_drops_a_field() -> None:
    before, after = versions(
        "  max none\n  enter until none\n  exit none\n  breakeven none\n  thesis none"
    )
    assert after == PlanTerms(enters=before.enters, invalidation=D(88))


def test_a_list_made_shorter_must_not_leave_an_exit_named() -> None:
    with pytest.raises(InputError, match="`breakeven after exit 2` names an exit"):
        versions("  exit rest @ 120")


@given(terms("BTC-USDT-SWAP"), terms("BTC-USDT-SWAP"))
def test_changes_are_the_amendment_between_two_versions(
    before: PlanTerms, after: PlanTerms
) -> None:
    stated, named = changes(before, after)
    assert amended(before, Amendment(PlanName("BTC-USDT-SWAP"), stated, named)) == after
    assert changes(after, after) == (PlanTerms(), frozenset())


def test_a_plan_needs_the_exits_it_names_and_an_amendment_does_not() -> None:
    stated = PlanTerms(breakeven_after=3)
    with pytest.raises(InputError, match="`breakeven after exit 3` names an exit"):
        PlanEntry("BTC-USDT", Direction.LONG, stated)
    with pytest.raises(InputError, match="`enter until exit 2` names an exit"):
        PlanEntry("BTC-USDT", Direction.LONG, PlanTerms(enter_until_exit=2))
    assert Amendment(PlanName("BTC-USDT"), stated).terms is stated


def test_exit_percentages_are_at_most_the_whole() -> None:
    def exits(*percents: str) -> PlanTerms:
        return PlanTerms(
            exits=tuple(
                ExitTranche(Size(SizeUnit.FRACTION, D(percent)), D(110)) for percent in percents
            )
        )

    assert len(exits("0.3", "0.7").exits) == 2
    with pytest.raises(InputError, match=r"the exits add up to 100\.01%"):
        exits("0.3", "0.7001")


def test_an_exit_has_a_target_or_a_trail() -> None:
    rest = Size(SizeUnit.REST)
    with pytest.raises(InputError, match="an exit needs a target or a trail"):
        ExitTranche(rest)
    with pytest.raises(InputError, match="not both"):
        ExitTranche(rest, D(110), D("0.03"))
    for trail in ("0", "1"):
        with pytest.raises(InputError, match="between 0% and 100%"):
            ExitTranche(rest, trail=D(trail))
    with pytest.raises(InputError, match="not for money"):
        ExitTranche(Size(SizeUnit.MONEY, D(300)), trail=D("0.03"))


def test_a_trail_waits_for_an_exit_before_it() -> None:
    first = ExitTranche(Size(SizeUnit.FRACTION, D("0.5")), D(110))
    for after in (0, 2, 3):
        trail = ExitTranche(Size(SizeUnit.REST), trail=D("0.03"), trail_after=after)
        with pytest.raises(InputError, match="which is not before it"):
            PlanTerms(exits=(first, trail))


def test_an_entry_tranche_has_units_or_money() -> None:
    for unit in (SizeUnit.FRACTION, SizeUnit.REST):
        size = Size(unit, None if unit is SizeUnit.REST else D("0.5"))
        with pytest.raises(InputError, match="in units or in money"):
            EntryTranche(size, D(100))
    with pytest.raises(InputError, match="needs a size or a price"):
        EntryTranche(None, None)


def test_sizes_are_above_zero() -> None:
    for amount in ("0", "-3"):
        with pytest.raises(InputError, match="a size must be above zero"):
            Size(SizeUnit.UNITS, D(amount))
    with pytest.raises(TypeError, match="a size must be a finite Decimal"):
        Size(SizeUnit.UNITS, 1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="the rest has no amount"):
        Size(SizeUnit.REST, D(1))
