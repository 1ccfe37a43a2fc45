"""The trades of OKX that print no price: what belongs together, and what the price was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.fill import Fee, Fill, Side
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_HEAD = (
    "id,Order id,Time,Trade Type,Instrument,Type,Amount,Unit,PL,Fee,Position Change,"
    "Position Balance,Balance Change,Balance,Unit"
)


def _read(*lines: str) -> Reading:
    file = SourceFile("okx.csv", "".join(f"{line}\n" for line in lines).encode())
    importer = choose(file, IMPORTERS)
    assert importer.name == "okx-v2"
    return importer.read(file, ReadOptions(zone_of("UTC")))


def _legs(base: int, quote: int, order: int, quantity: str, amount: str) -> list[str]:
    """Return a purchase whose first Unit tells nothing, as that of later exports."""
    start = f"{order},2021-12-11 14:05:41,Spot,BTC-USDT"
    return [
        f"{base},{start},Buy,{quantity},USDT,0,0,0,0,{quantity},1,BTC",
        f"{quote},{start},Sell,{amount},USDT,0,0,0,0,-{amount},1,USDT",
    ]


def _fills(reading: Reading) -> list[Fill]:
    assert not reading.refused
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


@pytest.mark.parametrize(
    ("quantity", "amount", "price"),
    [
        ("0.02378815", "718.40213000", "30200"),
        ("0.06436375", "6131.59977100", "95264.8"),
        ("149.29100000", "85.82739590", "0.5749"),
        ("3", "100", "33.33333333"),
    ],
)
def test_the_price_is_the_shortest_that_makes_the_amount(
    quantity: str, amount: str, price: str
) -> None:
    (fill,) = _fills(_read(_HEAD, *_legs(7, 7, 1, quantity, amount)))
    assert (fill.side, fill.quantity, fill.price) == (
        Side.BUY,
        Decimal(quantity),
        Decimal(price),
    )
    assert fill.fee == Fee(Decimal(0), "BTC")


def test_rows_of_one_id_or_alone_in_their_order_belong_together() -> None:
    rows = [
        *_legs(7, 7, 1, "1", "100"),
        *_legs(8, 8, 1, "2", "202"),
        *_legs(11, 14, 2, "3", "303"),
    ]
    assert [fill.price for fill in _fills(_read(_HEAD, *rows))] == [100, 101, 101]


def test_rows_of_an_order_of_several_fills_without_a_common_id_are_refused() -> None:
    reading = _read(_HEAD, *_legs(7, 9, 1, "1", "100"), *_legs(8, 10, 1, "1", "101"))
    assert not reading.rows
    assert len(reading.refused) == 4
    assert "cannot be told surely; export the Trading history" in reading.refused[0].reason


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("Sell,100,", "Buy,100,", "changed by -100, and not by 100"),
        ("Sell,100,USDT,0,0,0,0,-100", "Buy,100,USDT,0,0,0,0,100", "of one side"),
        ("Sell,100,USDT,0,0,0,0,-100", "Sell,100,USDT,0,-1,0,0,-101", "have a fee"),
        (",0,-100,", ",0,-90,", "changed by -90, and not by -100"),
    ],
)
def test_rows_that_do_not_fit_together_are_refused(right: str, wrong: str, reason: str) -> None:
    base, quote = _legs(7, 7, 1, "1", "100")
    assert right in quote
    base = base.replace("Buy,1,USDT,0,0,0,0,1,", "Buy,1,USDT,0,-0.1,0,0,0.9,")
    (refused,) = _read(_HEAD, base, quote.replace(right, wrong)).refused
    assert reason in refused.reason


def test_funding_whose_coin_was_cut_off_is_refused() -> None:
    row = (
        "9,-1,2021-12-13 08:00:02,Swap,LTC-USDT-SWAP,Funding Fee Income,0,Cont,0.0831,0,0,0,"
        "0.0831,4300.0831,"
    )
    assert len(_read(_HEAD, row + "USDT").rows) == 1
    (refused,) = _read(_HEAD, row).refused
    assert refused.reason == "the funding is in '', which is no coin"
