"""Flex queries as XML: what is refused before it is read, and what the executions say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import flex
import pytest

from journal.domain.errors import InputError
from journal.domain.event import InstrumentEntry
from journal.domain.fill import Fee
from journal.importers.ibkr.executions import _closes
from journal.importers.ibkr.rows import Execution
from journal.importers.importer import choose
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

_BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (b"abcdefgh"[n], b"&%c;" % b"abcdefgh"[n - 1] * 10) for n in range(1, 8)
)


@pytest.mark.parametrize(
    "doctype",
    [
        _BOMB,
        b'<!DOCTYPE x SYSTEM "http://example.com/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>',
        b"<!DOCTYPE x>",
    ],
)
def test_a_document_type_refuses_the_file_at_its_line(doctype: bytes) -> None:
    row = flex.trade(symbol="&h;")
    with pytest.raises(InputError, match="declares a document type") as caught:
        flex.read(b'<?xml version="1.0"?>\n' + doctype + flex.query(row))
    assert caught.value.where == "flex line 2"


def test_what_is_not_sound_is_refused_at_its_line() -> None:
    with pytest.raises(InputError, match="not sound XML: mismatched tag") as caught:
        flex.read(flex.query(flex.trade()).replace(b"</Trades>", b"</Trade>"))
    assert caught.value.where == "flex line 6"
    with pytest.raises(InputError, match="not sound XML: undefined entity"):
        flex.read(flex.query(flex.trade(symbol="&nbsp;")))


def test_a_statement_that_is_missing_is_noticed() -> None:
    with pytest.raises(InputError, match="announces 2 statements and has 1"):
        flex.read(flex.query(flex.trade()).replace(b'count="1"', b'count="2"'))


def test_rows_keep_line_text_and_account_also_where_all_stand_in_one_line() -> None:
    rows = [
        flex.trade(),
        flex.trade(tradeID="72", description="a &gt; b > c", accountId="U2"),
    ]
    for data in (flex.query(*rows), flex.query(*rows).replace(b"\n", b" ")):
        reading = flex.read(data)
        assert [row.raw for row in reading.rows] == rows
        assert [row.account for row in reading.rows] == ["U1", "U2"]
    assert [row.number for row in flex.read(flex.query(*rows)).rows] == [5, 6]


def test_other_levels_and_elements_are_counted_by_kind() -> None:
    reading = flex.read(
        flex.query(
            flex.trade(),
            flex.trade(levelOfDetail="ORDER"),
            flex.trade(levelOfDetail="CLOSED_LOT", buySell=""),
            flex.trade("Order", levelOfDetail=""),
            flex.trade("SymbolSummary", levelOfDetail="", tradeDate="MULTI", dateTime=""),
            flex.trade("WashSale", levelOfDetail=""),
            flex.trade(levelOfDetail="DREAM"),
            flex.trade("Dream"),
        )
    )
    assert len(reading.rows) == 1
    assert dict(reading.ignored) == {
        "order": 2,
        "closed lot": 1,
        "symbol summary": 1,
        "wash sale": 1,
    }
    assert [row.reason for row in reading.refused] == [
        "rows of the kind 'DREAM' are not known",
        "Dream is no known element of a trades section",
    ]


@pytest.mark.parametrize(
    ("category", "kind"),
    [("OPT", "option"), ("FOP", "option on a future"), ("CASH", "currency conversion"),
     ("BOND", "bond"), ("WAR", "warrant")],
)  # fmt: skip
def test_what_the_journal_cannot_hold_is_ignored_by_name(category: str, kind: str) -> None:
    reading = flex.read(flex.query(flex.trade(assetCategory=category)))
    assert not reading.rows
    assert dict(reading.ignored) == {kind: 1}


def test_orders_without_executions_and_no_trades_at_all_refuse_the_file() -> None:
    with pytest.raises(
        InputError, match="the file lists no executions, only others: order"
    ) as caught:
        flex.read(flex.query(flex.trade("Order"), flex.trade(levelOfDetail="ORDER")))
    assert "tick the option Execution" in str(caught.value.hint)
    with pytest.raises(InputError, match="this Flex query has no trades"):
        flex.read(flex.query(flex.trade(), section="OpenPositions"))
    assert flex.read(flex.query()).rows == []


def test_the_web_service_s_own_answers_are_named() -> None:
    with pytest.raises(InputError, match="an answer of IBKR's Flex web service, not the report"):
        choose(
            SourceFile("a.xml", b"<FlexStatementResponse timestamp='x'><Status>Success</Status>"),
            IMPORTERS,
        )


def test_a_trade_confirmation_has_its_own_names() -> None:
    row = flex.trade(
        "TradeConfirm", tradePrice="", ibCommission="", levelOfDetail="", price="12.5",
        commission="-0.62", commissionCurrency="USD", tax="-0.1", execID="00a.01", orderID="9",
        amount="125", proceeds="-125", netCash="-125.72", code="P;L",
    )  # fmt: skip
    (fill,) = flex.fills(flex.read(flex.query(row, section="TradeConfirms")))
    assert (fill.price, fill.fee) == (Decimal("12.5"), Fee(Decimal("0.72"), "USD"))
    assert (fill.venue_id, fill.order_id, fill.is_liquidation) == ("00a.01", "9", True)


def test_a_rebate_is_negative_a_zero_zero_and_a_missing_commission_unknown() -> None:
    rows = [
        flex.trade(ibCommission=text, tradeID=str(n)) for n, text in enumerate(["0.4", "0", ""])
    ]
    fees = [fill.fee for fill in flex.fills(flex.read(flex.query(*rows)))]
    assert fees == [Fee(Decimal("-0.4"), "USD"), Fee(Decimal(0), "USD"), None]
    assert str(fees[1].amount if fees[1] else None) == "0"


def test_a_future_has_the_multiplier_of_the_report_or_of_its_exchange_or_is_asked_for() -> None:
    def future(symbol: str, **more: str) -> str:
        return flex.trade(
            symbol=symbol, assetCategory="FUT", underlyingSymbol=symbol[:-2], tradeID=symbol, **more
        )

    reading = flex.read(
        flex.query(
            future("ESZ6", multiplier="50", proceeds="0"),
            future("CLX6"),
            future("FDXMZ6", currency="EUR"),
            future("ESM7", multiplier="50", proceeds="-125"),
        )
    )
    bodies = [event.body for event in reading.declarations]
    sizes = {
        body.symbol: (body.terms.base, body.terms.multiplier)
        for body in bodies
        if isinstance(body, InstrumentEntry)
    }
    assert sizes == {"ESZ6": ("ES", Decimal(50)), "CLX6": ("CL", Decimal(1000))}
    assert reading.multiplier_needed == ("FDXMZ6",)
    assert reading.refused[0].reason.startswith("500 at 12.5 is not proceeds 125")


def test_a_coin_is_a_spot_pair_and_one_symbol_cannot_be_two_things() -> None:
    coin = flex.trade(symbol="ETH.USD-PAXOS", assetCategory="CRYPTO")
    assert flex.fills(flex.read(flex.query(coin)))[0].symbol == "ETH-USD"
    reading = flex.read(flex.query(flex.trade(), flex.trade(currency="CAD", tradeID="72")))
    assert len(reading.rows) == 1
    assert reading.refused[0].reason.startswith("ACME is a share in CAD times 1, and further up")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"quantity": "-10"}, "quantity -10 of a BUY is below zero"),
        ({"quantity": "0"}, "quantity 0 is not above zero"),
        ({"buySell": "HOLD"}, "buySell 'HOLD' is neither buy nor sell"),
        ({"tradePrice": "-12.5"}, "tradePrice -12.5 is not above zero"),
        ({"tradeMoney": "1250"}, "10 at 12.5 is not tradeMoney 1250: a cell was changed"),
        ({"proceeds": "125"}, "proceeds 125 is not what a buy brings"),
        ({"tradeMoney": "-125"}, "tradeMoney -125 is not what a buy brings"),
        ({"proceeds": "-125", "netCash": "-135"}, "netCash -135 is not proceeds -125 less the fee"),
        ({"assetCategory": "NFT"}, "assetCategory 'NFT' is not known"),
        ({"currency": ""}, "the query lacks the currency"),
        ({"symbol": ""}, "neither symbol nor ISIN says what was traded"),
        ({"ibCommissionCurrency": "EUR", "taxes": "-1"}, "taxes in USD beside a commission in EUR"),
        ({"dateTime": "yesterday"}, "dateTime 'yesterday' is not a time of a Flex query"),
        ({"dateTime": "20260230;093000"}, "dateTime '2026-02-30 09:30:00' does not exist"),
        ({"tradeID": "7.1E+15"}, "tradeID '7.1E+15' was rounded by a spreadsheet"),
    ],
)
def test_an_impossible_row_is_refused_with_its_reason(changed: dict[str, str], reason: str) -> None:
    reading = flex.read(flex.query(flex.trade(**{"assetCategory": "STK", **changed})))
    if "symbol" in changed:
        reading = flex.read(flex.query(flex.trade(symbol="")))
    assert not reading.rows
    assert reading.refused[0].number == 5
    assert reading.refused[0].reason.startswith(reason)


def test_which_executions_only_reduce_is_told_by_the_venue() -> None:
    rows = [Execution(1, "", {"openCloseIndicator": text}) for text in ("C", "C;O", "O", "")]
    assert [_closes(row) for row in rows] == [True, False, False, False]


def test_the_real_report_gives_its_four_executions(shared: Path) -> None:
    reading = flex.read(
        (shared / "exports/ibkr/flex_partial_fills_2026.xml").read_bytes(), "America/New_York"
    )
    rows = [
        (row.event.at.at.isoformat(), fill.symbol, fill.side.sign * fill.quantity, fill.price)
        for row, fill in zip(reading.rows, flex.fills(reading), strict=True)
    ]
    assert rows == [
        ("2026-01-26T16:57:15+00:00", "GOLD", 691, Decimal("43.1")),
        ("2026-05-18T13:30:04+00:00", "AAPL", 103, 300),
        ("2026-05-18T13:30:04+00:00", "AAPL", 137, 300),
        ("2026-06-15T17:02:07+00:00", "GOLD", -100, Decimal("44.19")),
    ]
    fees = [fill.fee.amount for fill in flex.fills(reading) if fill.fee]
    assert fees == [Decimal(text) for text in ("3.455", "1.000309", "0.200411", "1.1108314")]
    assert dict(reading.ignored) == {"open position": 1}
    assert (reading.refused, reading.used_zone) == ([], True)
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        flex.read((shared / "exports/ibkr/flex_partial_fills_2026.xml").read_bytes(), None)
