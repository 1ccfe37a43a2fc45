"""Reading what other programs wrote: one file per format, and the list of them.

Adding a format is one module with an `IMPORTER` record and one line here.
"""

from __future__ import annotations

from journal.importers import (
    coinbase_fills,
    journal_text,
    mt5,
    ninjatrader,
    thinkorswim,
    tradingview_paper,
    tradovate,
)
from journal.importers.importer import Importer

IMPORTERS: tuple[Importer, ...] = (
    journal_text.IMPORTER,
    coinbase_fills.IMPORTER,
    mt5.IMPORTER,
    ninjatrader.IMPORTER,
    thinkorswim.IMPORTER,
    tradingview_paper.IMPORTER,
    tradovate.IMPORTER,
)
