"""KuCoin: spot fills of all years."""
