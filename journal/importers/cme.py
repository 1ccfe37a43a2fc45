"""Contract sizes of futures on CME Group exchanges (CME, CBOT, NYMEX, COMEX).

Source: the "Contract Unit" in the contract specifications of each product on cmegroup.com, as US
dollars per 1.00 of the quoted price. Products quoted in cents (grains, livestock) are left out:
platforms differ in how they print those prices, so their size is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

CURRENCY = "USD"

_SIZES = """
ES 50        MES 5        NQ 20        MNQ 2        YM 5         MYM 0.5
RTY 50       M2K 5        EMD 100      NKD 5
CL 1000      MCL 100      QM 500       NG 10000     MNG 1000     QG 2500
RB 42000     HO 42000
GC 100       MGC 10       QO 50        SI 5000      SIL 1000     QI 2500
HG 25000     MHG 2500     PL 50        PA 100
6A 100000    6B 62500     6C 100000    6E 125000    6J 12500000  6M 500000
6N 100000    6S 125000    M6A 10000    M6B 6250     M6E 12500
ZB 1000      UB 1000      ZN 1000      TN 1000      ZF 1000      ZT 2000
BTC 5        MBT 0.1      ETH 50       MET 0.1
"""

_CONTRACT = re.compile(r"([A-Z0-9]{1,4})[FGHJKMNQUVXZ]\d{1,2}", re.ASCII)
_WORDS = _SIZES.split()

POINT_VALUES: Mapping[str, Decimal] = {
    product: Decimal(size) for product, size in zip(_WORDS[::2], _WORDS[1::2], strict=True)
}


def product_of(contract: str) -> str | None:
    """Return the product of a name such as MESZ6, or None for what is no dated future."""
    match = _CONTRACT.fullmatch(contract)
    return match[1] if match else None
