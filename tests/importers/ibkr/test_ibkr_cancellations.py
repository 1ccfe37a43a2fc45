"""Executions that IBKR took back: both rows go, or neither is passed over."""

from __future__ import annotations

import flex

_CANCEL = {
    "buySell": "BUY (Ca.)",
    "quantity": "-10",
    "tradeID": "",
    "transactionType": "TradeCancel",
}


def _kinds(*rows: str) -> tuple[list[str], dict[str, int], list[str]]:
    reading = flex.read(flex.query(*rows))
    left = [f"{fill.quantity} @ {fill.price}" for fill in flex.fills(reading)]
    return left, dict(reading.ignored), [row.reason for row in reading.refused]


_BOTH = {"cancelled execution": 1, "cancellation of an execution": 1}


def test_a_cancellation_takes_the_execution_that_it_names() -> None:
    other = flex.trade(tradeID="70")
    left, ignored, refused = _kinds(other, flex.trade(), flex.trade(**_CANCEL, origTradeID="71"))
    assert (left, ignored, refused) == (["10 @ 12.5"], _BOTH, [])
    reading = flex.read(flex.query(other, flex.trade(), flex.trade(**_CANCEL, origTradeID="71")))
    assert [fill.venue_id for fill in flex.fills(reading)] == ["70"]
    assert reading.notes == (
        "cancelled by the venue: 71; void them if an earlier import took them",
    )


def test_what_was_booked_again_under_the_same_id_stays() -> None:
    rows = [
        flex.trade(transactionID="1"),
        flex.trade(**_CANCEL, origTradeID="71", origTransactionID="1", transactionID="2"),
        flex.trade(transactionID="3", tradePrice="12.4"),
    ]
    assert _kinds(*rows) == (["10 @ 12.4"], _BOTH, [])
    assert _kinds(*reversed(rows)) == (["10 @ 12.4"], _BOTH, [])


def test_without_any_id_the_terms_tell_and_one_cancellation_takes_one_of_two_equals() -> None:
    rows = [flex.trade(), flex.trade(tradeID="72"), flex.trade(**_CANCEL)]
    assert _kinds(*rows) == (["10 @ 12.5"], _BOTH, [])


def test_a_cancellation_of_something_else_is_refused() -> None:
    for changed in ({"origTradeID": "99"}, {"tradePrice": "12.4"}, {"quantity": "-9"}):
        left, ignored, refused = _kinds(flex.trade(), flex.trade(**{**_CANCEL, **changed}))
        assert (left, ignored) == (["10 @ 12.5"], {})
        assert refused[0].startswith("this cancels an execution")
        assert "void the fill if the journal holds it" in refused[0]
