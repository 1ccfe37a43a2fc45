"""The Tradovate Fills export: the sample beside its journal text, and real files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from journal.domain.errors import InputError
from journal.domain.event import InstrumentEntry
from journal.domain.fill import Fill, Side
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile


def _read(data: bytes) -> Reading:
    file = SourceFile("Fills.csv", data)
    importer = choose(file, IMPORTERS)
    assert importer.name == "tradovate"
    return importer.read(file, ReadOptions())


def _fills(reading: Reading) -> list[Fill]:
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def test_rows_keep_their_place_text_and_account(sample: bytes) -> None:
    row = _read(sample).rows[9]
    assert row.number == 11
    assert row.raw == _lines(sample)[10].decode().rstrip("\r\n")
    assert row.account == "DEMO2604417"
    assert row.event.account is None


def test_newest_first_is_turned_around_with_equal_instants_in_the_venue_s_order(
    sample: bytes,
) -> None:
    header, *rows = _lines(sample)
    turned = _read(b"".join([header, *reversed(rows)]))
    assert [row.event for row in turned.rows] == [row.event for row in _read(sample).rows]
    assert [row.number for row in turned.rows] == list(range(13, 1, -1))
    assert turned.declarations == _read(sample).declarations


def test_columns_in_another_order_are_refused(sample: bytes) -> None:
    turned = b"".join(
        b",".join(reversed(line.rstrip(b"\r\n").split(b","))) + b"\r\n" for line in _lines(sample)
    )
    with pytest.raises(InputError, match="another order than in this export: 'commission' before"):
        _read(turned)


def test_a_busted_fill_is_ignored_by_kind_and_named(sample: bytes) -> None:
    lines = _lines(sample)
    lines[3] = lines[3].replace(b",true,", b",false,")
    reading = _read(b"".join(lines))
    assert len(reading.rows) == 11
    assert dict(reading.ignored) == {"busted fill (_active is false)": 1}
    assert "718204410051" in reading.notes[0]


def test_an_unknown_product_is_asked_for_and_not_declared(sample: bytes) -> None:
    reading = _read(sample.replace(b",ESZ6,ES,", b",FDAXZ6,FDAX,"))
    assert len(reading.rows) == 12
    assert reading.multiplier_needed == ("FDAXZ6",)
    assert [_symbol(reading, n) for n in range(len(reading.declarations))] == ["MNQZ6"]


@pytest.mark.parametrize(
    ("contract", "product"), [(b"MNQZ6", b"NQ"), (b"ESZ6", b"NQ"), (b"NQZ6-NQH7", b"NQ")]
)
def test_a_contract_that_is_no_future_of_its_product_does_not_get_its_size(
    sample: bytes, contract: bytes, product: bytes
) -> None:
    reading = _read(sample.replace(b",MNQZ6,MNQ,", b"," + contract + b"," + product + b","))
    assert contract.decode() in reading.multiplier_needed


def _symbol(reading: Reading, number: int) -> str:
    body = reading.declarations[number].body
    assert isinstance(body, InstrumentEntry)
    return body.symbol


def test_a_blank_commission_is_unknown_and_a_zero_is_zero(sample: bytes) -> None:
    lines = _lines(sample)
    lines[1] = lines[1].replace(b",1.04\r", b",\r")
    lines[2] = lines[2].replace(b",1.04\r", b",0.0\r")
    first, second, *_ = _fills(_read(b"".join(lines)))
    assert first.fee is None
    assert second.fee is not None
    assert second.fee.amount == 0


def test_a_tick_printed_from_a_float_and_a_price_in_32nds(sample: bytes) -> None:
    lines = _lines(sample)[:2]
    lines[1] = lines[1].replace(b",0.25,MNQZ6,MNQ,", b",5.0E-7,6JZ6,6J,")
    lines[1] = (
        lines[1].replace(b",25412.25,-2,", b",117'160,-2,").replace(b"2,25412.25", b"2,117.5")
    )
    reading = _read(b"".join(lines))
    body = reading.declarations[0].body
    assert isinstance(body, InstrumentEntry)
    assert body.terms.tick == Decimal("0.0000005")
    assert body.terms.multiplier == Decimal(12_500_000)
    assert _fills(reading)[0].price == Decimal("117.5")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"1,2,25412.25,true", b"1,2,25x12.25,true", "_price '25x12.25' is not a number"),
        (b"1,2,25412.25,true", b"1,0,25412.25,true", "_qty '0' and Quantity '2' do not agree"),
        (b"1,2,25412.25,true", b"0,2,25412.25,true", "_action '0' and B/S ' Sell' do not agree"),
        (b"1,2,25412.25,true", b"1,2,25412.5,true", "_price '25412.5' and Price '25412.25' do not"),
        (b"25412.25,true", b"25412.25,maybe", "_active 'maybe' is neither true nor false"),
        (b"09:41:07", b"09:41:08", "_timestamp '2026-11-10 14:41:07.318Z' and Timestamp"),
        (b"09:41:07", b"09:42:07", "_timestamp '2026-11-10 14:41:07.318Z' and Timestamp"),
        (b"11/10/2026", b"11/11/2026", "_timestamp '2026-11-10 14:41:07.318Z' and Timestamp"),
        (b"14:41:07.318Z", b"14:41:07.318", "_timestamp '2026-11-10 14:41:07.318' is not a time"),
        (b"2026-11-10 14", b"2026-13-10 14", "time '2026-13-10 14:41:07.318Z' does not exist"),
        (b",1.04\r", b",104\r", "a commission of 104 for 2 is too much: a cell was changed"),
        (b",1.04\r", b",1.0.4\r", "commission '1.0.4' is not a number"),
        (b",0.25,", b",0,", "_tickSize '0' is not above zero"),
        (b"MNQZ6", b"MNQ Z6", "'MNQ Z6' is not a symbol"),
        (b"DEMO2604417", b"DEMO 26", "Account 'DEMO 26' is not an account's name"),
        (b"718204410017", b"Total", "_id 'Total' and Fill ID 'Total' do not agree"),
    ],
)
def test_a_bad_cell_refuses_its_row_with_number_and_reason(
    sample: bytes, old: bytes, new: bytes, reason: str
) -> None:
    lines = _lines(sample)
    assert old in lines[1]
    lines[1] = lines[1].replace(old, new)
    reading = _read(b"".join(lines))
    assert len(reading.rows) == 11
    assert [refused.number for refused in reading.refused] == [2]
    assert reading.refused[0].reason.startswith(reason)
    assert reading.refused[0].raw == lines[1].decode().rstrip("\r\n")


def test_a_total_row_is_refused_alone(sample: bytes) -> None:
    reading = _read(sample + b"Total" + b"," * 23 + b",22.31\r\n")
    assert len(reading.rows) == 12
    assert [refused.number for refused in reading.refused] == [14]


def test_a_zone_off_by_a_quarter_of_an_hour_is_a_zone(sample: bytes) -> None:
    lines = _lines(sample)[:2]
    lines[1] = lines[1].replace(b"11/10/2026 09:41:07", b"11/10/2026 20:26:07")  # Nepal, +05:45
    assert len(_read(b"".join(lines)).rows) == 1


def test_the_real_export_gives_the_fills_the_platform_printed(shared: Path) -> None:
    path = shared / "exports/tradovate/fills_2026-03-13_nq_three_shorts_scaled_in.csv"
    reading = _read(path.read_bytes())
    fills = _fills(reading)
    assert len(fills) == 12
    assert sum((fill.fee.amount for fill in fills if fill.fee), Decimal()) == Decimal("23.22")
    cash = [-fill.side.sign * fill.quantity * fill.price * 20 for fill in fills]
    # Flat after each buy; the platform's own results of the three short trades.
    ends = [n for n, fill in enumerate(fills, start=1) if fill.side is Side.BUY]
    starts = [0, *ends[:-1]]
    assert [sum(cash[a:b]) for a, b in zip(starts, ends, strict=True)] == [-200, -440, -1435]
    assert str(reading.rows[0].event.at) == "2026-03-13T14:10:45.244Z"
    assert reading.refused == []


@pytest.mark.parametrize(
    ("name", "export"),
    [
        ("orders_2026-03-13_two_rejected.csv", "Orders"),
        ("performance_2026-03-13_dollar_parentheses.csv", "Performance"),
        ("position_history_2026-03-13_pairs.csv", "Position History"),
    ],
)
def test_the_other_exports_are_named_and_refused(shared: Path, name: str, export: str) -> None:
    file = SourceFile.at(shared / "exports/tradovate" / name)
    with pytest.raises(InputError, match=f"this is Tradovate's {export} export") as caught:
        choose(file, IMPORTERS)
    assert "export the Fills instead" in str(caught.value.hint)
