"""The reference engine against published results."""

from __future__ import annotations

import pytest
from reference.engine import reckon

from cases import expected, published
from cases.view import of_reference
from journal.domain.notation import parse

CASES = published.load()
by_id = pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])


@by_id
def test_the_reference_agrees(case: published.Case) -> None:
    view = of_reference(reckon(parse(published.text_of(case))))
    result = expected.check(case, view)
    assert result.problems == []
    assert result.compared > 0


@by_id
def test_a_wrong_first_fill_is_noticed(case: published.Case) -> None:
    """A case that passes whatever the first fill was would prove nothing."""
    first = case["fills"][0]
    other = {**first, "qty": str(float(first["qty"]) + 1), "price": str(float(first["price"]) + 1)}
    text = published.text_of({**case, "fills": [other, *case["fills"][1:]]})
    assert expected.check(case, of_reference(reckon(parse(text)))).problems != []


def test_every_case_is_compared_or_has_a_reason() -> None:
    unknown = {
        name
        for case in CASES
        for name in expected.names_in(case)
        if name not in expected.SECTIONS
        and name not in published.NOT_COMPARED
        and name not in KNOWN
    }
    assert unknown == set()


KNOWN = {
    "after_fill", "position_qty", "avg_price", "stake", "realized_cum", "open_fees", "fees_cum",
    "opened", "closed", "position_qty_abs_below", "realized_net", "realized_gross", "fees",
    "entry_price", "exit_price", "qty", "gross", "open_fill", "close_fill", "pnl", "direction",
    "entry_id", "exit_id", "net", "mark", "value",
}  # fmt: skip
