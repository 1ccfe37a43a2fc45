"""What a review decided: whether the last action was kept, and the one to take next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from journal.domain.days import days_named
from journal.domain.errors import InputError
from journal.domain.money import clip


class Kept(StrEnum):
    """Whether the action of the review before was kept."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """What was written down at the review of some days, named by their label.

    `action` is the one thing to do from then on; `kept` answers the action of the review before.
    A later entry for the same days replaces what it says, and leaves the rest.
    """

    period: str
    action: str | None = None
    kept: Kept | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if days_named(self.period).label != self.period:
            raise InputError(
                f"{clip(self.period)!r} is not how days are named",
                hint=f"write {days_named(self.period).label}",
            )
        if self.action is None and self.kept is None:
            raise InputError(
                "a review without an action and an answer says nothing",
                hint='indent a line such as `action "..."` or `kept yes`',
            )
        if self.action is not None and not self.action.strip():
            raise InputError("the action is empty", hint="say what to do in a few words")
        if self.reason is not None and self.kept is None:
            raise InputError("there is a reason without an answer", hint="say yes, partly or no")
