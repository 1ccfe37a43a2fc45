"""What is traded, as columns by code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.domain.instrument import Instrument, Kind


@dataclass(slots=True)
class Instruments:
    """Instruments by code, in the order of `symbols`; unknown multiplier, tick or mmr are NaN."""

    symbols: tuple[str, ...]
    known: tuple[Instrument, ...]
    multiplier: Floats
    tick: Floats
    lot: Floats
    maintenance_margin: Floats
    is_inverse: Bools
    is_spot: Bools

    @classmethod
    def of(cls, known: tuple[Instrument, ...]) -> Instruments:
        """Return the columns of these instruments."""

        def column(name: str) -> Floats:
            values = [getattr(instrument, name) for instrument in known]
            return np.array([np.nan if value is None else float(value) for value in values])

        is_spot = np.array([instrument.kind is Kind.SPOT for instrument in known], bool)
        return cls(
            symbols=tuple(instrument.symbol for instrument in known),
            known=known,
            multiplier=np.where(is_spot, 1.0, column("multiplier")),
            tick=column("tick"),
            lot=column("lot"),
            maintenance_margin=column("maintenance_margin"),
            is_inverse=np.array([instrument.kind is Kind.INVERSE for instrument in known], bool),
            is_spot=is_spot,
        )
