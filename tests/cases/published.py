"""Published cases as journal text; they lie beside the checkout and are not part of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Case = Mapping[str, Any]

FOLDER = Path(__file__).parents[2].parent / "shared" / "cases"
START = datetime(2026, 1, 5, tzinfo=UTC)

# Whole cases that say nothing about average price or flat-to-flat results.
NOT_APPLICABLE = {
    "merge": "joins fills into one before the P&L; the journal keeps every fill",
    "merge_gap": "joins fills into one before the P&L; the journal keeps every fill",
}

# Expected values of applicable cases that the journal has no figure for.
NOT_COMPARED = {
    "realized_step": "the last step of one source is a sum; the cumulative value is compared",
    "realized_cum_over_total_entry_cost": "the journal measures results in R, not by entry cost",
    "return_on_total_entry_cost": "the journal measures results in R, not by entry cost",
    "return_on_entry_cost_net_of_fee": "the journal measures results in R, not by entry cost",
    "return_on_entry": "the journal measures results in R, not by entry cost",
    "return_on_portfolio": "the journal measures results in R, not by portfolio value",
    "duration_days": "not arithmetic of fills",
}


def load() -> list[Case]:
    """Return every case that applies, none where the folder is missing."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.json")) if FOLDER.is_dir() else []:
        found += json.loads(path.read_text())["cases"]
    return [case for case in found if case["method"] not in NOT_APPLICABLE]


def quote_of(case: Case) -> str:
    """Return the currency of prices: the pair's second half, else that of the fees."""
    _, _, quote = str(case["instrument"]["symbol"]).partition("/")
    return quote or next((fill["fee_ccy"] for fill in case["fills"] if fill["fee_ccy"]), "USD")


def kind_of(case: Case) -> str:
    """Return the kind; a short "spot" case of a source with margin is a linear contract here."""
    first = case["fills"][0]["side"]
    return "linear" if first == "sell" else str(case["instrument"]["kind"])


def times_of(fills: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the printed times, UTC where no zone is given; a minute apart where any is missing."""
    printed = [str(fill["ts"]) for fill in fills if fill.get("ts")]
    if len(printed) < len(fills):
        return [f"{START + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}" for n in range(len(fills))]
    return [time if time.endswith("Z") else f"{time}Z" for time in printed]


def account_of(number: int) -> str:
    """Return the account a case is written to."""
    return f"case-{number}"


def text_of(case: Case, number: int = 0) -> str:
    """Return a case as journal text: one account, one instrument, its fills, its last mark.

    Every case has names of its own, so that all of them fit into one journal.
    """
    quote, kind, account = quote_of(case), kind_of(case), account_of(number)
    base, symbol = f"K{number}", f"K{number}-{quote}"
    times = times_of(case["fills"])
    start = f"{times[0][:10]}T00:00Z"
    lines = [f"{start} account {account}", f"  currency {quote}", f"{start} instrument {symbol}"]
    lines += [f"  kind {kind}", f"  base {base}", f"  quote {quote}"]
    if kind != "spot":
        lines.append(f"  multiplier {case['instrument']['multiplier']}")
    dust = case["expected"].get("final", {}).get("position_qty_abs_below")
    if dust:
        lines.append(f"  lot {dust}")
    for fill, time in zip(case["fills"], times, strict=True):
        lines.append(
            f"{time} fill {symbol} {fill['side']} {fill['qty']} @ {fill['price']}"
            f" fee {fill['fee']} {fill['fee_ccy'] or quote} account {account}"
        )
    if case.get("funding", "0") != "0":
        paid = shifted(times[0])
        amount = f"{case['funding']} {quote}"
        lines.insert(-1, f"{paid} funding {symbol} {amount} account {account}")
    for mark in case["expected"].get("unrealized", []):
        lines.append(f"{shifted(times[-1])} price {symbol} {mark['mark']}")
    return "\n".join(lines) + "\n"


def shifted(time: str) -> str:
    """Return half a minute later."""
    return f"{datetime.fromisoformat(time) + timedelta(seconds=30):%Y-%m-%dT%H:%M:%SZ}"
