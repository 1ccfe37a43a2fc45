"""Contract sizes against the minimum fluctuations the exchange publishes, in dollars per tick."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.importers.cme import POINT_VALUES, product_of

_TICKS = """
ES 0.25 12.50      MES 0.25 1.25      NQ 0.25 5.00       MNQ 0.25 0.50      YM 1 5.00
MYM 1 0.50         RTY 0.1 5.00       M2K 0.1 0.50       EMD 0.1 10.00      NKD 5 25.00
CL 0.01 10.00      MCL 0.01 1.00      QM 0.025 12.50     NG 0.001 10.00     MNG 0.001 1.00
QG 0.005 12.50     RB 0.0001 4.20     HO 0.0001 4.20
GC 0.1 10.00       MGC 0.1 1.00       QO 0.25 12.50      SI 0.005 25.00     SIL 0.005 5.00
QI 0.0125 31.25    HG 0.0005 12.50    MHG 0.0005 1.25    PL 0.1 5.00        PA 0.5 50.00
6A 0.00005 5.00    6B 0.0001 6.25     6C 0.00005 5.00    6E 0.00005 6.25    6J 0.0000005 6.25
6M 0.00001 5.00    6N 0.00005 5.00    6S 0.00005 6.25
M6A 0.0001 1.00    M6B 0.0001 0.625   M6E 0.0001 1.25
ZB 0.03125 31.25   UB 0.03125 31.25   ZN 0.015625 15.625 TN 0.015625 15.625
ZF 0.0078125 7.8125                   ZT 0.00390625 7.8125
BTC 5 25.00        MBT 5 0.50         ETH 0.5 25.00      MET 0.5 0.05
"""


def test_a_tick_is_worth_what_the_exchange_says() -> None:
    words = _TICKS.split()
    published = {
        product: (Decimal(tick), Decimal(dollars))
        for product, tick, dollars in zip(words[::3], words[1::3], words[2::3], strict=True)
    }
    assert published.keys() == POINT_VALUES.keys()
    for product, (tick, dollars) in published.items():
        assert tick * POINT_VALUES[product] == dollars, product


@pytest.mark.parametrize(
    ("contract", "product"),
    [("MESZ6", "MES"), ("6EH27", "6E"), ("ES", None), ("AAPL", None), ("ESA6", None)],
)
def test_a_dated_contract_names_its_product(contract: str, product: str | None) -> None:
    assert product_of(contract) == product
