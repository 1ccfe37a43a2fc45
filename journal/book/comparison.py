"""How derived floats are compared: equal within 1e-9 of the larger magnitude.

Facts are exact, but an average or a risk is a float64 that may be an ulp off. Every rule compares
through these (rule contract, section 1); flat and zero are decided on integers instead.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SLACK = 1e-9

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Operand = Floats | float


def exceeds(value: Operand, limit: Operand) -> Bools:
    """Return where value > limit by more than the slack; NaN on either side is False."""
    with np.errstate(invalid="ignore"):
        larger = np.maximum(np.abs(value), np.abs(limit))
        result: Bools = np.asarray(np.subtract(value, limit) > SLACK * larger)
    return result


def reaches(value: Operand, limit: Operand) -> Bools:
    """Return where value >= limit, equality within the slack included; NaN is False."""
    with np.errstate(invalid="ignore"):
        larger = np.maximum(np.abs(value), np.abs(limit))
        result: Bools = np.asarray(np.subtract(value, limit) >= -SLACK * larger)
    return result


def difference(value: Operand, other: Operand) -> Floats:
    """Return value - other, exactly 0 where the two are equal within the slack."""
    larger = np.maximum(np.abs(value), np.abs(other))
    apart = np.subtract(value, other)
    result: Floats = np.where(np.abs(apart) <= SLACK * larger, 0.0, apart)
    return result


def tolerance(price: Operand, fraction: Operand, tick: Operand) -> Floats:
    """Return the price tolerance: a fraction of |price|, at least one tick where one is known."""
    result: Floats = np.fmax(np.multiply(fraction, np.abs(price)), tick)
    return result
