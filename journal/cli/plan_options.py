"""The options that say what a plan says, and the journal text they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from journal.domain.notation import quoted

Enter = Annotated[
    list[str] | None,
    typer.Option("--enter", help="An entry tranche: 3@100 or 300usdt@96; repeat for the ladder."),
]
Exit = Annotated[
    list[str] | None,
    typer.Option("--exit", help="An exit: 50%@110, rest@120 or `rest trail 3%`; repeat."),
]
Invalidation = Annotated[
    str | None, typer.Option("--invalidation", help="The price at which the idea is wrong.")
]
Max = Annotated[str | None, typer.Option("--max", help="The most to hold: 900usdt or 9.")]
Stop = Annotated[str | None, typer.Option("--stop", help="The stop set with the first fill.")]
Breakeven = Annotated[
    str | None,
    typer.Option("--breakeven-after", help="The exit after which the stop goes to break-even."),
]
Leverage = Annotated[str | None, typer.Option("--leverage", help="E.g. 5.")]
Margin = Annotated[str | None, typer.Option("--margin", help="isolated or cross.")]
Liquidation = Annotated[
    str | None, typer.Option("--liquidation", help="The venue's own figure for the full ladder.")
]
Thesis = Annotated[str | None, typer.Option("--thesis", help="Why, in a sentence.")]
Until = Annotated[str | None, typer.Option("--until", help="When the plan expires.")]
EnterUntil = Annotated[
    str | None, typer.Option("--enter-until", help="The exit after which nothing more is bought.")
]

NONE = "none"


def prices_apart(tranches: Sequence[str] | None) -> list[str]:
    """Return sizes and prices as separate words: `rest@120` is one for the shell."""
    return [tranche.replace("@", " @ ") for tranche in tranches or ()]


def entries(ladder: Sequence[str] | None, until_exit: str | None) -> list[str]:
    """Return the values of the `enter` lines."""
    lines = prices_apart(ladder)
    if until_exit is not None:
        lines.append("until none" if until_exit == NONE else f"until exit {until_exit}")
    return lines


def worded(text: str | None) -> str | None:
    """Return a thesis as it stands in the text."""
    return text if text in (None, NONE) else quoted(text)


def after_exit(number: str | None) -> str | None:
    """Return the value of a `breakeven` line."""
    return number if number in (None, NONE) else f"after exit {number}"


Details = Mapping[str, str | Sequence[str] | None]


def any_given(details: Details) -> bool:
    """Tell whether any option says something."""
    return any(details.values())
