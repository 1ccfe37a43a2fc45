"""Statistics of discipline as text: a table of rules, the totals, results split, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.book.discipline import Standing
from journal.book.indiscipline import Indiscipline
from journal.book.results_split import Outcome
from journal.book.statistics import FEW, Interval, Rate
from journal.reporting.breakdown import Group
from journal.reporting.layout import WIDTH, labelled, table, wrapped
from journal.reporting.readable import UNKNOWN, counted, day, money, multiple, percent, rate
from journal.reporting.statistics import SplitLine, Statistics

Row = list[str]


def rule_table(statistics: Statistics, width: int = WIDTH) -> list[str]:
    """Return the table of rules that had anything to judge, and the names of the others."""
    told = [line for line in statistics.rules if _told(line.standing)]
    if not told:
        return []
    rows = [
        row
        for line in told
        for row in _with_costs([line.code, line.name, *_cells(line.standing)], line.costs)
    ]
    headers = ["rule", "name", "kept", "broken", "unknown", "n.a.", "adherence", "cost"]
    lines = table(headers, rows, "llrrrrll", drop=["name"], width=width)
    silent = [line.code for line in statistics.rules if not _told(line.standing)]
    if silent:
        lines += wrapped(f"not applicable: {', '.join(silent)}", width=width)
    return lines


def group_table(what: str, groups: Sequence[Group], width: int = WIDTH) -> list[str]:
    """Return a table of trades, setups or stretches of time, each with its score."""
    rows = []
    for group in groups:
        kept, broken, unknown, _, kept_share = _cells(group.standing)
        row = [group.label, kept, broken, unknown, score_text(group.standing), kept_share]
        rows += _with_costs(row, group.costs)
    headers = [what, "kept", "broken", "unknown", "score", "adherence", "cost"]
    return table(headers, rows, "lrrrlll", drop=["unknown"], width=width)


def _with_costs(row: Row, costs: Sequence[Indiscipline]) -> list[Row]:
    """Return a row with its cost, and one more for each further currency."""
    told = [part for cost in costs for part in _short_cost(cost)] or [""]
    return [[*row, told[0]], *([""] * len(row) + [more] for more in told[1:])]


def _told(standing: Standing) -> int:
    return standing.kept + standing.broken + standing.unknown


def _cells(standing: Standing) -> Row:
    numbers = (standing.kept, standing.broken, standing.unknown, standing.not_applicable)
    return [*map(str, numbers), _adherence(standing)]


def _adherence(standing: Standing) -> str:
    judged = standing.kept + standing.broken
    if judged < FEW:
        return too_few(judged)
    return f"{percent(standing.adherence)} ({between(standing.interval)})"


def between(interval: Interval | None) -> str:
    """Return the bounds of a share for reading."""
    return "" if interval is None else f"{percent(interval.low)} to {percent(interval.high)}"


def _short_cost(cost: Indiscipline) -> list[str]:
    known = [f"{money(cost.cost)} {cost.currency}"] if cost.priced else []
    known += [f"{cost.unknown} {UNKNOWN}"] if cost.unknown else []
    memo = [f"memo {money(cost.memo)} {cost.currency}"] if cost.memos else []
    return [", ".join(known)] * bool(known) + memo


def too_few(count: int) -> str:
    """Say that a rate of so few would mean nothing."""
    return f"too few (n = {count})"


def score_text(standing: Standing) -> str:
    """Return a score with its n."""
    if standing.score is None:
        return too_few(standing.trades)
    return f"{standing.score:.1f} (n = {standing.trades})"


def share_text(share: Rate) -> str:
    """Return a share of trades with its denominator and interval."""
    if share.share is None:
        return too_few(share.whole)
    return f"{rate(share.part, share.whole)}, 95% interval {between(share.interval)}"


def total_lines(statistics: Statistics) -> Iterator[str]:
    """Return adherence, score, coverage, clean and planned trades, and what breaches cost."""
    total, discipline = statistics.total, statistics.discipline
    judged = total.kept + total.broken
    kept = rate(total.kept, judged)
    yield from labelled(
        "adherence", f"{kept}, 95% interval {between(total.interval)}" if judged else kept
    )
    yield from labelled("score", f"{score_text(total)}, of 100; LOG rules left out")
    yield from labelled("coverage", f"{rate(judged, judged + total.unknown)} could be judged")
    yield from labelled("clean trades", share_text(discipline.clean))
    yield from labelled("planned trades", share_text(discipline.planned))
    yield from labelled("efficiency", _efficiency(statistics))
    yield from cost_lines(statistics)
    if statistics.cancelled:
        yield from labelled("cancelled", _cancelled(statistics))


def _efficiency(statistics: Statistics) -> str:
    found = statistics.discipline
    if found.efficiency is None:
        return too_few(found.clean.whole)
    mistakes = counted(found.mistakes, "mistake")
    return f"{percent(found.efficiency)} ({mistakes} in {counted(found.clean.whole, 'trade')})"


def cost_lines(statistics: Statistics) -> Iterator[str]:
    """Return what indiscipline cost, currency by currency, and its share of the gross P&L."""
    for cost in statistics.costs:
        yield from labelled("indiscipline", _cost(cost))
    if statistics.costs:
        yield from labelled("", statistics.cost_formula)
    for tax in statistics.split.taxes:
        if tax.share is not None:
            of = f"{money(tax.gross)} {tax.currency} gross"
            yield from labelled("discipline tax", f"{percent(tax.share, 1)} of {of}")


def _cost(cost: Indiscipline) -> str:
    """Say what the breaches of one currency cost: known, lucky, not known, memo."""
    parts = [f"cost {money(cost.cost)} {cost.currency}" if cost.priced else "no known cost"]
    if cost.in_r:
        some = f" over {cost.in_r} of {cost.priced}" if cost.in_r < cost.priced else ""
        parts[0] += f" ({cost.cost_r:.2f}R{some})"
    if cost.lucky < 0 < cost.cost - cost.lucky:
        parts.append(f"lucky ones {money(cost.lucky)} of it")
    elif cost.cost < 0:
        parts[0] += ", lucky: breaches made money"
    parts += [f"{cost.unknown} more not known"] if cost.unknown else []
    parts += [f"memo {money(cost.memo)} not added"] if cost.memos else []
    return "; ".join(parts)


def _cancelled(statistics: Statistics) -> str:
    plans = statistics.cancelled
    named = ", ".join(f"{each.plan} ({day(each.cancelled_at)})" for each in plans)
    kept, broken = sum(each.kept for each in plans), sum(each.broken for each in plans)
    return f"{named}: {kept} kept and {broken} broken count above"


def split_lines(split: SplitLine, width: int = WIDTH) -> list[str]:
    """Return closed trades by discipline: the 2x2, expectancy, and bad wins by name."""
    sides = ("clean", "breached", "planned", "unplanned")
    rows = [row for name in sides for row in _side(name, getattr(split, name))]
    headers = ["closed", "won", "lost", "win rate", "R a trade", "95% interval", "net"]
    lines = table(headers, rows, "lrrrrlr", drop=["win rate"], width=width)
    if split.bad_wins:
        names = ", ".join(split.bad_wins)
        lines += wrapped(f"bad wins (breached, won all the same): {names}", width=width)
    if split.unknown:
        out = f"{counted(split.unknown, 'closed trade')} left out: the result is not known"
        lines += wrapped(out, width=width)
    return lines


def _side(name: str, outcome: Outcome) -> list[Row]:
    won, r = outcome.won, outcome.r
    interval = too_few(r.n)
    if r.interval is not None:
        interval = f"{multiple(r.interval.low)} to {multiple(r.interval.high)}"
    row = [
        name,
        str(won.part),
        str(won.whole - won.part),
        "too few" if won.share is None else percent(won.share),
        "" if r.mean is None else multiple(r.mean),
        interval,
    ]
    nets = [f"{money(each.net, signed=True)} {each.currency}" for each in outcome.nets] or [""]
    return [[*row, nets[0]], *([""] * len(row) + [net] for net in nets[1:])]
