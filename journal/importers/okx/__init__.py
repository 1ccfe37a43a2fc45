"""OKX: the Trading History, both ledgers before it, and what the API answers."""
