"""TradingView: paper trading."""
