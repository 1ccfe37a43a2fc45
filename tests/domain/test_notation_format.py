"""The canonical text: what it looks like, and that reading it back loses nothing."""

from __future__ import annotations

import pytest
from event_strategies import INSTRUMENTS, NAMED_PLANS, events
from hypothesis import given
from hypothesis import strategies as st

from journal.domain.event import Event
from journal.domain.notation import Known, format_events, parse

KNOWN = Known(instruments=INSTRUMENTS, plans=NAMED_PLANS)

LOOSE = """\
\ufeff2026-01-01T01:00+01:00 account okx-main ; the main one\r
\tcurrency usdt
\tequity   10000.00
\tfees     taker 0.10%
\trisk     200 usdt per trade
2026-01-05T14:00Z #range-low plan BTC-USDT long as P12
  exit 50%@110

; a comment in the first column ends nothing
  exit rest trail 3% after exit 1
  enter 3 BTC@100
  enter 300usdt @96
  enter @ 92
  enter 3
  max 900usdt
  enter until exit 1
  thesis "a \\"good\\" \\\\ low;\\nreclaimed"    ; said so
  until 2026-01-12 09:00Z
2026-01-05 14:30Z fill BTC-USDT buy 3@100 taker recorded 2026-01-05T15:31+01:00 id 8812
2026-01-06 price BTC-USDT 101.20
2026-01-08T00:00Z amend P12 "volatility doubled"
  exit none
  enter until none
  max 9
"""
CANONICAL = """\
2026-01-01T00:00Z account okx-main
  currency     USDT
  equity       10000
  fees         taker 0.1%
  risk         200 USDT per trade

2026-01-05T14:00Z plan BTC-USDT long as P12  #range-low
  thesis       "a \\"good\\" \\\\ low;\\nreclaimed"
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        @ 92
  enter        3
  max          900 USDT
  exit         50% @ 110
  trail        3% after exit 1
  enter        until exit 1
  until        2026-01-12T09:00Z

2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 id 8812 taker recorded 2026-01-05T14:31Z
2026-01-06 price BTC-USDT 101.2

2026-01-08T00:00Z amend P12 "volatility doubled"
  max          9
  exit         none
  enter        until none
"""


def test_loose_text_becomes_canonical() -> None:
    assert format_events(parse(LOOSE), {}) == CANONICAL


def test_canonical_text_is_a_fixed_point() -> None:
    assert format_events(parse(CANONICAL), {}) == CANONICAL


def test_no_events_are_an_empty_text() -> None:
    assert format_events([], {}) == ""
    assert parse("") == []


@pytest.mark.parametrize(
    "line",
    [
        '2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 id "a b" order "#1" account "x;y"',
        '2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 source "recorded"',
        "2026-01-05T14:30Z fill CL-2020-05 sell 1 @ -37.63 fee -0.5 USD position short liquidation",
        "2026-01-05T14:30Z fill ES-2026-03 sell 1 @ 6000 liquidation closing source tradovate",
        "2026-01-05T14:30Z opening BTC-USDT-SWAP -3 @ 100 position short",
        '2026-01-05T14:30Z void account 3 "wrong currency" account main',
        '2026-01-05T14:30Z stop "account" long none  #moved #twice',
        "2026-01-05T14:30:00.000123Z funding BTC-USDT-SWAP -1.2 USDT id f1 source okx",
    ],
)
def test_lines_that_are_canonical_already(line: str) -> None:
    assert format_events(parse(line), {}) == f"{line}\n"


@given(st.lists(events(), max_size=4))
def test_every_event_survives_text(written: list[Event]) -> None:
    text = format_events(written, INSTRUMENTS, NAMED_PLANS)
    read = parse(text, KNOWN)
    assert read == written
    assert format_events(read, INSTRUMENTS, NAMED_PLANS) == text
