"""Binance: spot and futures exports of all years, and what its API answers."""
