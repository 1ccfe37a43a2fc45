"""The review as a ritual: the action taken at each, and whether it was kept by the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from journal.domain.days import Days, days_named
from journal.domain.event import Event
from journal.domain.review import Kept, ReviewEntry
from journal.reporting.weeks import Stretch

_SAID = {
    Kept.YES: "kept",
    Kept.PARTLY: "partly kept",
    Kept.NO: "not kept",
    None: "not answered yet",
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """An action taken at the review of some days, and the answer of a later review."""

    period: str
    action: str
    kept: Kept | None = None
    reason: str | None = None

    @property
    def answer(self) -> str:
        """Return whether it was kept, in words."""
        return _SAID[self.kept]

    def __str__(self) -> str:
        reason = f" ({one_line(self.reason)})" if self.reason else ""
        return f'Last action ({self.period}): "{one_line(self.action)}": {self.answer}{reason}.'


@dataclass(frozen=True, slots=True)
class Ritual:
    """What a review looks back on, and what it decides.

    `last` is the newest action of the reviews before; `taken` are all of them, oldest first.
    `answered` says whether this review has told of the last one, `next` is its own action.
    """

    last: Resolution | None = None
    next: str | None = None
    answered: bool = False
    taken: tuple[Resolution, ...] = ()


def ritual(reviews: Iterable[Event], stretch: Stretch, account: str | None) -> Ritual:
    """Return where a stretch of days stands among the reviews of an account, or those of all."""
    said = _merged(reviews, account)
    days = {label: days_named(label) for label in (*said, stretch.label)}
    taken = _answered(said, days)
    before = _before(taken, days, days[stretch.label])
    own = said.get(stretch.label)
    return Ritual(
        last=before[-1] if before else None,
        next=own.action if own else None,
        answered=bool(own and own.kept),
        taken=tuple(before),
    )


def one_line(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())


def _merged(reviews: Iterable[Event], account: str | None) -> dict[str, ReviewEntry]:
    """Return what stands of each review: a later entry replaces what it says."""
    said: dict[str, ReviewEntry] = {}
    for event in reviews:
        entry = event.body
        if not isinstance(entry, ReviewEntry) or event.account != account:
            continue
        earlier = said.get(entry.period, entry)
        answer = entry if entry.kept else earlier
        said[entry.period] = replace(
            earlier, action=entry.action or earlier.action, kept=answer.kept, reason=answer.reason
        )
    return said


def _answered(said: Mapping[str, ReviewEntry], days: Mapping[str, Days]) -> list[Resolution]:
    """Return every action in the order of its days, with the answer of the newest review on it."""
    in_order = sorted(said.values(), key=lambda entry: _end(days[entry.period]))
    actions = {
        entry.period: Resolution(entry.period, entry.action) for entry in in_order if entry.action
    }
    for entry in in_order:
        earlier = _before(list(actions.values()), days, days[entry.period])
        if entry.kept and earlier:
            meant = earlier[-1]
            actions[meant.period] = replace(meant, kept=entry.kept, reason=entry.reason)
    return list(actions.values())


def _before(actions: Sequence[Resolution], days: Mapping[str, Days], own: Days) -> list[Resolution]:
    """Return the actions of days that were over when these began.

    Where a month and its last week end together, the one of the same length comes last.
    """
    over = [each for each in actions if days[each.period].last < own.first]
    return sorted(
        over,
        key=lambda each: (days[each.period].last, days[each.period].unit is own.unit),
    )


def _end(days: Days) -> tuple[object, object]:
    return days.last, days.first
