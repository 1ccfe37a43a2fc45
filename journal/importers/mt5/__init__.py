"""MetaTrader 5: the deals of a report, as a page or as a table."""
