"""Fills that closed a position the file does not hold, and opened the other side."""

from __future__ import annotations

import pytest
from venue_files import fills, read_as

_BINANCE = (
    "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID\n"
)
_HEAD = (
    "Statement,Header,Field Name,Field Value\n"
    "Statement,Data,Title,Activity Statement\n"
    "Account Information,Header,Field Name,Field Value\n"
    "Account Information,Data,Account,U7\n"
    "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,"
    "C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\n"
)
_SOLD = 'Trades,Data,Order,Stocks,USD,NVDA,"2024-06-05, 09:32:06",-20,99,99,1980,-1,-1979,0,0,O\n'
_FLIP = (
    'Trades,Data,Order,Stocks,USD,NVDA,"2024-06-06, 09:32:06",30,100,101,-3000,-1,2979,-22,0,C;O\n'
)


@pytest.mark.parametrize(("rows", "count"), [(_FLIP, 1), (_SOLD + _FLIP, 0), (_FLIP + _SOLD, 0)])
def test_a_code_that_closes_and_opens_tells_what_was_held(rows: str, count: int) -> None:
    reading = read_as("ibkr-activity", _HEAD + rows, "America/New_York")
    notes = [note for note in reading.notes if "went through zero" in note]
    assert len(notes) == count
    assert all("NVDA was held before this file begins, and line 6 went" in note for note in notes)
    assert not any(fill.closes for fill in fills(reading))


def test_profits_tell_it_as_well() -> None:
    flip = "7,26-03-17 12:00:00,BTCUSDT,SELL,70000,0.004,280,0.1 USDT,5,false,false,100,1\n"
    cover = "7,26-03-17 13:00:00,BTCUSDT,BUY,69000,0.001,69,0.1 USDT,1,true,false,101,2\n"
    (note,) = read_as("binance-usdm", _BINANCE + cover + flip, "UTC").notes
    assert note.startswith("BTC-USDT-PERP was held before this file begins, and line 3 went")
