"""`journal waive`: a violation justified in writing."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Db, Json, Why, clock
from journal.cli.output import print_json, print_lines
from journal.usecases.session import Session
from journal.usecases.waive import waive as write_waiver


def waive(
    violation: Annotated[str, typer.Argument(help="As `journal check` prints it: SCALE301-F7.")],
    *,
    why: Why = None,
    json: Json = False,
    db: Db,
) -> None:
    """Justify a violation: it is shown as waived with your reason, and still counts.

    Example: journal waive SCALE301-F7 --why "hedged on another venue"
    """
    with Session(db, clock) as session:
        waived = write_waiver(session, violation, why)
    if json:
        print_json(waived)
    else:
        print_lines([f"waived {waived.violation}: {waived.reason}", "it still counts as broken"])
