"""NinjaTrader: executions in the numbers and times of any Windows."""
