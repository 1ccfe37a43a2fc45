"""Bybit: exports of both account kinds, the transaction log, and what its API answers."""
