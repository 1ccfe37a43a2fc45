"""The trades of OKEx of 2020: the real file, and rows that contradict themselves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_HEAD = "Order ID,Trade ID,Trade Time,Pairs,Amount,Price,Total,taker/maker,Fee,unit"
_ROW = "0,2517,2020-09-25 17:27:02,ltc_usdt,-2,45.5,91 USDT,maker,-0.091 USDT,LTC"


def _read(*lines: str) -> Reading:
    file = SourceFile("okex.csv", "".join(f"{line}\n" for line in lines).encode())
    importer = choose(file, IMPORTERS)
    assert importer.name == "okx-v1"
    return importer.read(file, ReadOptions(zone_of("UTC+8")))


def test_the_real_export_of_2020(shared: Path) -> None:
    file = SourceFile.at(shared / "exports/okx/okex_trades_v1_2020_bom_in_every_cell.csv")
    importer = choose(file, IMPORTERS)
    with pytest.raises(InputError, match="no time zone"):
        importer.read(file, ReadOptions())
    reading = importer.read(file, ReadOptions(zone_of("UTC+8")))
    assert not reading.refused
    assert [row.event.at.at.isoformat() for row in reading.rows] == [
        "2020-09-25T09:00:01+00:00",
        "2020-09-25T09:27:02+00:00",
    ]
    assert [row.event.body for row in reading.rows] == [
        Fill(
            "LTC-USDT",
            Side.SELL,
            Decimal("2.291153"),
            Decimal("45.89"),
            Fee(Decimal("0.10514101117"), "USDT"),
            venue_id="2517869763",
            liquidity=Liquidity.MAKER,
            source="okx-v1",
        ),
        Fill(
            "LTC-USDT",
            Side.BUY,
            Decimal("2.273693"),
            Decimal("46.17"),
            Fee(Decimal("0.0034105395"), "LTC"),
            venue_id="2517870569",
            liquidity=Liquidity.TAKER,
            source="okx-v1",
        ),
    ]


def test_an_order_id_is_kept_unless_it_only_counts_the_rows() -> None:
    long = _ROW.replace("0,2517,", "4977093249424384,2517,", 1)
    kept, counted = (_read(_HEAD, row).rows[0].event.body for row in (long, _ROW))
    assert isinstance(kept, Fill)
    assert isinstance(counted, Fill)
    assert (kept.order_id, counted.order_id) == ("4977093249424384", None)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("-2,", "2,", "cannot both be received or paid"),
        ("91 USDT", "910 USDT", "is not Total"),
        ("91 USDT", "91 USDC", "is not a number in USDT"),
        ("-0.091 USDT", "-91 USDT", "is too much"),
        ("-0.091 USDT", "-0.091 OKB", "is not a number in LTC or USDT"),
        ("maker", "both", "is neither"),
        (",LTC", ",BTC", "is not the coin LTC"),
        ("-2,45.5,91 ", "0,45.5,0 ", "is not above zero"),
    ],
)
def test_rows_that_contradict_themselves_are_refused(right: str, wrong: str, reason: str) -> None:
    assert right in _ROW
    (refused,) = _read(_HEAD, _ROW.replace(right, wrong)).refused
    assert reason in refused.reason
