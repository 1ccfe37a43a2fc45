"""Numbers as venues print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.errors import InputError
from journal.importers.cells import number


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5.0E-7", "0.0000005"),
        ("0E-8", "0"),
        ("1.5e3", "1500"),
        (" 12.50 ", "12.5"),
        (".42", "0.42"),
    ],
)
def test_numbers_of_programs(cell: str, value: str) -> None:
    assert number(cell, "x") == Decimal(value)


@pytest.mark.parametrize("cell", ["", "1e400", "1e99", "NaN", "1,5", "1_000", "\uff11", "--", "1e"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(InputError):
        number(cell, "x")
