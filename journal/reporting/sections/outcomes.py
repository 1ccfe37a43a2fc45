"""Discipline against result: clean or breached, won or lost, and the bad wins by name."""

from __future__ import annotations

from journal.book.results_split import Outcome
from journal.reporting.blocks import Block, Cell, Section, Table, Text
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
    blocks: list[Block] = [
        Text(_sentence(report)),
        Table(
            ("closed", "won", "lost", "win rate", "R a trade", "95% interval", "net"),
            tuple(rows),
            "lrrrrlr",
            drop=("win rate",),
        ),
    ]
    if split.bad_wins:
        names = ", ".join(split.bad_wins)
        blocks.append(Text(f"Bad wins, breached and won all the same: {names}."))
    if split.unknown:
        out = counted(split.unknown, "closed trade")
        blocks.append(Text(f"{out} left out: the result is not known."))
    return Section("outcomes", "Results by discipline", tuple(blocks))


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
    first = (
        name,
        str(won.part),
        str(won.whole - won.part),
        "too few" if won.share is None else words.percent(won.share),
        "" if r.mean is None else words.multiple(r.mean),
        too_few(r.n) if r.interval is None else words.between_multiples(r.interval),
    )
    nets = [words.money(each.net, each.currency, signed=True) for each in outcome.nets] or [""]
    return [(*first, nets[0]), *(("",) * len(first) + (net,) for net in nets[1:])]
