"""What platforms print of their own fills, against what the journal makes of the same files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command_line import asked
from real_exports import CASES, EXPORTS, imported

_FILE = EXPORTS.parent / "cases" / "export_oracles_share.json"
ORACLES = json.loads(_FILE.read_text("utf-8"))["cases"] if _FILE.exists() else []
_REFUSED = {
    "export/tradingview_ada": "this is the Strategy Tester's list of trades: pairs without a "
    "symbol, not fills"
}
_SYMBOLS = {
    "XRPBUSD": "XRP-BUSD-PERP",
    "ES 12-26": "ES-2026-12",
    "MES 12-26": "MES-2026-12",
}
# Results are floats of 15 digits, so that money is true to a millionth.
_LEAST = Decimal("1e-6")


@pytest.fixture(autouse=True)
def _same_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-11-26T12:00:00Z")


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle["id"].split("/")[1])
def test_the_results_that_the_platform_printed_come_out(
    oracle: dict[str, Any], shared: Path, tmp_path: Path
) -> None:
    assert shared.is_dir()
    db = tmp_path / "journal.db"
    (case,) = (case for case in CASES if f"exports/{case.file}" == oracle["file"])
    outcome = imported(case, db)
    if outcome.answer is None:
        assert outcome.refusals == [f"{case.name}: {_REFUSED[oracle['id']]}"]
        return
    assert oracle["id"] not in _REFUSED
    book = _Book(*(_of(oracle, asked(db, what)) for what in ("fills", "trades", "positions")))
    assert [line[1:] for line in book.whole_fills()] == [
        (each["side"], Decimal(each["qty"]), Decimal(each["price"])) for each in oracle["fills"]
    ]
    within = max(Decimal(oracle.get("tolerance_abs", oracle["tolerance"])), _LEAST)
    expected = oracle["expected"]
    assert set(expected) <= set(_PRINTED)
    for what, printed in expected.items():
        own, theirs = _PRINTED[what](book, printed)
        assert own == pytest.approx(theirs, abs=within), what


def _of(oracle: dict[str, Any], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of the case's instrument, whose venue writes its symbol otherwise."""
    symbol = _SYMBOLS.get(oracle["instrument"]["symbol"], oracle["instrument"]["symbol"])
    return [line for line in lines if line["instrument"] == symbol]


@dataclass(frozen=True)
class _Book:
    """What the journal lists of one instrument."""

    fills: list[dict[str, Any]]
    trades: list[dict[str, Any]]
    positions: list[dict[str, Any]]

    def whole_fills(self) -> list[tuple[str, str, Decimal, Decimal]]:
        """Return the fills as the venue made them: one through zero is listed in two parts."""
        whole: dict[str, tuple[str, str, Decimal, Decimal]] = {}
        for line in self.fills:
            fill = line["id"].split(".")[0]
            before = whole[fill][2] if fill in whole else Decimal()
            quantity = before + Decimal(line["quantity"])
            whole[fill] = (fill, line["side"], quantity, Decimal(line["price"]))
        return list(whole.values())

    def realised(self, kind: str) -> list[Decimal]:
        """Return what each whole fill realised, zero where it only opened."""
        found: dict[str, Decimal] = {}
        for line in self.fills:
            fill = line["id"].split(".")[0]
            found[fill] = found.get(fill, Decimal()) + Decimal(line[kind] or 0)
        return list(found.values())

    def per_trade(self, kind: str) -> list[Decimal]:
        """Return a result of each trade."""
        return [Decimal(trade[kind]) for trade in self.trades]


_Sides = tuple[list[Decimal], list[Decimal]]


def _of_fills(kind: str) -> Callable[[_Book, list[str | None]], _Sides]:
    return lambda book, printed: (book.realised(kind), [Decimal(text or 0) for text in printed])


def _of_lots(kind: str, printed_as: str) -> Callable[[_Book, list[dict[str, str]]], _Sides]:
    """Compare lots by the trade that their exit belongs to: inside one, lots may be cut anyhow."""

    def compared(book: _Book, printed: list[dict[str, str]]) -> _Sides:
        trades = {line["venue_id"]: line["trade"] for line in book.fills}
        sums = {trade["trade"]: Decimal() for trade in book.trades}
        for lot in printed:
            assert trades[lot["entry_id"]] == trades[lot["exit_id"]]
            sums[trades[lot["exit_id"]]] += Decimal(lot[printed_as])
        return book.per_trade(kind), list(sums.values())

    return compared


def _episodes(book: _Book, printed: list[dict[str, str]]) -> _Sides:
    names = {
        "average_entry": "entry_price",
        "average_exit": "exit_price",
        "quantity": "qty",
        "gross_pnl": "gross",
        "fees": "fees",
    }
    own = [Decimal(trade[name]) for trade in book.trades for name in names]
    return own, [Decimal(each[name]) for each in printed for name in names.values()]


def _final(book: _Book, printed: dict[str, str]) -> _Sides:
    held = sum((Decimal(line["quantity"]) for line in book.positions), Decimal())
    own = {
        # Printed without decimals.
        "position_qty": Decimal(int(held)),
        "realized_gross": sum(book.realised("realised_gross")),
        "realized_net": sum(book.realised("realised_net")),
        "fees": sum(Decimal(line["fee"] or 0) for line in book.fills),
    }
    return [Decimal(own[name]) for name in printed], [Decimal(each) for each in printed.values()]


_PRINTED: Mapping[str, Callable[[_Book, Any], _Sides]] = {
    "realized_per_fill_gross": _of_fills("realised_gross"),
    "realized_per_execution": _of_fills("realised_net"),
    "pairs": _of_lots("gross_pnl", "pnl"),
    "trades_net": _of_lots("net_pnl", "net"),
    "episodes": _episodes,
    "final": _final,
}
