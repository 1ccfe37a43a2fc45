"""The first screen: the stretch in one paragraph, and four figures."""

from __future__ import annotations

from collections.abc import Iterable

from journal.book.discipline import scored_codes
from journal.book.statistics import FEW
from journal.reporting.blocks import Card, Cards, Section, Text, Tone
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.review import CurrencyBlock
from journal.reporting.violation_lines import ViolationLine
from journal.reporting.words import Words, too_few


def section(report: Report) -> Section:
    """Say what happened, and how disciplined it was."""
    cards = (_adherence(report), _result(report), _violations(report), _indiscipline(report))
    texts = [paragraph(report)]
    if report.ritual.last is not None:
        texts.append(str(report.ritual.last))
    lead = tuple(Text(text, lead=True) for text in texts)
    return Section("week", "At a glance", (*lead, Cards(cards)))


def paragraph(report: Report) -> str:
    """Return the stretch in a few sentences."""
    review = report.review
    count = len(review.trades)
    if not count:
        return "Nothing was traded."
    closed = sum(block.closed for block in review.blocks)
    won = sum(block.won for block in review.blocks)
    said = (
        f"{counted(count, 'trade')}, {closed} closed, {won} of them with a profit.",
        _clean(report),
        _worst(review.violations, report.words),
    )
    return " ".join(said)


def _clean(report: Report) -> str:
    """Count the clean trades among those judged, as the card and the score below do."""
    clean = report.review.statistics.discipline.clean
    if not clean.whole:
        return "None of them was judged."
    said = f"{clean.part} of {clean.whole} without a breach"
    if clean.whole != len(report.review.trades):
        said = f"Of {counted(clean.whole, 'trade')} judged {clean.part} without a breach"
    return f"{said}{_aside(report)}."


def _aside(report: Report) -> str:
    """Say that trades count as clean whose data is all that is wrong, if there may be some."""
    scored = scored_codes(report.judgement)
    left_out = any(each.code not in scored for each in report.review.violations)
    return " (LOG rules aside)" if left_out else ""


def _worst(violations: Iterable[ViolationLine], words: Words) -> str:
    """Name the breach that cost most; where there are several currencies, one of each."""
    dearest: dict[str, tuple[float, ViolationLine]] = {}
    for each in violations:
        if each.cost is None or each.cost <= 0 or each.memo:
            continue
        before = dearest.get(each.currency)
        if before is None or each.cost > before[0]:
            dearest[each.currency] = each.cost, each
    if not dearest:
        return "No breach cost money as far as known."
    named = [
        f"{each.name} ({each.id}): {words.money(cost, currency)}"
        for currency, (cost, each) in sorted(dearest.items())
    ]
    if len(named) == 1:
        return f"The dearest breach was {named[0]}."
    return f"The dearest breaches were {'; '.join(named)}."


def _adherence(report: Report) -> Card:
    rates, words, found = report.review.adherence, report.words, report.review.statistics
    judged = rates.kept + rates.broken
    details = [f"{rates.kept} of {judged} rules kept, {rates.unknown} not known"]
    clean = found.discipline.clean
    if clean.whole < FEW:
        return Card("Adherence", too_few(clean.whole), tuple(details), Tone.QUIET)
    details.append(f"95% interval {words.between(rates.interval)}")
    share = words.share(clean.part, clean.whole)
    details.append(f"judged trades without a breach{_aside(report)}: {share}")
    return Card("Adherence", words.percent(rates.adherence), tuple(details))


def _result(report: Report) -> Card:
    blocks, words = report.review.blocks, report.words
    values = [words.money(each.net_pnl, each.currency, signed=True) for each in blocks]
    details = [detail for each in blocks for detail in _result_details(each, words, blocks)]
    tones = {_tone(each.net_pnl) for each in blocks}
    tone = tones.pop() if len(tones) == 1 else Tone.PLAIN
    return Card("Net P&L", " and ".join(values) or "nothing booked", tuple(details), tone)


def _result_details(
    block: CurrencyBlock, words: Words, blocks: list[CurrencyBlock]
) -> Iterable[str]:
    of = f"{block.currency}: " if len(blocks) > 1 else ""
    if block.r_trades:
        total = words.multiple(block.r_total)
        yield f"{of}{total} over {counted(block.r_trades, 'closed trade')}"
    told = block.closed - block.results_unknown
    if block.closed:
        yield f"{of}win rate: {words.share(block.won, told)}"
    if block.results_unknown:
        yield f"{of}{counted(block.results_unknown, 'result')} not known"


def _tone(value: float | None) -> Tone:
    if value is None or value == 0:
        return Tone.PLAIN
    return Tone.GOOD if value > 0 else Tone.BAD


def _violations(report: Report) -> Card:
    violations = report.review.violations
    details = [
        f"{sum(each.severity == severity for each in violations)} {severity}"
        for severity in ("critical", "major", "minor")
        if any(each.severity == severity for each in violations)
    ]
    standing = report.review.statistics.total
    score = too_few(standing.trades)
    if standing.score is not None:
        figure = report.words.marked(f"{standing.score:.1f}")
        score = f"{figure} of 100 (n = {standing.trades})"
    details.append(f"discipline score: {score}")
    tone = Tone.BAD if violations else Tone.GOOD
    return Card("Violations", str(len(violations)), tuple(details), tone)


def _indiscipline(report: Report) -> Card:
    words, found = report.words, report.review.statistics
    priced = [each for each in found.costs if each.priced]
    values = [words.money(each.cost, each.currency) for each in priced]
    details = []
    for each in found.costs:
        of = f"{each.currency}: " if len(found.costs) > 1 else ""
        if each.in_r:
            some = f", {each.in_r} of {each.priced} priced" if each.in_r < each.priced else ""
            details.append(f"{of}{words.multiple(each.cost_r)}{some}")
        if each.lucky < 0:
            lost = words.money(each.cost - each.lucky, each.currency)
            made = words.money(-each.lucky, each.currency)
            others = f", other breaches lost {lost}" if each.cost > each.lucky else ""
            details.append(f"{of}lucky breaches made {made}{others}")
        if each.unknown:
            details.append(f"{of}{counted(each.unknown, 'cost')} not known")
    known = {each.currency for each in priced}
    for tax in found.split.taxes:
        if tax.share is not None and tax.currency in known:
            gross = words.money(tax.gross, tax.currency)
            details.append(f"{words.percent(tax.share, 1)} of {gross} gross P&L")
    if found.costs:
        details.append(found.cost_formula)
    worst = max((each.cost for each in priced), default=0.0)
    tone = Tone.BAD if worst > 0 else Tone.PLAIN
    label = "Cost of indiscipline"
    return Card(label, " and ".join(values) or "none known", tuple(details), tone)
