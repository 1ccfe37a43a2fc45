"""Discipline against result: clean or breached, won or lost, and the bad wins by name."""

from __future__ import annotations

import pandas as pd

from journal.book.keys import trade_key
from journal.book.results_split import Outcome
from journal.reporting.blocks import Block, Cell, Chart, Section, Table, Text
from journal.reporting.closed import closed_frame
from journal.reporting.notes import bad_win_notes
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.words import Words, too_few


def section(report: Report) -> Section | None:
    """Show the closed trades of the stretch by discipline, if there are any."""
    split = report.review.statistics.split
    if not split.clean.trades + split.breached.trades:
        return None
    sides = ("clean", "breached", "planned", "unplanned")
    rows = [row for name in sides for row in _rows(name, getattr(split, name), report.words)]
    sentence, tiles = _sentence(report), quadrants_frame(report)
    blocks: list[Block] = [
        Text(sentence),
        Chart("quadrants", "quadrants", tiles, sentence, _quadrants_table(tiles)),
        Table(
            ("closed", "won", "lost", "net", "win rate", "R a trade", "95% interval"),
            tuple(rows),
            "lrrrrrl",
            drop=("win rate",),
        ),
    ]
    if split.bad_wins:
        names = ", ".join(split.bad_wins)
        blocks.append(Text(f"Bad wins, breached and won all the same: {names}."))
        blocks += _words_on(report, split.bad_wins)
    if split.unknown:
        out = counted(split.unknown, "closed trade")
        blocks.append(Text(f"{out} left out: the result is not known."))
    return Section("outcomes", "Results by discipline", tuple(blocks))


def _words_on(report: Report, names: list[str]) -> list[Text]:
    """Return what was written on each bad win."""
    rows = {trade_key(report.book, int(row)): int(row) for row in report.trades}
    said = bad_win_notes(report.book)
    return [
        Text(f'{name}: "{text}"')
        for name in names
        if name in rows
        for text in said.get(rows[name], [])
    ]


def quadrants_frame(report: Report) -> pd.DataFrame:
    """Return the four tiles of closed trades: clean, won, trades, text (their money and R)."""
    closed = closed_frame(report, report.period)
    closed = closed[closed["net"].notna()]
    rows = []
    for clean in (True, False):
        for won in (True, False):
            own = closed[(closed["clean"] == clean) & ((closed["net"] > 0) == won)]
            nets = own.groupby("currency", sort=True)["net"].sum()
            parts = [
                report.words.money(float(net), str(currency), signed=True)
                for currency, net in nets.items()
            ]
            if own["r"].notna().any():
                parts.append(report.words.multiple(float(own["r"].sum())))
            rows.append({"clean": clean, "won": won, "trades": len(own), "text": ", ".join(parts)})
    return pd.DataFrame(rows)


def _quadrants_table(tiles: pd.DataFrame) -> Table:
    rows = tuple(
        (
            "clean" if row["clean"] else "breached",
            "won" if row["won"] else "lost",
            str(row["trades"]),
            row["text"],
        )
        for row in tiles.to_dict("records")
    )
    return Table(("", "", "trades", "together"), rows, "llrr")


def _sentence(report: Report) -> str:
    split = report.review.statistics.split
    clean, breached = split.clean, split.breached
    return (
        f"{counted(clean.won.part, 'clean win')}, "
        f"{counted(clean.won.whole - clean.won.part, 'clean loss', 'clean losses')}, "
        f"{counted(breached.won.part, 'bad win')}, "
        f"{counted(breached.won.whole - breached.won.part, 'bad loss', 'bad losses')}."
    )


def _rows(name: str, outcome: Outcome, words: Words) -> list[tuple[Cell, ...]]:
    won, r = outcome.won, outcome.r
    nets = [words.money(each.net, each.currency, signed=True) for each in outcome.nets] or [""]
    counts = (name, str(won.part), str(won.whole - won.part))
    rates = (
        "too few" if won.share is None else words.percent(won.share),
        "" if r.mean is None else words.multiple(r.mean),
        too_few(r.n) if r.interval is None else words.between_multiples(r.interval),
    )
    return [
        (*counts, nets[0], *rates),
        *(("",) * len(counts) + (net,) + ("",) * len(rates) for net in nets[1:]),
    ]
