"""What the figures on scaling say, a sentence each; too few trades say nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from journal.book.statistics import Mean, Rate
from journal.reporting.readable import multiple, rate
from journal.reporting.scaling import Scaling, ScalingGroup


def scaling_answers(scaling: Scaling) -> list[str]:
    """Return the answers: to scaling in, to scaling out, about each tranche, about spacing."""
    told = list(group_answers(scaling.total))
    told += [_tranche(line.number, line.filled, line.r) for line in scaling.depth]
    shrinking = scaling.shrinking
    if shrinking.share is None:
        told.append(f"Spacing with depth: {_too_few(shrinking.whole)} with three buys or more.")
    else:
        told.append(
            f"Spacing with depth: {rate(shrinking.part, shrinking.whole)} trades with three buys "
            "or more came closer with each, and closer than planned."
        )
    return told


def group_answers(group: ScalingGroup) -> Iterator[str]:
    """Yield what scaling in and scaling out did in one group of trades."""
    yield answer("Scaling in", "all-in at tranche 1", group.scale_in.r)
    yield answer("Scaling out", "everything at the first exit", group.against_first.r)
    yield answer("Scaling out", "everything at the last exit", group.against_last.r)


def answer(what: str, against: str, found: Mean) -> str:
    """Return whether it helped or hurt against the alternative, or that nobody can tell."""
    if found.interval is None:
        return f"{what} against {against}: {_too_few(found.n)}."
    verdict = _verdict(found, "it helped", "it hurt", "no clear difference")
    return (
        f"{what}: {multiple(found.mean)} a trade against {against} ({_spread(found)}): {verdict}."
    )


def _tranche(number: int, filled: Rate, found: Mean) -> str:
    share = f"{filled.part} of {filled.whole}"
    if filled.share is not None:
        share = rate(filled.part, filled.whole)
    begin = f"Tranche {number}: filled in {share}"
    if found.interval is None:
        return f"{begin}; what it made: {_too_few(found.n)}."
    verdict = _verdict(found, "it pays", "it does not pay", "no clear result")
    made = f"{multiple(found.mean)} a trade where it filled ({_spread(found)})"
    return f"{begin}, {made}: {verdict}."


def _verdict(found: Mean, above: str, below: str, neither: str) -> str:
    """Return which side of zero the whole interval lies on."""
    if found.interval is not None and found.interval.low > 0:
        return above
    if found.interval is not None and found.interval.high < 0:
        return below
    return neither


def _spread(found: Mean) -> str:
    if found.interval is None:
        return f"n = {found.n}"
    low, high = multiple(found.interval.low), multiple(found.interval.high)
    return f"n = {found.n}, 95% {low} to {high}"


def _too_few(count: int) -> str:
    return f"too few trades (n = {count})"
