"""What the figures on scaling say, a sentence each; too few trades say nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from journal.book.statistics import Mean, Rate
from journal.reporting.scaling import Scaling, ScalingGroup
from journal.reporting.words import Words

_PLAIN = Words()

_PAYS, _PAYS_NOT = "{} made money", "{} lost money"
_UNCLEAR, _FEW = "no clear result for {}", "too few trades to tell for {}"


def group_answers(group: ScalingGroup, words: Words = _PLAIN) -> Iterator[str]:
    """Yield what scaling in and scaling out did in one group of trades."""
    yield answer("Scaling in", "all-in at tranche 1", group.scale_in.r, words)
    yield answer("Scaling out", "everything at the first exit", group.against_first.r, words)
    yield answer("Scaling out", "everything at the last exit", group.against_last.r, words)


def tranche_answers(scaling: Scaling, words: Words = _PLAIN) -> Iterator[str]:
    """Yield how often each tranche filled, and whether it pays."""
    for line in scaling.depth:
        yield _tranche(line.number, line.filled, line.r, words)


def paying_answer(scaling: Scaling) -> str:
    """Return which tranches pay and which never do, as far as there are trades enough to tell."""
    by_verdict: dict[str, list[int]] = {}
    for line in scaling.depth:
        found = line.r
        told = found.interval is not None
        verdict = _verdict(found, _PAYS, _PAYS_NOT, _UNCLEAR) if told else _FEW
        by_verdict.setdefault(verdict, []).append(line.number)
    said = [
        verdict.format(_numbered(by_verdict[verdict]))
        for verdict in (_PAYS_NOT, _PAYS, _UNCLEAR, _FEW)
        if verdict in by_verdict
    ]
    begin = [] if _PAYS_NOT in by_verdict else ["No tranche is known to lose money"]
    text = "; ".join((*begin, *said))
    return f"{text[:1].upper()}{text[1:]}."


def _numbered(numbers: list[int]) -> str:
    """Return `tranche 1`, `tranches 2 and 3`, `tranches 1, 2 and 3`."""
    *before, last = map(str, numbers)
    return f"tranches {', '.join(before)} and {last}" if before else f"tranche {last}"


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
