"""Balances that continue each other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from journal.importers.coinbase.balances import Change, breaks

_AMOUNTS = st.lists(st.integers(1, 1000), min_size=3, max_size=12)


def _ledger(amounts: list[int]) -> list[Change]:
    balance, changes = Decimal(500), []
    for number, amount in enumerate(amounts):
        balance += amount
        changes.append(Change(number, "EUR", f"{number:04}", Decimal(amount), balance))
    return changes


@given(_AMOUNTS.map(_ledger).flatmap(st.permutations))
def test_a_ledger_continues_itself_in_any_order(changes: list[Change]) -> None:
    assert breaks(changes) == frozenset()


@given(_AMOUNTS, st.data())
def test_a_changed_amount_breaks_its_own_row(amounts: list[int], data: st.DataObject) -> None:
    changes = _ledger(amounts)
    at = data.draw(st.integers(1, len(changes) - 1))
    row = changes[at]
    changes[at] = Change(row.number, row.purse, row.time, Decimal("0.5"), row.balance)
    assert breaks(changes) == {at}


def test_a_debt_begins_no_file_and_last_digits_may_be_cut() -> None:
    first = Change(2, "ETH", "1", Decimal(523), Decimal("52.3"))
    assert breaks([first]) == {2}
    one = Change(1, "ETH", "1", Decimal(1), Decimal("1.00000000000000001"))
    two = Change(2, "ETH", "2", Decimal("-0.5"), Decimal("0.5"))
    assert breaks([one, two]) == frozenset()
