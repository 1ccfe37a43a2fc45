"""Which time zone a venue's file was read in, so that its next one need not be asked for again."""

from __future__ import annotations

import json
import sqlite3

from journal.domain.event import FactKind
from journal.storage.voids import voids_in_force

# A file whose import was taken back, fill by fill, says nothing: it may have been read wrongly.
_NEWEST = """\
SELECT timezone FROM imported_file
WHERE account = ? AND format = ? AND timezone IS NOT NULL AND EXISTS (
  SELECT 1 FROM fill
  WHERE fill.entry = imported_file.entry AND imported_file_id = imported_file.id
    AND fill.id NOT IN (SELECT value FROM json_each(?))
)
ORDER BY id DESC LIMIT 1
"""


def remembered_zone(connection: sqlite3.Connection, account: str, file_format: str) -> str | None:
    """Return the zone of the newest file of this account and format that is still imported."""
    voided = voids_in_force(connection).get(FactKind.FILL, frozenset())
    values = (account, file_format, json.dumps(sorted(voided)))
    found = connection.execute(_NEWEST, values).fetchone()
    return None if found is None else str(found[0])
