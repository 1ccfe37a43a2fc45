"""Plan versions: what an amendment makes of the terms before it, and what lies between two."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from journal.domain.event import Amendment
from journal.domain.plan import PlanTerms

TERM_FIELDS = tuple(field.name for field in fields(PlanTerms))


def amended(terms: PlanTerms, amendment: Amendment) -> PlanTerms:
    """Return the next version: fields the amendment names are its own, all others are copied."""
    after = replace(terms, **_chosen(amendment.terms, amendment.named))
    after.check_complete()
    return after


def changes(before: PlanTerms, after: PlanTerms) -> tuple[PlanTerms, frozenset[str]]:
    """Return what an amendment from one version to the next says: its terms and their names."""
    named = frozenset(name for name in TERM_FIELDS if getattr(before, name) != getattr(after, name))
    return PlanTerms(**_chosen(after, named)), named


def _chosen(terms: PlanTerms, names: frozenset[str]) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in names}
