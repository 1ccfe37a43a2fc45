"""What breaches cost: signed, known parts added, unknown ones counted, memo costs apart.

Each entry unit is owned by one rule (see `costs.owned_quantities`), so costs of different rules
may be added. Currencies are never added to each other; R is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from journal.book.violation import Violation

Key = TypeVar("Key", bound=Hashable)

FORMULA = "known costs added up: lost +, lucky -; memo costs are not added"


@dataclass(frozen=True, slots=True)
class Indiscipline:
    """The breaches of one currency that have a price.

    `cost` is net of the lucky ones, whose part is `lucky` (zero or below); `cost_r` adds those
    whose planned risk is known, `in_r` of them; `unknown` counts breaches whose cost is not known.
    """

    currency: str
    priced: int
    cost: float
    lucky: float
    cost_r: float
    in_r: int
    unknown: int
    memo: float
    memos: int


def indiscipline(violations: Iterable[Violation]) -> list[Indiscipline]:
    """Return what these violations cost, one line a currency."""
    by_currency: dict[str, list[Violation]] = {}
    for violation in violations:
        if violation.has_cost:
            by_currency.setdefault(violation.currency, []).append(violation)
    return [_added(currency, by_currency[currency]) for currency in sorted(by_currency)]


def by_owner(violations: Iterable[tuple[Key, Violation]]) -> Mapping[Key, list[Indiscipline]]:
    """Return the same for each key that violations come with, such as a rule or a trade."""
    own: dict[Key, list[Violation]] = {}
    for key, violation in violations:
        own.setdefault(key, []).append(violation)
    return {key: indiscipline(found) for key, found in own.items()}


def _added(currency: str, violations: list[Violation]) -> Indiscipline:
    added = [each for each in violations if not each.is_memo]
    costs = [each.cost for each in added if each.cost is not None]
    in_r = [each.cost_r for each in added if each.cost_r is not None]
    memos = [each.cost for each in violations if each.is_memo and each.cost is not None]
    return Indiscipline(
        currency=currency,
        priced=len(costs),
        cost=sum(costs, 0.0),
        lucky=sum((cost for cost in costs if cost < 0), 0.0),
        cost_r=sum(in_r, 0.0),
        in_r=len(in_r),
        unknown=len(added) - len(costs),
        memo=sum(memos, 0.0),
        memos=len(memos),
    )
