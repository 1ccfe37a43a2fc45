"""What the figures on scaling say, a sentence each; too few trades say nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from journal.book.statistics import Mean, Rate
from journal.reporting.scaling import Scaling, ScalingGroup
from journal.reporting.words import Words

_PLAIN = Words()


def group_answers(group: ScalingGroup, words: Words = _PLAIN) -> Iterator[str]:
    """Yield what scaling in and scaling out did in one group of trades."""
    yield answer("Scaling in", "all-in at tranche 1", group.scale_in.r, words)
    yield answer("Scaling out", "everything at the first exit", group.against_first.r, words)
    yield answer("Scaling out", "everything at the last exit", group.against_last.r, words)


def tranche_answers(scaling: Scaling, words: Words = _PLAIN) -> Iterator[str]:
    """Yield how often each tranche filled, and whether it pays."""
    for line in scaling.depth:
        yield _tranche(line.number, line.filled, line.r, words)


def spacing_answer(scaling: Scaling, words: Words = _PLAIN) -> str:
    """Return whether the buys of a trade come closer with depth: a sign of panic."""
    shrinking = scaling.shrinking
    if shrinking.share is None:
        return f"Spacing with depth: {_too_few(shrinking.whole)} with three buys or more."
    return (
        f"Spacing with depth: {words.share(shrinking.part, shrinking.whole)} trades with three "
        "buys or more came closer with each, and closer than planned."
    )


def answer(what: str, against: str, found: Mean, words: Words = _PLAIN) -> str:
    """Return whether it helped or hurt against the alternative, or that nobody can tell."""
    if found.interval is None:
        return f"{what} against {against}: {_too_few(found.n)}."
    verdict = _verdict(found, "it helped", "it hurt", "no clear difference")
    mean = f"{words.multiple(found.mean)} a trade against {against}"
    return f"{what}: {mean} ({_spread(found, words)}): {verdict}."


def _tranche(number: int, filled: Rate, found: Mean, words: Words) -> str:
    share = f"{filled.part} of {filled.whole}"
    if filled.share is not None:
        share = words.share(filled.part, filled.whole)
    begin = f"Tranche {number}: filled in {share}"
    if found.interval is None:
        return f"{begin}; what it made: {_too_few(found.n)}."
    verdict = _verdict(found, "it pays", "it does not pay", "no clear result")
    made = f"{words.multiple(found.mean)} a trade where it filled ({_spread(found, words)})"
    return f"{begin}, {made}: {verdict}."


def _verdict(found: Mean, above: str, below: str, neither: str) -> str:
    """Return which side of zero the whole interval lies on."""
    if found.interval is not None and found.interval.low > 0:
        return above
    if found.interval is not None and found.interval.high < 0:
        return below
    return neither


def _spread(found: Mean, words: Words) -> str:
    if found.interval is None:
        return f"n = {found.n}"
    return f"n = {found.n}, 95% {words.between_multiples(found.interval)}"


def _too_few(count: int) -> str:
    return f"too few trades (n = {count})"
