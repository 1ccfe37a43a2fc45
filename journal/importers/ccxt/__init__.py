"""ccxt: what a program keeps of its trades on any venue."""
