"""Kraken: trades and ledgers."""
