"""Bitget: spot exports and orders, and what its APIs answer."""
