"""A week that leaves pictures little room: close levels, odd prices, five currencies."""

from __future__ import annotations

_HEAD = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   1000000
  fees     taker 0.1%
2026-03-02T07:00Z plan BTC-USDT long as crowd  #range-low-of-a-very-long-name
  thesis       "Nine tranches within one percent"
"""
_LADDER = "".join(f"  enter        0.1 @ {59000 - 60 * step}\n" for step in range(9))
_REST = """\
  invalidation 58450
  stop         58460
  exit         25% @ 59300.5
  exit         25% @ 59340.5
  exit         25% @ 59380.5
  exit         rest @ 59420.5
2026-03-02T07:10Z fill BTC-USDT buy 0.1 @ 59000 fee 5.9 USDT
2026-03-02T07:11Z fill BTC-USDT buy 0.1 @ 58940 fee 5.9 USDT
2026-03-02T07:12Z fill BTC-USDT buy 0.4 @ 58990 fee 23.6 USDT
2026-03-02T07:13Z fill BTC-USDT buy 0.4 @ 58992 fee 23.6 USDT
2026-03-02T07:14Z fill BTC-USDT sell 0.1 @ 59000 fee 5.9 USDT
2026-03-06T07:14Z fill BTC-USDT sell 0.9 @ 58100 fee 53 USDT
2026-03-03T09:00Z fill PEPE-USDT buy 123456789 @ 0.0000123456 fee 1.5 USDT
2026-03-03T09:00Z fill PEPE-USDT sell 123456789 @ 0.0000113456 fee 1.4 USDT
2026-03-03T10:00Z opening XRP-USDT 5
2026-03-04T10:00Z fill ETH-BTC buy 10 @ 0.05123 fee 0.0005 BTC
2026-03-04T11:00Z fill ETH-BTC sell 10 @ 0.05234 fee 0.0005 BTC
2026-03-04T12:00Z fill SOL-EUR buy 100000 @ 121.5 fee 120 EUR
2026-03-04T13:00Z fill SOL-EUR sell 100000 @ 140.5 fee 120 EUR
2026-03-05T12:00Z fill ADA-GBP buy 100 @ 1.5 fee 1 GBP
2026-03-05T13:00Z fill ADA-GBP sell 100 @ 1.4 fee 1 GBP
2026-03-05T14:00Z fill LTC-JPY buy 100 @ 15000 fee 100 JPY
2026-03-05T15:00Z fill LTC-JPY sell 100 @ 16000 fee 100 JPY
2026-03-06T14:00Z fill SOL-USDT sell 12 @ 130 fee 1 USDT
"""
CROWDED = _HEAD + _LADDER + _REST
