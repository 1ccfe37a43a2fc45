"""What a map makes of rows: signs, words, fees, amounts, names, what is no fill."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from maps import HEADER, changed, fills, read, refusals
from workbook import workbook

from journal.domain.errors import InputError
from journal.domain.instrument import Instrument, Kind
from journal.domain.notation import Known
from journal.importers.archives import unpacked
from journal.importers.mapped.fills import importer_of
from journal.importers.mapped.toml import read_map
from journal.importers.reading import ReadOptions
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

ROW = "2026-03-02 10:00,AAPL,Buy,10,181.50,1816.00,1.00\n"
FILL = "2026-03-02T10:00Z fill AAPL buy 10 @ 181.5 fee 1 USD"

DIRTY = """\
name = "statement"
[file]
footer = ["Total:", "***"]
[columns]
time = "Trade Date"
symbol = "Symbol"
side = "Side"
quantity = "Quantity"
price = "Per Share Cost"
amount = "Settle Amount Net"
fee = "Fee"
fee_currency = "Currency"
[time]
format = ["YYYY-MM-DD", "MM/DD/YYYY"]
[side]
buy = ["Buy", "Bought", "DRIP"]
sell = ["Sell", "Sold"]
[ignore.Side]
DIV = "dividend"
"Interest Earned" = "interest"
"Cash Deposit" = "deposit"
Withdrawal = "withdrawal"
"Stock Split" = "stock split"
Forex = "currency conversion"
[ignore.Symbol]
MyAntiqueWatch = "not traded"
[amount]
is = "net"
[fee]
sign = "cost"
[symbol]
kind = "as written"
[symbols]
Tesla = "TSLA"
"""


def test_a_dirty_statement(shared: Path) -> None:
    mapping = read_map(SourceFile("my.toml", DIRTY.encode()))
    statement = shared / "exports" / "generic" / "dirty_statement_edge_cases.csv"
    reading = importer_of(mapping).read(SourceFile.at(statement), ReadOptions())
    # The duplicate sale stays: nothing tells it from a second execution.
    assert [line.removesuffix(" source statement") for line in fills(reading)] == [
        "2024-01-16 fill NET buy 100 @ 89.2 fee 0.99 USD",
        "2024-02-12 fill TSLA buy 10 @ 190 fee 1.5 USD",
        "2024-02-20 fill AAPL sell 25 @ 185 fee 1.25 USD",
        "2024-02-20 fill AAPL sell 25 @ 185 fee 1.25 USD",
        "2024-03-10 fill MSFT buy 0.5 @ 405.2",
        "2024-03-15 fill GOOGL buy 5 @ 140 fee 0.25 USD",
    ]
    # 50 x 172.50 + 0.99 is 8,625.99, but 8,637.50 is printed.
    assert refusals(reading) == [
        "5: 50 at 172.50 is not Settle Amount Net without the fee 8636.51: a cell was changed",
        "15: Side '' is none of the words of the map: buy, bought, drip, sell, sold",
        "20: Trade Date 'not-a-date' is not written like YYYY-MM-DD or MM/DD/YYYY",
        "21: Quantity 'abc' is not a number",
    ]
    assert reading.ignored == {
        "dividend": 1, "interest": 1, "deposit": 1, "withdrawal": 1, "stock split": 1,
        "currency conversion": 1, "not traded": 1, "footer": 2,
    }  # fmt: skip
    assert reading.notes == (
        "columns that the map does not read: Date, Settlement Date, Company, Notes",
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-03-02 10:00,AAPL,Buy,-10,181.50,,", "a buy cannot be of Quantity -10"),
        ("2026-03-02 10:00,AAPL,Buy,0,181.50,,", "Quantity 0 is not above zero"),
        ("2026-03-02 10:00,AAPL,Buy,10,,,", "Price '' is not a number"),
        ("2026-03-02 10:00,AAPL,Buy,=5+5,181.50,,", "Quantity '=5+5' is not a number"),
        ('2026-03-02 10:00,AAPL,Buy,"1,0",181.50,,', "Quantity '1,0' is not a number"),
        ("2026-03-02 10:00,AAPL,Gift,10,181.50,,", "Side 'Gift' is none of the words of the map"),
        ("2026-03-02 10:00,A PL,Buy,10,181.50,,", "'A PL' is not a symbol"),
        ("2026-03-02 10:00,A_PL,Buy,10,181.50,,", "nothing is known of the instrument 'A_PL'"),
        ("2026-03-02,AAPL,Buy,10,181.50,,", "Time '2026-03-02' is not written like"),
        ("2026-03-02 10:00,AAPL,Buy,10,181.50", "the row has 5 cells instead of 7"),
        ("2026-03-02 10:00,AAPL,Buy,10,181.50,1814.00,1.00", "10 at 181.50 is not Total without"),
        ("2026-03-02 10:00,AAPL,Buy,181.50,10,1814.00,1.00", "181.50 at 10 is not Total without"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(row: str, reason: str) -> None:
    reading = read(changed(), HEADER + ROW + row + "\n")
    assert fills(reading) == [FILL]
    (refused,) = refusals(reading)
    assert refused.startswith(f"3: {reason}")


def test_a_sell_may_be_negative_and_its_fee_comes_off_the_amount() -> None:
    row = '2026-03-02 11:00,AAPL,sell,(10),$182.00,"1,819.00",$1.00\n'
    assert fills(read(changed(), HEADER + row)) == [
        "2026-03-02T11:00Z fill AAPL sell 10 @ 182 fee 1 USD"
    ]


def test_without_a_column_of_sides_the_sign_is_the_side() -> None:
    mapping = changed(
        'side = "Side" ->', "[side] ->", 'buy = ["Buy", "Bought"] ->', 'sell = "Sell" ->'
    )
    rows = "2026-03-02 10:00,AAPL,x,3,5,,\n2026-03-02 11:00,AAPL,x,-2,6,,\n"
    assert fills(read(mapping, HEADER + rows)) == [
        "2026-03-02T10:00Z fill AAPL buy 3 @ 5",
        "2026-03-02T11:00Z fill AAPL sell 2 @ 6",
    ]


@pytest.mark.parametrize(
    ("sign", "printed", "fee"),
    [
        ("cost", "1.50", "1.5"),
        ("cost", "-0.20", "-0.2"),
        ("cost", "0.00", "0"),
        ("negative is cost", "-1.50", "1.5"),
        ("negative is cost", "0.20", "-0.2"),
        ("negative is cost", "0.00", "0"),
    ],
)
def test_the_sign_of_fees(sign: str, printed: str, fee: str) -> None:
    mapping = changed(f'sign = "cost" -> sign = "{sign}"')
    (line,) = fills(read(mapping, HEADER + f"2026-03-02 10:00,AAPL,Buy,1,5,,{printed}\n"))
    assert line.endswith(f" fee {fee} USD")


def test_a_fee_that_nobody_printed_is_unknown() -> None:
    (line,) = fills(read(changed(), HEADER + "2026-03-02 10:00,AAPL,Buy,1,5,5,\n"))
    assert "fee" not in line


def test_fees_of_two_columns_are_added() -> None:
    mapping = changed('fee = "Fee" -> fee = ["Fee", "Tax"]')
    header = HEADER.replace("Fee\n", "Fee,Tax\n")
    rows = "2026-03-02 10:00,AAPL,Buy,1,5,,1.10,0.2\n2026-03-02 11:00,AAPL,Buy,1,5,,,0.3\n"
    assert [line[-11:] for line in fills(read(mapping, header + rows))] == [
        "fee 1.3 USD",
        "fee 0.3 USD",
    ]


def test_fees_in_what_a_pair_is_quoted_in() -> None:
    mapping = changed('currency = "USD" -> currency = "quote"')
    rows = "2026-03-02 10:00,SOL-EUR,Buy,1,5,,1\n2026-03-02 11:00,AAPL,Buy,1,5,,1\n"
    reading = read(mapping, HEADER + rows)
    assert fills(reading) == ["2026-03-02T10:00Z fill SOL-EUR buy 1 @ 5 fee 1 EUR"]
    assert refusals(reading) == [
        "3: AAPL does not say what it is quoted in, so its fee has no unit"
    ]


def test_a_decimal_comma() -> None:
    mapping = changed('decimal = "." -> decimal = ","')
    row = '2026-03-02 10:00,AAPL,Buy,10,"1.181,50",,\n'
    assert fills(read(mapping, HEADER + row)) == ["2026-03-02T10:00Z fill AAPL buy 10 @ 1181.5"]


def test_a_footer_is_counted_but_never_a_row_with_a_time() -> None:
    mapping = changed('decimal = "." -> footer = ["Total", "2026"]')
    reading = read(mapping, HEADER + ROW + "Total,,,10,,1816.00,\nTotal of all\n")
    assert (fills(reading), reading.ignored) == ([FILL], {"footer": 2})


def test_a_perpetual_whose_size_nobody_told_is_asked_for() -> None:
    mapping = changed('kind = "as written" -> kind = "perpetual"')
    rows = "2026-03-02 10:00,BTCUSDT,Buy,1,5,,\n"
    reading = read(mapping, HEADER + rows)
    assert fills(reading) == ["2026-03-02T10:00Z fill BTC-USDT-PERP buy 1 @ 5"]
    assert reading.multiplier_needed == ("BTC-USDT-PERP",)


def test_the_amount_of_a_contract_that_the_journal_knows_the_size_of() -> None:
    known = Instrument("ES-2606", Kind.LINEAR, "ES", "USD", Decimal(50))
    options = ReadOptions(zone_of("UTC"), Known(instruments={"ES-2606": known}))
    rows = (
        "2026-03-02 10:00,ES-2606,Buy,2,6000.25,600027.00,2.00\n"
        "2026-03-02 11:00,ES-2606,Sell,2,6000.25,12000.50,2.00\n"
    )
    reading = read(changed(), HEADER + rows, options)
    assert len(reading.rows) == 1
    assert refusals(reading) == [
        "3: 100 at 6000.25 is not Total without the fee 12002.50: a cell was changed"
    ]
    assert reading.multiplier_needed == ()


def test_a_header_that_is_listed_must_be_the_same() -> None:
    titles = '"Time", "Symbol", "Side", "Quantity", "Price", "Total", "Fee"'
    mapping = changed(f'decimal = "." -> header = [{titles}]')
    assert fills(read(mapping, "Report of May\n" + HEADER + ROW)) == [FILL]
    for header, problem in (
        ("Time,Symbol,Side,Price,Quantity,Total,Fee\n", "'Price' stands in another place"),
        ("Time,Symbol,Side,Quantity,Price,Total,Fee,Tax\n", "unknown 'Tax'"),
        ("Time,Symbol,Side,Quantity,Price,Total,Fee,Fee\n", "unknown 'Fee 2'"),
    ):
        with pytest.raises(InputError, match=f"line 1: the columns are not those.*{problem}"):
            read(mapping, header + ROW)


def test_a_column_that_is_missing_is_named_with_those_that_are_there() -> None:
    with pytest.raises(InputError) as caught:
        read(changed(), HEADER.replace("Fee", "fees") + ROW)
    assert str(caught.value) == (
        "t.csv line 1: there is no column 'Fee'\n"
        "the file has: Time, Symbol, Side, Quantity, Price, Total, fees"
    )


def test_an_open_end_must_be_allowed() -> None:
    text = HEADER + ROW.rstrip("\n")
    with pytest.raises(InputError, match="the last line has no line end"):
        read(changed(), text)
    assert fills(read(changed('decimal = "." -> line_end = "optional"'), text)) == [FILL]


def test_a_local_clock_needs_a_zone_and_one_with_its_offset_none() -> None:
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        read(changed('zone = "UTC" ->'), HEADER + ROW)
    mapping = changed(
        'zone = "UTC" ->', 'format = "YYYY-MM-DD hh:mm" -> format = "YYYY-MM-DD hh:mmZZ"'
    )
    reading = read(mapping, HEADER + ROW.replace("10:00", "12:00+02:00"))
    assert (fills(reading), reading.used_zone) == ([FILL], False)


def test_seconds_since_1970() -> None:
    mapping = changed('format = "YYYY-MM-DD hh:mm" -> format = "seconds"')
    reading = read(mapping, HEADER + ROW.replace("2026-03-02 10:00", "1772445600"))
    assert fills(reading) == [FILL.replace("10:00Z", "10:00:00Z")]
    assert refusals(read(mapping, HEADER + ROW)) == [
        "2: Time '2026-03-02 10:00' is not a time in seconds since 1970"
    ]


def test_tabs_and_semicolons_are_found() -> None:
    for mark in ";\t|":
        assert fills(read(changed(), (HEADER + ROW).replace(",", mark))) == [FILL]


def test_a_spreadsheet_is_read_like_text() -> None:
    cells = [line.split(",") for line in (HEADER + ROW).splitlines()]
    (sheet,) = unpacked(SourceFile("t.xlsx", workbook({"Trades": cells})))
    assert fills(importer_of(changed()).read(sheet, ReadOptions(zone_of("UTC")))) == [FILL]
