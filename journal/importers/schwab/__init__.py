"""Charles Schwab: the transactions of an account."""
