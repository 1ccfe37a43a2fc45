"""The hashes of the chain: one for each fact row, one for each entry over the rows it holds.

A row is hashed over the canonical text of its table, its place in the entry and its columns that
say something, so that a column added later leaves old hashes true. The id is part of it: a void
names its target by id, and swapping two ids must not pass. Anyone can recompute both with a JSON
writer and SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

FORMAT = 1
NO_HASH = ""  # what the first entry has as its previous hash

# Kept beside the facts or describing them; not what a row says.
UNHASHED = frozenset({"entry", "ordinal", "row_hash"})

# `default` is for what only a tampered file holds (blobs): it must hash, to another value.
_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr
).encode

Value = str | int | None


def row_hash(table: str, ordinal: int, columns: Mapping[str, Value]) -> str:
    """Return the hash of one fact row; nulls and the columns of the chain itself are left out."""
    said = {
        name: value for name, value in columns.items() if value is not None and name not in UNHASHED
    }
    return sha256(_encode([table, ordinal, said]).encode()).hexdigest()


class EntryHash:
    """The hash of an entry, fed row by row because an import is not held in memory."""

    def __init__(self) -> None:
        self._digest = sha256()
        self.facts = 0

    def add(self, row: str) -> None:
        """Take the next row's hash."""
        self._digest.update(row.encode())
        self.facts += 1

    def close(self, header: Mapping[str, Value]) -> str:
        """Return the hash over the rows and the header, which names the entry before."""
        said = {name: value for name, value in header.items() if value is not None}
        self._digest.update(_encode([FORMAT, said]).encode())
        return self._digest.hexdigest()
