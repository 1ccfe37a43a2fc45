"""One trade as a page: the picture of plan and execution, with every verdict beside it."""

from __future__ import annotations

from journal.book.clock import to_datetime
from journal.book.judging import Judgement
from journal.book.verdicts import VERDICTS
from journal.reporting.blocks import Cell, Section, Table, Text, Tone
from journal.reporting.page import Page, page_html
from journal.reporting.report import Report
from journal.reporting.sections.ladders import LEGEND, trade_blocks
from journal.usecases.find_trade import find_trade
from journal.usecases.review import Asked, report
from journal.usecases.show_trade import TradeSheet, trade_sheet


def trade_page(judgement: Judgement, name: str, locale: str | None = None) -> tuple[str, str]:
    """Return the key of the trade that a name stands for, and its page."""
    trade = find_trade(judgement, name)
    sheet = trade_sheet(judgement, trade)
    drawn = _report(judgement, trade, locale)
    line = sheet.trade
    title = f"{line.trade} {line.instrument} {line.direction}"
    tags = " ".join(f"#{tag}" for tag in line.tags)
    subtitle = f"{line.account}, {line.state} {tags}, times in {drawn.words.zone.key}".strip()
    picture = Section(
        "picture",
        "Plan against execution",
        (Text(LEGEND, Tone.QUIET), *trade_blocks(drawn, trade, linked=False)),
    )
    parts = (picture, _verdicts(sheet), _fills(drawn, sheet), _notes(drawn, sheet))
    sections = [part for part in parts if part is not None]
    return line.trade, page_html(Page(title, subtitle, sections, drawn.words))


def _report(judgement: Judgement, trade: int, locale: str | None) -> Report:
    """Return the report of the days of a trade, on its account."""
    book = judgement.book
    account = book.accounts[book.trades.account[trade]]
    zone = book.policies.zones[book.trades.account[trade]]
    last = min(int(book.trades.closed_at[trade]), book.as_of)
    days = [
        to_datetime(at).astimezone(zone).date().isoformat()
        for at in (int(book.trades.opened_at[trade]), last)
    ]
    return report(judgement, Asked(first=days[0], last=days[1], account=account, locale=locale))


def _verdicts(sheet: TradeSheet) -> Section:
    """Say which rules were broken, why some could not be judged, and which were kept."""
    by_verdict = {
        told: [code for code, verdict in sheet.verdicts.items() if verdict == told]
        for told in VERDICTS
    }
    judged = len(by_verdict["kept"]) + len(by_verdict["broken"])
    blocks: list[Table | Text] = [Text(f"{len(by_verdict['kept'])} of {judged} rules kept.")]
    rows: list[tuple[Cell, ...]] = [
        *((code, "broken", "") for code in by_verdict["broken"]),
        *((code, "unknown", sheet.undecided.get(code, "")) for code in by_verdict["unknown"]),
    ]
    if rows:
        blocks.append(Table(("rule", "verdict", "why not known"), tuple(rows), "lll"))
    blocks += [
        Text(f"{told.capitalize().replace('_', ' ')}: {', '.join(codes)}.", Tone.QUIET)
        for told, codes in by_verdict.items()
        if told in ("kept", "not_applicable") and codes
    ]
    return Section("verdicts", "Verdicts", tuple(blocks))


def _fills(drawn: Report, sheet: TradeSheet) -> Section:
    words = drawn.words
    rows = tuple(
        (
            fill.id,
            fill.filled_on.isoformat() if fill.filled_on else words.minute(fill.at),
            fill.side,
            words.number(fill.quantity),
            words.number(fill.price),
            "?" if fill.fee is None else f"{words.number(fill.fee)} {fill.fee_currency}",
            words.number(fill.average_entry_after) if fill.average_entry_after else "",
            "" if fill.is_entry else words.money(fill.realised_net, signed=True),
        )
        for fill in sheet.fills
    )
    headers = ("fill", "at", "side", "quantity", "price", "fee", "average after", "net")
    return Section("fills", "Fills", (Table(headers, rows, "lllrrrrr"),))


def _notes(drawn: Report, sheet: TradeSheet) -> Section | None:
    if not sheet.notes:
        return None
    texts = tuple(
        Text(
            f"{drawn.words.minute(note.at)}  {note.text} "
            + " ".join(f"#{tag}" for tag in note.tags)
        )
        for note in sheet.notes
    )
    return Section("notes", "Notes", texts)
