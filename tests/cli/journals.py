"""Small journals whose every number is worked out by hand in the tests that use them."""

from __future__ import annotations

HEAD = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     maker 0.08% taker 0.10%
"""

LADDER = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     maker 0.08% taker 0.10%
  timezone Europe/Berlin

2026-01-05T14:00Z plan BTC-USDT long as P12  #range-low
  thesis       "Weekly range low reclaimed"
  enter        3 @ 100
  enter        3 @ 96
  invalidation 88
  stop         88
  exit         50% @ 110
  exit         rest @ 120
2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-05T15:30Z fill BTC-USDT buy 3 @ 96 fee 0.288 USDT
2026-01-06T09:00Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
2026-01-06T09:10Z note BTC-USDT "lost the level" #exit
2026-01-06T10:00Z fill BTC-USDT sell 3 @ 104 fee 0.312 USDT
"""

FLIP = """\
2026-01-01T00:00Z instrument BTC-USDT-PERP
  multiplier 1
2026-01-05T14:30Z fill BTC-USDT-PERP buy 2 @ 50 fee 0.1 USDT
2026-01-05T15:30Z fill BTC-USDT-PERP sell 5 @ 60 fee 0.3 USDT
2026-01-05T16:00Z price BTC-USDT-PERP 55
"""

ODD_FEES = """\
2026-01-05T14:30Z fill ETH-USDT buy 1 @ 100 fee 0.001 ETH
2026-01-05T14:40Z fill ETH-USDT sell 0.999 @ 110 fee 0 USDT
2026-01-05T15:30Z fill SOL-USDT buy 1.50 @ 10
2026-01-05T15:40Z fill SOL-USDT sell 1.5 @ 12 fee -0.01 USDT
2026-01-05T16:00Z opening XRP-USDT 5
2026-01-05T16:10Z fill XRP-USDT sell 5 @ 3 fee 0.015 USDT
"""

AVERAGED_DOWN = """\
2026-01-01T00:00Z account okx-main
  currency USDT
  equity   100000
  fees     taker 0.10%

2026-01-05T14:00Z plan BTC-USDT long as P12
  enter        40 @ 100
  enter        30 @ 97
  enter        30 @ 94
  invalidation 90
  exit         50% @ 106
  exit         rest @ 112
2026-01-05T14:30Z fill BTC-USDT buy 40 @ 100 fee 4 USDT
2026-01-05T15:30Z fill BTC-USDT buy 30 @ 97 fee 2.91 USDT
2026-01-05T16:30Z fill BTC-USDT buy 20 @ 95.5 fee 1.91 USDT
2026-01-06T14:30Z fill BTC-USDT sell 45 @ 106 fee 4.77 USDT
2026-01-06T15:30Z fill BTC-USDT sell 45 @ 103 fee 4.635 USDT
"""
