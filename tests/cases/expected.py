"""Which of a case's expected values the journal must reproduce, and where it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from cases.published import NOT_COMPARED, Case
from cases.view import ZERO, TradeView, View


class Check:
    """Compares values to the case's tolerance and keeps what differs."""

    def __init__(self, case: Case) -> None:
        self.relative = Fraction(case["tolerance"])
        self.absolute = Fraction(case.get("tolerance_abs", 0))
        self.problems: list[str] = []
        self.compared = 0

    def same(self, what: str, found: Fraction | None, expected: str | Fraction | None) -> None:
        """Compare one value; a null of the source means it printed none."""
        if expected is None:
            return
        self.compared += 1
        wanted = Fraction(expected)
        allowed = max(self.relative * max(Fraction(1), abs(wanted)), self.absolute)
        if found is None or abs(found - wanted) > allowed:
            shown = None if found is None else float(found)
            self.problems.append(f"{what}: {shown} instead of {float(wanted)}")


def check(case: Case, view: View) -> Check:
    """Compare every expected value of a case that the journal has a figure for."""
    result = Check(case)
    for name, rows in case["expected"].items():
        SECTIONS[name](result, rows, case, view)
    return result


def steps(result: Check, rows: list[Mapping[str, Any]], _: Case, view: View) -> None:
    """Compare position, average and sums after a fill."""
    for row in rows:
        number = row["after_fill"]
        fill, past = view.fills[number], view.fills[: number + 1]
        for name, expected in row.items():
            if name in NOT_COMPARED or name == "after_fill":
                continue
            what = f"{name} after fill {number}"
            if name in ("opened", "closed"):
                result.same(what, moved(view, number)[name], expected)
            else:
                found = {
                    "position_qty": fill.position,
                    "avg_price": fill.average,
                    "stake": fill.average and abs(fill.position) * fill.average,
                    "realized_cum": sum((f.net for f in past), ZERO),
                    "open_fees": sum((f.fee for f in past), ZERO),
                    "fees_cum": sum((f.fee for f in past), ZERO),
                }[name]
                result.same(what, found, expected)


def moved(view: View, number: int) -> dict[str, Fraction]:
    """Return the signed quantities a fill opened and closed; its halves must add up to them."""
    before = view.fills[number - 1].position if number else ZERO
    after, parts = view.fills[number].position, view.fills[number].quantities
    sign = 1 if after > before else -1
    if before * sign >= 0:
        return {"opened": sign * parts[0], "closed": ZERO}
    opened = parts[1] if len(parts) > 1 else ZERO
    return {"opened": sign * opened, "closed": sign * parts[0]}


def final(result: Check, row: Mapping[str, Any], _: Case, view: View) -> None:
    """Compare sums over the whole journal; funding is in the net result of the trades."""
    for name, expected in row.items():
        if name in NOT_COMPARED:
            continue
        if name == "position_qty_abs_below":
            result.same("dust", view.fills[-1].position, "0")
            continue
        trades = view.trades.values()
        found = {
            "position_qty": view.fills[-1].position,
            "realized_net": sum((trade.net for trade in trades), ZERO),
            "realized_gross": sum((trade.gross for trade in trades), ZERO),
            "fees": sum((trade.fees for trade in trades), ZERO),
        }[name]
        result.same(name, found, expected)


def per_fill(result: Check, rows: list[str | None], _: Case, view: View) -> None:
    """Compare gross realised P&L fill by fill."""
    for number, expected in enumerate(rows):
        result.same(f"gross of fill {number}", view.fills[number].gross, expected)


def per_execution(result: Check, rows: list[str | None], _: Case, view: View) -> None:
    """Compare net realised P&L fill by fill."""
    for number, expected in enumerate(rows):
        result.same(f"net of fill {number}", view.fills[number].net, expected)


def episodes(result: Check, rows: list[Mapping[str, Any]], _: Case, view: View) -> None:
    """Compare trades from flat to flat."""
    result.same("trades", Fraction(len(view.trades)), Fraction(len(rows)))
    for number, (row, trade) in enumerate(zip(rows, view.trades.values(), strict=False)):
        result.same(f"entry of trade {number}", trade.average_entry, row["entry_price"])
        result.same(f"exit of trade {number}", trade.average_exit, row["exit_price"])
        result.same(f"quantity of trade {number}", trade.quantity, row["qty"])
        result.same(f"gross of trade {number}", trade.gross, row["gross"])
        result.same(f"fees of trade {number}", trade.fees, row["fees"])


def round_trips(result: Check, rows: list[Mapping[str, Any]], _: Case, view: View) -> None:
    """Compare FIFO lots where everything sold had one price or was closed at once."""
    for row in rows:
        closing, opening = row["close_fill"], row["open_fill"]
        result.same(f"gross of fill {closing}", view.fills[closing].gross, row["pnl"])
        direction = view.trades[view.fills[opening].trade].direction
        result.same(f"side of fill {opening}", sign_of(direction), sign_of(row["direction"]))


def sign_of(direction: str) -> Fraction:
    """Return a direction as a number."""
    return Fraction(1 if direction == "long" else -1)


def lots(name: str, figure: Callable[[TradeView], Fraction]) -> Section:
    """Compare FIFO lots: over a trade from flat to flat they sum up to the result by average."""

    def compare(result: Check, rows: list[Mapping[str, Any]], case: Case, view: View) -> None:
        numbers = {fill["id"]: number for number, fill in enumerate(case["fills"])}
        sums: dict[str, Fraction] = defaultdict(Fraction)
        count: dict[str, int] = defaultdict(int)
        for row in rows:
            trade = view.fills[numbers[row["entry_id"]]].trade
            sums[trade] += Fraction(row[name])
            count[trade] += 1
        for trade, expected in sums.items():
            # Each lot was rounded by itself.
            share = Check(case)
            share.absolute *= count[trade]
            share.same(f"{name} of trade {trade}", figure(view.trades[trade]), expected)
            result.compared += 1
            result.problems += share.problems

    return compare


def unrealised(result: Check, rows: list[Mapping[str, Any]], _: Case, view: View) -> None:
    """Compare open profit at the last known price."""
    for row in rows:
        result.same("unrealised", view.unrealised, row["value"])


Section = Callable[[Check, Any, Case, View], None]

SECTIONS: Mapping[str, Section] = {
    "steps": steps,
    "final": final,
    "realized_per_fill_gross": per_fill,
    "realized_per_execution": per_execution,
    "episodes": episodes,
    "round_trips": round_trips,
    "pairs": lots("pnl", lambda trade: trade.gross),
    "trades_net": lots("net", lambda trade: trade.net),
    "unrealized": unrealised,
}


def names_in(case: Case) -> Iterator[str]:
    """Return the names of all expected values of a case, so that none is passed over."""
    for name, rows in case["expected"].items():
        yield name
        for row in rows if isinstance(rows, list) else [rows]:
            yield from row if isinstance(row, dict) else ()
