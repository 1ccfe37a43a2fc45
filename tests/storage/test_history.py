"""Export: the events come back in chain order, and their text is what was written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from text_writer import RECORDED, TextWriter

from journal.domain.event import Amendment, Event, PlanName
from journal.domain.notation import format_events, parse
from journal.domain.plan import EntryTranche, PlanTerms, Size, SizeUnit
from journal.storage.database import Journal
from journal.storage.entries import append
from journal.storage.history import all_instruments, read_events
from journal.storage.reading import read_facts
from journal.storage.rows import Resolved, rows_of
from journal.storage.verify import verify

EVERY_KIND = """\
2026-01-01T00:00Z account okx-main
  currency     USDT
  equity       10000
  fees         maker 0.08% taker 0.1%
  risk         2% per trade
  timezone     Europe/Berlin

2026-01-01T00:00Z account ibkr
  currency     EUR
  risk         200 EUR per trade

2026-01-01T00:05Z instrument ES-2026-03
  kind         linear
  base         ES
  quote        USD
  multiplier   50
  lot          1
  tick         0.25

2026-01-01T00:06Z policy
  match_tolerance 0.02
  cool_down    45

2026-01-01T00:06Z policy
  max_trades_per_day 4

2026-01-01T00:07Z policy account ibkr
  cool_down    10

2026-01-05T14:00Z plan BTC-USDT long recorded 2026-01-05T14:00:03.120Z  #range-low #a
  thesis       "Weekly \\"low\\" reclaimed"
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        300 USDT @ 92
  max          900 USDT
  invalidation 88
  stop         88
  exit         50% @ 110
  exit         rest @ 120
  breakeven    after exit 1
  leverage     5
  margin       isolated
  until        2026-03-01T00:00Z

2026-01-05T14:00Z plan ES-2026-03 short as P12 account ibkr
  enter        2 @ 5000
  exit         1 @ 4900
  trail        3% after exit 1
  liquidation  5600

2026-01-05T14:30:01.123456Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT id 8812 order o1 maker tranche 1
2026-01-07 fill BTC-USDT sell 0.000000000000000000000000000001 @ 100 liquidation closing source okx
2026-01-07T08:00Z skip BTC-USDT tranche 3 "lost the weekly level"

2026-01-08T00:00Z amend BTC-USDT "volatility doubled"  #vol
  max          1200 USDT
  breakeven    none

2026-01-08T09:05Z stop BTC-USDT 98.2
2026-01-08T09:06Z stop ES-2026-03 short none account ibkr
2026-01-08T09:10Z note BTC-USDT "wanted to sell it all"  #fomo
2026-01-09T09:10Z cancel P12 "no time" account ibkr
2026-01-09T10:00Z price BNB-USDT 640.5
2026-01-09T11:00Z funding ETH-USDT-SWAP -1.2 USDT position long id f1
2026-01-09T12:00Z opening ETH-USDT-SWAP -2 @ 3000 position short account ibkr
2026-01-10T00:00Z waive SCALE301-7 "planned with my coach"

2026-01-11T18:00Z review 2026-W02 recorded 2026-01-11T18:00:04.120Z  #sunday
  action       "Log the stop \\"at once\\""
  kept         partly "two of three"

2026-01-11T18:01Z review 2026-01-05 to 2026-01-11 account ibkr
  kept         no

2026-01-11T18:02Z void review 2 "wrong days"
2026-01-10T00:01Z void fill 2 "typed twice"
2026-01-10T00:02Z void policy 2
2026-01-10T00:03Z void amend 1

2026-01-10T00:04Z amend BTC-USDT
  leverage     3
"""


PLAIN = "2026-01-05T14:30Z fill BTC-USDT buy 1 @ 100\n"


def exported(journal: Journal) -> str:
    return format_events(read_events(journal.connection), all_instruments(journal.connection))


def test_every_kind_of_event_comes_back_and_the_text_is_byte_equal(
    write: Callable[[str], Journal],
) -> None:
    assert exported(write(EVERY_KIND)) == EVERY_KIND


def test_the_same_text_as_one_entry_exports_the_same(journal: Journal) -> None:
    receipt = TextWriter(journal).write_at_once(EVERY_KIND)
    assert (receipt.number, verify(journal.connection).ok) == (1, True)
    assert exported(journal) == EVERY_KIND


def test_events_equal_what_was_parsed(write: Callable[[str], Journal]) -> None:
    assert list(read_events(write(EVERY_KIND).connection)) == parse(EVERY_KIND)


def test_a_journal_without_an_account_entry_has_a_default_account(
    write: Callable[[str], Journal],
) -> None:
    journal = write(PLAIN)
    assert exported(journal) == PLAIN
    assert read_facts(journal.connection).fills.account == ["main"]


def test_a_fact_of_another_account_keeps_its_name(write: Callable[[str], Journal]) -> None:
    text = PLAIN.strip() + " account second\n"
    assert exported(write(text)) == text


def test_an_amendment_is_the_difference_from_the_version_in_force(
    write: Callable[[str], Journal],
) -> None:
    """The second amendment builds on the lock, as the first was taken back; then it is redone."""
    text = """\
2026-01-05T14:00Z plan BTC-USDT long
  enter        3 @ 100
  invalidation 88

2026-01-06T00:00Z amend BTC-USDT
  max          5
  leverage     2

2026-01-06T00:01Z void amend 1

2026-01-06T00:02Z amend BTC-USDT
  max          4

"""
    journal = write(text)
    assert exported(journal) == text.rstrip() + "\n"
    assert read_facts(journal.connection).versions.leverage == [None, None]


def test_an_amendment_taken_back_and_redone_is_built_on_again(
    write: Callable[[str], Journal],
) -> None:
    journal = write("""\
2026-01-05T14:00Z plan BTC-USDT long
  enter 3 @ 100
2026-01-06T00:00Z amend BTC-USDT
  max 5
2026-01-06T00:01Z amend BTC-USDT
  leverage 2
2026-01-06T00:02Z void amend 2
2026-01-06T00:03Z void void 1
""")
    with journal.writing() as writing:
        version = PlanTerms(
            enters=(EntryTranche(Size(SizeUnit.UNITS, Decimal(3)), Decimal(100)),),
            maximum=Size(SizeUnit.UNITS, Decimal(6)),
            leverage=Decimal(2),
        )
        event = Event(RECORDED, Amendment(PlanName("BTC-USDT"), PlanTerms()))
        fact = Resolved(event, plan_id=1, version=4, terms=version)
        append(writing, "amend", RECORDED, rows_of(fact, writing.next_id))
    last = [event.body for event in read_events(journal.connection)][-1]
    assert isinstance(last, Amendment)
    assert (last.named, last.terms) == ({"maximum"}, PlanTerms(maximum=version.maximum))


def test_events_are_one_state_of_the_journal_while_others_write(journal: Journal) -> None:
    TextWriter(journal).write(PLAIN)
    events = read_events(journal.connection)
    next(events)
    assert journal.connection.in_transaction
    assert list(events) == []
    assert not journal.connection.in_transaction
