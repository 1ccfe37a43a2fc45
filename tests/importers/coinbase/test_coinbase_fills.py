"""The Fills statement of Coinbase Pro and Advanced: a real one, and its variants."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

from venue_files import fills, lines, own, read_as

from journal.domain.fill import Side

_HEADER = "trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit\n"


def test_the_real_statement_is_read_whole(shared: Path) -> None:
    data = (shared / "exports/coinbase/pro_fills_2021_11.csv").read_bytes()
    reading = read_as("coinbase-fills", data)
    found = fills(reading)
    assert reading.refused == []
    assert Counter(fill.side for fill in found) == {Side.BUY: 137, Side.SELL: 24}
    assert len({(fill.symbol, fill.venue_id) for fill in found}) == 161
    times = [row.event.at.at for row in reading.rows]
    assert times == sorted(times)
    # What the balance changed by in the statement's own column.
    totals = [line.split(",")[9] for line in data.decode().splitlines()[1:]]
    cash = sum(-fill.side.sign * fill.quantity * fill.price for fill in found)
    fees = sum((fill.fee.amount for fill in found if fill.fee), Decimal())
    assert cash - fees == sum(Decimal(total) for total in totals)


def test_fills_of_one_instant_stand_in_the_order_of_their_ids(shared: Path) -> None:
    data = (shared / "exports/coinbase/pro_fills_2021_11.csv").read_bytes()
    rows = read_as("coinbase-fills", data).rows
    bursts: dict[object, list[int]] = {}
    for row, fill in zip(rows, fills(read_as("coinbase-fills", data)), strict=True):
        bursts.setdefault((row.event.at.at, fill.symbol), []).append(int(fill.venue_id or 0))
    assert max(len(ids) for ids in bursts.values()) > 1
    assert all(ids == sorted(ids) for ids in bursts.values())


def test_a_statement_from_before_portfolios_and_a_fee_printed_from_a_float() -> None:
    row = "155,SOL-ETH,BUY,2018-11-20T21:39:45.667Z,0.00100000,SOL,0.05507,2.7535e-7,-0.00005534535"
    reading = read_as("coinbase-fills", f"{_HEADER}{row},ETH\n")
    (line,) = lines(reading)
    assert line.endswith(" buy 0.001 @ 0.05507 fee 0.00000027535 ETH id 155 source coinbase-fills")
    assert reading.rows[0].account is None


def test_a_total_that_does_not_fit_is_refused() -> None:
    data = (
        own("coinbase-fills/fills.csv")
        .replace(b"-1859.91", b"-1869.91")
        .replace(b"BUY,2026-02-03T09:15:02.114Z,3.2", b"SELL,2026-02-03T09:15:02.114Z,3.2", 1)
    )
    assert [row.reason for row in read_as("coinbase-fills", data).refused] == [
        "12.50000000 at 148.2 is not total less fee 1862.50: a cell was changed",
        "a sell cannot change the balance by -476.2976",
    ]
