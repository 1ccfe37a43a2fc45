"""The sample export, as the demo ships it."""

from __future__ import annotations

from pathlib import Path

import pytest

_SAMPLE = Path(__file__).parents[2] / "sample_data" / "tradovate_fills.csv"


@pytest.fixture(scope="session")
def sample() -> bytes:
    """Return the bytes of the Tradovate sample."""
    return _SAMPLE.read_bytes()
