"""Ladder A, the worked example of the rule contract, and an account to trade it on."""

from __future__ import annotations

ACCOUNT = """\
2026-01-01T00:00:00Z account main
  currency USDT
  fees     maker 0.08% taker 0.10%
"""

LADDER_A = (
    ACCOUNT
    + """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        300 USDT @ 92
  max          900 USDT
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
"""
)
