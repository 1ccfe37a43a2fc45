"""What time it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from journal.domain.moment import Moment


def present() -> datetime:
    """Return the present; JOURNAL_NOW stands in for it in tests and demonstrations."""
    fixed = os.environ.get("JOURNAL_NOW")
    return Moment.parse(fixed).at if fixed else datetime.now(UTC)
