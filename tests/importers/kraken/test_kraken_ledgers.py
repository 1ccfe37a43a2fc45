"""Kraken's ledgers.csv: rows of one trade joined, prices out of amounts."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from venue_files import fills, read_as, reasons

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Fill, Side
from journal.importers.dedup import new_rows

_HEADER = "txid,refid,time,type,subtype,aclass,asset,amount,fee,balance\n"
_COIN = "L1,T1,2020-06-01 18:01:56,trade,,currency,XXBT,0.0300000000,0.0000000000,0.0300000000\n"
_MONEY = "L2,T1,2020-06-01 18:01:56,trade,,currency,ZEUR,-256.3500,0.6665,742.9835\n"
_CREDITS = "L3,T1,2020-06-01 18:01:56,trade,,currency,KFEE,0.00,66.65,933.35\n"


def _one(*rows: str) -> Fill:
    (fill,) = fills(read_as("kraken-ledgers", _HEADER + "".join(rows)))
    return fill


def test_the_rows_of_a_trade_join_by_their_refid_wherever_they_stand() -> None:
    other = _COIN.replace("L1,T1", "L8,T8"), _MONEY.replace("L2,T1", "L9,T8")
    for rows in permutations([_COIN, _MONEY, *other]):
        found = fills(read_as("kraken-ledgers", _HEADER + "".join(rows)))
        assert sorted(fill.venue_id or "" for fill in found) == ["T1", "T8"]
        assert {(fill.symbol, fill.side, fill.price) for fill in found} == {
            ("BTC-EUR", Side.BUY, Decimal(8545))
        }


def test_the_fee_is_on_either_row_or_in_credits() -> None:
    assert _one(_COIN, _MONEY).fee == Fee(Decimal("0.6665"), "EUR")
    free = _MONEY.replace("0.6665", "0.0000")
    taken = _COIN.replace(",0.0000000000,", ",0.0000780000,")
    assert _one(taken, free).fee == Fee(Decimal("0.000078"), "BTC")
    assert _one(_COIN, free, _CREDITS).fee == Fee(Decimal("66.65"), "KFEE")
    assert _one(_COIN, free).fee == Fee(Decimal(0), "EUR")


def test_an_old_header_has_no_subtype() -> None:
    header = _HEADER.replace("subtype,", "")
    rows = "".join(row.replace("trade,,", "trade,") for row in (_COIN, _MONEY))
    assert len(fills(read_as("kraken-ledgers", header + rows))) == 1


def test_a_header_with_wallets_has_subtypes() -> None:
    header = _HEADER.replace("subtype,", "").replace("asset,", "asset,wallet,")
    with pytest.raises(InputError, match="missing 'subtype'"):
        read_as("kraken-ledgers", header)


def test_a_trailing_comma_is_no_column() -> None:
    rows = "".join(row.replace("\n", ",\n") for row in (_HEADER, _COIN, _MONEY))
    assert len(fills(read_as("kraken-ledgers", rows))) == 1


def test_a_price_that_does_not_end_is_said() -> None:
    reading = read_as("kraken-ledgers", _HEADER + _COIN + _MONEY.replace("256.3500", "256.3501"))
    assert [fill.price for fill in fills(reading)] == [Decimal("8545.003")]
    assert "of 1 fills the price does not end" in reading.notes[0]
    assert read_as("kraken-ledgers", _HEADER + _COIN + _MONEY).notes == ()


def test_a_conversion_of_two_coins_buys_the_one_received() -> None:
    spent = "L1,T1,2026-01-12 15:20:09,spend,,currency,SOL,-0.5000,0.0000,1.0000\n"
    got = "L2,T1,2026-01-12 15:20:09,receive,,currency,ADA,100.0000,0.0000,100.0000\n"
    fill = _one(spent, got)
    assert (fill.symbol, fill.side, fill.price) == ("ADA-SOL", Side.BUY, Decimal("0.005"))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (_COIN, "0.0300000000 XXBT under one refid are not the two rows of a trade"),
        (_COIN + _MONEY + _MONEY, "are not the two rows of a trade"),
        (_COIN + _MONEY.replace("-256", "256"), "are not one given and one received"),
        (_COIN.replace(",0.0000000000,", ",0.0001000000,") + _MONEY, "fees in two coins"),
        (_COIN + _MONEY.replace("0.6665", "6665"), "a fee of 6665 is out of proportion"),
        (_COIN.replace("0.0300000000,0.00", "00300000000,0.00") + _MONEY, "lost its decimal mark"),
        (
            _COIN.replace("XXBT", "SOL") + _MONEY.replace("ZEUR", "ADA"),
            "neither SOL nor ADA is what Kraken quotes prices in",
        ),
        (_COIN.replace("trade", "barter"), "type 'barter' is not known"),
    ],
)
def test_rows_that_cannot_be_a_trade_are_refused(rows: str, reason: str) -> None:
    reading = read_as("kraken-ledgers", _HEADER + rows)
    assert not reading.rows
    assert [reason in said for said in reasons(reading)] == [True]


@pytest.mark.parametrize(
    ("kind", "ignored"),
    [
        ("deposit", "deposit"),
        ("staking", "staking reward"),
        ("margin", "margin position"),
        ("rollover", "rollover fee of a margin position"),
        ("transfer", "transfer"),
    ],
)
def test_what_is_no_trade_is_ignored_by_name(kind: str, ignored: str) -> None:
    reading = read_as("kraken-ledgers", _HEADER + _MONEY.replace("trade", kind))
    assert dict(reading.ignored) == {ignored: 1}


def test_margin_positions_are_told_to_be_elsewhere() -> None:
    reading = read_as("kraken-ledgers", _HEADER + _MONEY.replace("trade", "margin"))
    assert "import trades.csv" in reading.notes[0]


def test_trades_csv_and_ledgers_csv_know_each_other_s_fills() -> None:
    header = "txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers\n"
    row = "T1,O1,XXBTZEUR,2020-06-01 18:01:56.1,buy,limit,8545,256.35,0.6665,0.03,0,,L1\n"
    ledger = read_as("kraken-ledgers", _HEADER + _COIN + _MONEY)
    trades = read_as("kraken-trades", header + row)
    compared = new_rows(ledger.rows, [each.event for each in trades.rows], "main")
    assert (compared.new, compared.known, compared.changed) == ([], 1, [])
