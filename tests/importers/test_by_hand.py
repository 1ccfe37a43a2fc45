"""Fills logged by hand against a venue's rows: the same, doubtful, or none of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from journal.domain.notation import parse
from journal.importers.by_hand import hand_logged, without_by_hand
from journal.importers.dedup import Comparison
from journal.importers.reading import Row

HAND = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 account main"
VENUE = "2026-01-05T14:30:07.25Z fill BTC-USDT buy 3 @ 100 id 8812 account main source okx"
DOUBTFUL = (
    "the fill F1 logged by hand at 2026-01-05T14:30Z: both are kept; undo one if they are the same"
)


def compared(file: str, journal: str, zone: str = "UTC") -> Comparison:
    """Compare a file's fills, its first row on line 2, with a journal's; all rows are new."""
    rows = [Row(event, line) for line, event in enumerate(parse(file), start=2)]
    logged = hand_logged(enumerate(parse(journal), start=1))
    return without_by_hand(Comparison(new=rows), logged, lambda _: ZoneInfo(zone))


def same(file: str, journal: str, zone: str = "UTC") -> list[str]:
    """Return what is known, in short: line and fill."""
    found = compared(file, journal, zone)
    assert found.known == len(found.by_hand)
    assert len(found.new) + found.known == len(file.splitlines())
    return [text.removesuffix(" logged by hand") for text in found.by_hand]


def test_the_same_fill_at_nearly_the_same_time_is_known() -> None:
    assert same(VENUE, HAND) == ["line 2 is the fill F1"]
    assert compared(VENUE, HAND).doubts == []


@pytest.mark.parametrize(
    ("at", "known"),
    [("14:35Z", 1), ("14:35:00.001Z", 0), ("14:25Z", 1), ("14:24:59Z", 0)],
)
def test_five_minutes_apart_and_no_more(at: str, known: int) -> None:
    found = compared(VENUE.replace("14:30:07.25Z", at), HAND)
    assert (found.known, len(found.doubts)) == (known, 1 - known)


@pytest.mark.parametrize(
    "other",
    [
        HAND.replace("main", "second"),
        HAND.replace("BTC-", "ETH-"),
        HAND.replace("buy", "sell"),
        HAND.replace("buy 3", "buy 3.01"),
        HAND.replace("@ 100", "@ 100.21"),
        HAND.replace("01-05", "01-06"),
        HAND + " id 7",
        HAND + " source okx",
    ],
)
def test_another_fill_is_neither_the_same_nor_doubtful(other: str) -> None:
    found = compared(VENUE, other)
    assert (found.known, found.by_hand, found.doubts) == (0, [], [])
    assert len(found.new) == 1


def test_a_price_within_a_fifth_of_a_percent_is_a_doubt() -> None:
    found = compared(VENUE, HAND.replace("@ 100", "@ 100.2"))
    assert (found.known, found.by_hand) == (0, [])
    assert found.doubts == [
        f"line 2 may be {DOUBTFUL}",
    ]


def test_the_other_side_of_hedge_mode_is_a_doubt() -> None:
    found = compared(VENUE + " position long", HAND)
    assert (found.known, len(found.doubts)) == (0, 1)


def test_a_date_alone_is_any_time_of_the_accounts_day() -> None:
    day = HAND.replace("T14:30Z", "")
    assert same(VENUE, day) == ["line 2 is the fill F1"]
    evening = VENUE.replace("05T14:30:07.25Z", "06T01:00Z")
    assert same(evening, day) == []
    assert same(evening, day, "America/Chicago") == ["line 2 is the fill F1"]


def test_one_to_one_the_nearest_first_and_the_earliest_on_ties() -> None:
    venue = "\n".join(VENUE.replace("14:30:07.25Z", at) for at in ("14:29Z", "14:31Z", "14:34Z"))
    hand = f"{HAND}\n{HAND.replace('14:30Z', '14:33Z')}"
    # 14:33 takes 14:34; of 14:29 and 14:31, as far from 14:30 as each other, the earlier.
    assert same(venue, hand) == ["line 2 is the fill F1", "line 4 is the fill F2"]
    nearer = hand.replace("14:33Z", "14:31:30Z")
    assert same(venue, nearer) == ["line 2 is the fill F1", "line 3 is the fill F2"]


def test_a_time_is_preferred_to_a_date() -> None:
    assert same(VENUE, f"{HAND.replace('T14:30Z', '')}\n{HAND}") == ["line 2 is the fill F2"]


def test_fills_that_are_equal_stay_as_many_as_there_were() -> None:
    burst = "\n".join([VENUE] * 300)
    found = compared(burst, f"{HAND}\n{HAND}")
    assert (found.known, len(found.new)) == (2, 298)
    assert found.doubts == []


@pytest.mark.parametrize("name", [" order o1", ""])
def test_an_order_printed_in_parts_is_a_doubt_together(name: str) -> None:
    """1 @ 99.9 and 2 @ 100.1 are 3 at 100.03."""
    parts = [
        VENUE.replace("buy 3 @ 100", part) + name for part in ("buy 1 @ 99.9", "buy 2 @ 100.1")
    ]
    found = compared("\n".join(parts), HAND)
    assert (found.known, len(found.new)) == (0, 2)
    assert found.doubts == [
        f"lines 2 to 3 together may be {DOUBTFUL}",
    ]
    assert compared("\n".join([*parts, parts[0]]), HAND).doubts == []
    assert compared("\n".join(parts), HAND.replace("@ 100", "@ 99")).doubts == []


def test_rows_of_two_orders_are_not_added_up() -> None:
    parts = [VENUE.replace("buy 3", f"buy {size}") + f" order o{size}" for size in (1, 2)]
    assert compared("\n".join(parts), HAND).doubts == []


def test_what_was_found_is_not_doubted_again() -> None:
    later = VENUE.replace("14:30:07.25Z", "18:00Z")
    found = compared(f"{VENUE}\n{later}", HAND)
    assert (found.known, len(found.new), found.doubts) == (1, 1, [])


def test_the_fee_that_was_not_typed_is_named() -> None:
    assert compared(VENUE + " fee 0.30 USDT", HAND).by_hand == [
        "line 2 is the fill F1 logged by hand without its fee, which is 0.3 USDT here"
    ]
    typed = HAND + " fee 0.3 USDT"
    assert same(VENUE + " fee 0.31 USDT", typed) == ["line 2 is the fill F1"]
