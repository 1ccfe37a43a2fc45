"""What a file adds: by id where there is one, by multiset otherwise."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.domain.event import Event
from journal.domain.notation import parse
from journal.importers.dedup import Comparison, new_rows
from journal.importers.reading import Row

_FILL = "2026-01-05T14:30:07Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT"


def _rows(text: str) -> list[Row]:
    return [Row(event, event.line or 0) for event in parse(text)]


def _compare(incoming: str, existing: str) -> Comparison:
    return new_rows(_rows(incoming), parse(existing), "main")


def test_three_hundred_equal_fills_stay_and_come_once() -> None:
    burst = "\n".join([_FILL] * 300)
    assert len(_compare(burst, "").new) == 300
    again = _compare(burst, burst)
    assert (len(again.new), again.known) == (0, 300)
    assert len(_compare(burst, "\n".join([_FILL] * 299)).new) == 1


def test_any_difference_makes_another_fill() -> None:
    base = _FILL + " order 7"
    others = [
        base + " account second",
        base.replace("BTC-", "ETH-"),
        base.replace("buy", "sell"),
        base.replace("buy 3", "buy 3.1"),
        base.replace("@ 100", "@ 100.1"),
        base.replace("fee 0.3", "fee 0.4"),
        base.replace("0.3 USDT", "0.3 USDC"),
        base.replace(" fee 0.3 USDT", ""),
        base.replace("14:30:07Z", "14:30:07.001Z"),
        base.replace("order 7", "order 8"),
        base + " position long",
        base.replace(" order 7", ""),
    ]
    for other in others:
        assert len(_compare(other, base).new) == 1, other
    assert _compare(base.replace("buy 3", "buy 3.0"), base).new == []
    assert _compare(base + " account main", base).new == []


def test_an_id_outweighs_the_rest_within_account_symbol_and_side() -> None:
    known = _FILL + " id 8812"
    assert _compare(known.replace("fee 0.3", "fee 0.31"), known).new == []
    assert len(_compare(_FILL + " id 8813", known).new) == 1
    assert len(_compare(known + " account second", known).new) == 1
    assert len(_compare(known.replace("BTC-", "ETH-"), known).new) == 1
    assert len(_compare(known.replace("buy", "sell"), known).new) == 1  # a trade with oneself


def test_an_id_twice_in_one_file_is_one_fill() -> None:
    twice = f"{_FILL} id 8812\n{_FILL} id 8812"
    first = _compare(twice, "")
    assert (len(first.new), first.known) == (1, 1)
    assert _compare(twice, f"{_FILL} id 8812").new == []


def test_a_correction_under_a_known_id_is_shown() -> None:
    known = _FILL + " id 8812"
    corrected = _compare(known.replace("@ 100", "@ 101"), known)
    assert corrected.new == []
    assert [row.number for row in corrected.changed] == [1]
    assert _compare(known, known).changed == []


_JOURNAL = """\
2026-01-01T00:00Z account main
  currency     USDT

2026-01-01T00:00Z policy
  cool_down    20
  log_delay    12

2026-01-05T14:00Z plan BTC-USDT long  #range-low
  enter        3 @ 100
  enter        300 USDT @ 96
  max          900 USDT
  exit         rest @ 120

2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT id 8812
2026-01-05T14:31Z fill BTC-USDT buy 3 @ 99
2026-01-05T14:32Z stop BTC-USDT 88
2026-01-05T14:32Z stop BTC-USDT 88
2026-01-07T08:00Z skip BTC-USDT tranche 2 "lost the level"
2026-01-08T00:00Z amend BTC-USDT "volatility"
  max          1200 USDT

2026-01-08T09:10Z note BTC-USDT "sold" recorded 2026-01-08T09:11Z  #fomo
2026-01-08T09:12Z price BNB-USDT 600
2026-01-08T16:00Z funding BTC-USDT -1.2 USDT
2026-01-09T00:00Z void fill 2 "typed twice"
2026-01-09T00:00Z waive SCALE301:8812 "hedge"
"""


def test_the_journal_s_own_text_adds_nothing_a_second_time() -> None:
    first = _compare(_JOURNAL, "")
    assert (len(first.new), first.known) == (14, 0)
    again = _compare(_JOURNAL, _JOURNAL)
    assert (len(again.new), again.known) == (0, 14)
    assert again.matches == {n: n for n in range(14)}


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("#fomo", "#calm", "note"),
        ("recorded 2026-01-08T09:11Z  ", "", "note"),
        ("09:12Z price", "09:12:00Z price", "price"),
        ("log_delay    12", "log_delay    13", "policy"),
        ("88\n2026-01-07", "89\n2026-01-07", "stop"),
    ],
)
def test_one_word_changed_makes_one_event_new(old: str, new: str, keyword: str) -> None:
    assert old in _JOURNAL
    result = _compare(_JOURNAL.replace(old, new), _JOURNAL)
    assert [row.event.kind for row in result.new] == [keyword]


def test_an_import_taken_back_can_be_repeated() -> None:
    fill = _FILL + " id 8812"
    undone = f"{fill}\n2026-01-06T00:00Z void fill 1"
    assert len(_compare(fill, undone).new) == 1
    redone = f"{undone}\n{fill}"
    assert _compare(fill, redone).new == []
    assert _compare(redone, redone).new == []
    assert len(_compare(redone, "").new) == 3


def test_a_void_of_a_known_fact_is_new_once() -> None:
    fills = f"{_FILL}\n{_FILL}"
    voided = f"{fills}\n2026-01-06T00:00Z void fill 2"
    result = _compare(voided, fills)
    assert [row.number for row in result.new] == [3]
    assert result.matches == {0: 0, 1: 1}
    assert _compare(voided, voided).new == []


def _event(second: int, price: int, venue_id: int | None) -> Event:
    text = f"2026-01-05T14:30:{second:02d}Z fill BTC-USDT buy 1 @ {price}"
    return parse(text if venue_id is None else f"{text} id {venue_id}")[0]


_HISTORY = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 2)), max_size=40).flatmap(
    lambda facts: st.booleans().map(
        lambda ids: [
            _event(second, price, number if ids else None)
            for number, (second, price) in enumerate(sorted(facts))
        ]
    )
)


@given(_HISTORY, st.integers(0, 10), st.integers(0, 10), st.randoms(use_true_random=False))
def test_overlapping_and_shuffled_files_give_the_history(
    history: list[Event],
    one: int,
    other: int,
    random: Random,
) -> None:
    cut, overlap = max(one, other), min(one, other)
    earlier = [event for event in history if event.at.at.second < cut]
    later = [event for event in history if event.at.at.second >= overlap]
    files = [earlier, later, list(history)]
    for file in files:
        random.shuffle(file)
    random.shuffle(files)
    journal: list[Event] = []
    for file in files:
        rows = [Row(event, number) for number, event in enumerate(file)]
        journal += [row.event for row in new_rows(rows, journal, "main").new]
    assert Counter(journal) == Counter(history)


def test_a_review_of_all_accounts_is_not_one_of_the_first() -> None:
    review = "2026-01-11T18:00Z review 2026-W02{}\n  kept yes\n"
    of_all, of_main = review.format(""), review.format(" account main")
    assert _compare(of_all, of_all).new == []
    assert len(_compare(of_main, of_all).new) == 1
    assert len(_compare(of_all.replace("yes", "no"), of_all).new) == 1
