"""One SQLite file: append-only facts, chained by hashes, read in bulk as columns."""
