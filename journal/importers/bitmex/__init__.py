"""BitMEX: the trade history of a browser or the API."""
