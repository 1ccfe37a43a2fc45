"""What must have been held before the journal saw anything, as commands to complete and type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from journal.domain.money import canonical
from journal.reporting.layout import wrapped
from journal.reporting.readable import counted, minute_or_date
from journal.usecases.unopened import Unopened

_POSITIONS_SHOWN = 10
_NAMES_SHOWN = 5


def unopened_lines(positions: Sequence[Unopened]) -> Iterator[str]:
    """Return how to say what was held; a command stands whole on its line, to be copied."""
    if not positions:
        return
    begun = counted(len(positions), "position began", "positions began")
    yield from wrapped(
        f"{begun} before what this journal saw, and cannot be judged until flat. Import what "
        "came before, or log what was held, its average price and when:"
    )
    for each in positions[:_POSITIONS_SHOWN]:
        before = minute_or_date(each.before, each.before_on) + ("" if each.before_on else "Z")
        yield f"  {listed(each.trades)}: held before {before}"
        yield f"    {_command(each)}"
    if len(positions) > _POSITIONS_SHOWN:
        yield f"  and {len(positions) - _POSITIONS_SHOWN} more; --json lists them all"


def _command(each: Unopened) -> str:
    """Return the command with the whole quantity: less than it would leave a rest unknown."""
    quantity = canonical(Decimal(f"{each.quantity:.15g}"))
    where = "" if each.in_default else f" --account {each.account}"
    side = f" --position {each.position}" if each.position else ""
    return f"journal opening {each.instrument} {quantity} @ PRICE --at TIME{side}{where}"


def listed(names: Sequence[str]) -> str:
    """Return the first few names, and how many there are besides."""
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(names[:_NAMES_SHOWN]) + more
