"""What an import did, or would do, in lines of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from journal.domain.money import clip
from journal.reporting.layout import wrapped
from journal.reporting.readable import counted, minute, number
from journal.usecases.import_files import Imported, ImportedFile
from journal.usecases.import_summary import Unopened

_REFUSED_SHOWN = 20


def import_lines(imported: Imported) -> Iterator[str]:
    """Return what became of each file, and what all of it adds up to."""
    for file in imported.files:
        yield from _file_lines(file, preview=imported.dry_run)
    total = imported.summary
    yield (
        f"{counted(total.fills, 'new fill')}, {counted(total.trades, 'trade')}, "
        f"{total.without_plan} without a plan, {counted(total.new_violations, 'new violation')}"
    )
    for each in total.unopened:
        yield from wrapped(_unopened(each), hanging="  ")
    if imported.dry_run:
        yield "dry run: nothing was stored"


def _file_lines(file: ImportedFile, *, preview: bool) -> Iterator[str]:
    yield f"{file.name} ({file.format}): {file.new} new, {file.known} known"
    if file.first_at and file.last_at:
        yield f"  from {minute(file.first_at)}Z to {minute(file.last_at)}Z"
    if preview:
        yield from (f"  {clip(line, 78)}" for line in file.preview)
    for kind, count in file.ignored.items():
        yield f"  {count} ignored: {kind}"
    for row in file.refused[:_REFUSED_SHOWN]:
        yield from wrapped(f"line {row.number} refused: {row.reason}", indent="  ", hanging="    ")
    if len(file.refused) > _REFUSED_SHOWN:
        yield f"  and {len(file.refused) - _REFUSED_SHOWN} more lines refused"
    for place in file.changed:
        yield f"  {place} is known with another quantity or price; the journal's stays"
    for note in (*file.by_hand, *file.doubts, *file.notes):
        yield from wrapped(note, indent="  ", hanging="    ")


def _unopened(each: Unopened) -> str:
    done, undone = ("sold", "bought") if each.side == "sell" else ("bought", "sold")
    sign = "" if each.side == "sell" else "-"
    quantity = number(each.quantity)
    return (
        f"{each.trade} {each.instrument}: {done} {quantity} at {minute(each.at)}Z that this "
        f"journal never saw {undone}. It is judged unknown until flat. Import what came before, "
        f"or log it: journal opening {each.instrument} {sign}{quantity} @ PRICE --at TIME"
    )
