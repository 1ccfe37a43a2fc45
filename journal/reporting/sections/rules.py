"""Breaches per rule, with what they cost."""

from __future__ import annotations

import pandas as pd

from journal.book.statistics import FEW
from journal.reporting.blocks import Block, Cell, Chart, Section, Table, Text, Tone
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.statistics import RuleLine
from journal.reporting.words import Words, too_few


def section(report: Report) -> Section | None:
    """Show every rule that had anything to judge, and draw those that were broken."""
    lines = report.review.statistics.rules
    told = [line for line in lines if _told(line)]
    if not told:
        return None
    table = _table(told, report.words)
    frame = _frame(report, told)
    blocks: list[Block] = []
    if frame.empty:
        blocks += [Text("No rule was broken.", Tone.GOOD), table]
    else:
        sentence = _sentence(frame)
        blocks += [
            Text(sentence),
            Chart("rules", "rules", frame, sentence, table, in_text=True),
        ]
    silent = [line.code for line in lines if not _told(line)]
    if silent:
        blocks.append(Text(f"Not applicable: {', '.join(silent)}.", Tone.QUIET))
    return Section("rules", "Rules", tuple(blocks))


def _told(line: RuleLine) -> int:
    standing = line.standing
    return standing.kept + standing.broken + standing.unknown


def _frame(report: Report, lines: list[RuleLine]) -> pd.DataFrame:
    severity = {each.code: each.severity for each in report.review.violations}
    broken = [line for line in lines if line.standing.broken]
    rows = [
        {
            "rule": f"{line.code} {line.name}",
            "severity": severity.get(line.code, "minor"),
            "broken": line.standing.broken,
            "cost": ", ".join(_costs(line, report.words)),
        }
        for line in sorted(broken, key=lambda line: (-line.standing.broken, line.code))
    ]
    return pd.DataFrame(rows, columns=["rule", "severity", "broken", "cost"])


def _sentence(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    total = int(frame["broken"].sum())
    return (
        f"{counted(len(frame), 'rule')} broken, {counted(total, 'time')} in all, each rule "
        f"counted once a trade; most often {first['rule']} ({first['broken']})."
    )


def _costs(line: RuleLine, words: Words) -> list[str]:
    parts = []
    for cost in line.costs:
        if cost.priced:
            parts.append(words.money(cost.cost, cost.currency))
        if cost.memos:
            parts.append(f"memo {words.money(cost.memo, cost.currency)}")
        if cost.unknown:
            parts.append(f"{cost.unknown} not known")
    return parts


def _table(lines: list[RuleLine], words: Words) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        standing = line.standing
        judged = standing.kept + standing.broken
        rows.append(
            (
                line.code,
                line.name,
                str(standing.kept),
                str(standing.broken),
                str(standing.unknown),
                too_few(judged) if judged < FEW else words.percent(standing.adherence),
                ", ".join(_costs(line, words)),
            )
        )
    headers = ("rule", "name", "kept", "broken", "unknown", "adherence", "cost")
    return Table(headers, tuple(rows), "llrrrll", drop=("name", "unknown"))
