"""Days by their label."""

from __future__ import annotations

from datetime import date

import pytest

from journal.domain.days import Unit, days_named
from journal.domain.errors import InputError


@pytest.mark.parametrize(
    ("label", "first", "last", "unit"),
    [
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), Unit.WEEK),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), Unit.MONTH),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), Unit.QUARTER),
        ("2026-11-01 to 2026-11-09", date(2026, 11, 1), date(2026, 11, 9), Unit.DAYS),
    ],
)
def test_every_kind_of_label(label: str, first: date, last: date, unit: Unit) -> None:
    found = days_named(label)
    assert (found.label, found.first, found.last, found.unit) == (label, first, last, unit)


@pytest.mark.parametrize(
    "label", ["", "2026", "2026-W54", "9999-W52", "2026-13", "2026-Q5", "2026-11-31 to 2026-12-01"]
)
def test_what_names_no_days(label: str) -> None:
    with pytest.raises(InputError):
        days_named(label)
