"""What a fill was to its plan: a tranche, an exit, or nothing that was planned."""

from __future__ import annotations

from journal.book.tables import Book


def exit_class(book: Book, row: int) -> str | None:
    """Return which class most of an exit's quantity fell in, None without a plan."""
    fills = book.fills
    quantities = {
        "target": fills.target_quantity[row],
        "protective": fills.protective_quantity[row],
        "trail": fills.trail_quantity[row],
        "excess": fills.exit_excess_quantity[row],
        "early": fills.early_quantity[row],
        "undecided": fills.undecided_quantity[row],
    }
    largest = max(quantities, key=lambda name: float(quantities[name]))
    return largest if quantities[largest] > 0 else None


_EXIT_WORDS = {
    "protective": "at the stop or the invalidation",
    "trail": "by the trail",
    "excess": "more than planned",
    "early": "before its target",
    "undecided": "not known against the plan",
}


def fill_role(book: Book, row: int) -> str:
    """Return what a fill part was in a few words, for a label."""
    fills = book.fills
    if not fills.is_fill[row]:
        return "opening balance"
    if fills.is_entry[row]:
        tranche = int(fills.tranche[row])
        if not tranche:
            return "unplanned"
        return f"tranche {tranche}" + (", partly unplanned" if is_unplanned(book, row) else "")
    said = exit_class(book, row)
    if said == "target":
        return f"exit {int(fills.target[row])}"
    return _EXIT_WORDS.get(said or "", "exit without a plan")


def is_unplanned(book: Book, row: int) -> bool:
    """Whether any of an entry was in no tranche, or any of an exit early or too much."""
    fills = book.fills
    if fills.is_entry[row]:
        return bool(fills.unplanned_quantity[row] > 0)
    return bool(fills.early_quantity[row] > 0 or fills.exit_excess_quantity[row] > 0)
