"""Coinbase: Advanced, Pro and the plain transaction history."""
