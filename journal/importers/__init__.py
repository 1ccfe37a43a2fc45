"""Reading what other programs wrote: one file per format, and the list of them.

Adding a format is one module with an `IMPORTER` record and one line here.
"""

from __future__ import annotations

from journal.importers import journal_text, tradovate
from journal.importers.importer import Importer

IMPORTERS: tuple[Importer, ...] = (
    journal_text.IMPORTER,
    tradovate.IMPORTER,
)
