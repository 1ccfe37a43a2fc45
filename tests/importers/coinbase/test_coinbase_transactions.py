"""Coinbase's transaction history: buys and sells among everything else."""

from __future__ import annotations

import pytest
from venue_files import fills, lines, own, read_as

from journal.domain.errors import InputError

_HISTORY = own("coinbase-transactions/history.csv").decode()
_HEAD = "".join(_HISTORY.splitlines(keepends=True)[:4])


def _one(row: str) -> str:
    reading = read_as("coinbase-transactions", f"{_HEAD}{row}\n")
    return lines(reading)[0] if reading.rows else reading.refused[0].reason


def test_a_market_in_another_currency_is_read_from_the_note() -> None:
    line = _one(
        "a1,2025-06-04 11:30:00 UTC,Advanced Trade Buy,ETH,0.5,EUR,€2000.00,€1000.00,€1005.00,"
        "€5.00,Bought 0.5 ETH for 0.0201 BTC on ETH-BTC at 0.04 BTC/ETH"
    )
    assert line == (
        "2025-06-04T11:30:00Z fill ETH-BTC buy 0.5 @ 0.04 fee 0.0001 BTC id a1 "
        "source coinbase-transactions"
    )


_SOLD = "Advanced Trade Sell,BTC,-0.01,EUR,€61000.00,€610.00,€607.56,€2.44,"
_ETH = "EUR,€2000.00,€1000.00,€1004.00,€4.00,Bought 0.5 ETH for"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            f"{_SOLD}Sold 0.01 BTC for 650.00 USDC on BTC-USDC",
            "it was traded for USDC, of which the note tells no price",
        ),
        (_SOLD, "the note does not tell on which market it was traded"),
        (
            f"Advanced Trade Buy,ETH,0.5,{_ETH} 0.0301 BTC on ETH-BTC at 0.04 BTC/ETH",
            "the note's total and price do not fit the amounts: a cell was changed",
        ),
        (
            f"Advanced Trade Buy,ETH,5,{_ETH} 0.0201 BTC on ETH-BTC at 0.04 BTC/ETH",
            "the note tells 0.5 instead of 5",
        ),
        (
            f"Advanced Trade Buy,LTC,0.5,{_ETH} 0.0201 BTC on ETH-BTC at 0.04 BTC/ETH",
            "the note is about 'ETH'",
        ),
        (
            "Buy,SOL,4.5,EUR,€120.40,€541.80,€549.77,€3.97,",
            "541.80 with fees of 3.97 is not the total 549.77",
        ),
        (
            "Buy,SOL,4.5,EUR,€140.40,€541.80,€549.77,€7.97,",
            "4.5 at 140.40 is not the subtotal 541.80: a cell was changed",
        ),
        ("Buy,SOL,4.5,EUR,,€541.80,€549.77,€7.97,", "Price at Transaction '' is not a number"),
        ("Teleport,SOL,4.5,EUR,,,,,", "transaction type 'Teleport' is not known"),
    ],
)
def test_what_does_not_fit_together_is_refused(row: str, reason: str) -> None:
    assert _one(f"a1,2025-06-03 10:00:00 UTC,{row}") == reason


def test_a_spot_price_without_the_spread_gives_way_to_what_was_paid() -> None:
    line = _one("a1,2025-06-03 10:00:00 UTC,Buy,SOL,4,EUR,€120.00,€482.40,€489.00,€6.60,")
    assert " buy 4 @ 120.6 fee 6.6 EUR " in line


def test_addresses_may_stand_at_the_end() -> None:
    lines = _HISTORY.splitlines()
    wider = [*lines[:3], lines[3] + ",Sender Address,Recipient Address"]
    wider += [line + ",," for line in lines[4:]]
    reading = read_as("coinbase-transactions", "\n".join(wider) + "\n")
    assert fills(reading) == fills(read_as("coinbase-transactions", _HISTORY))


def test_the_titles_of_2023_are_read() -> None:
    lines = _HISTORY.replace("Price Currency,Price at", "Spot Price Currency,Spot Price at")
    older = [line.partition(",")[2] for line in lines.splitlines()[3:]]
    reading = read_as("coinbase-transactions", "\n".join(older) + "\n")
    assert len(reading.rows) == 5
    assert [fill.venue_id for fill in fills(reading)] == [None] * 5


def test_the_history_from_before_2021_is_to_be_exported_again() -> None:
    header = (
        "Timestamp,Transaction Type,Asset,Quantity Transacted,USD Spot Price at Transaction,"
        "USD Subtotal,USD Total (inclusive of fees),USD Fees,Notes\n"
    )
    with pytest.raises(InputError, match="as it was printed before 2021") as caught:
        read_as("coinbase-transactions", header)
    assert "export it again" in str(caught.value.hint)
