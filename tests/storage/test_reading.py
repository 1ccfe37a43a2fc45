"""Facts come back as columns: what is void is left out, and a scope reads no more than it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from test_history import EVERY_KIND
from text_writer import TextWriter

from journal.book.facts import Facts
from journal.domain.event import FactKind
from journal.domain.instrument import Kind
from journal.storage.checkpoints import Checkpoint
from journal.storage.database import Journal
from journal.storage.entries import last_entry
from journal.storage.reading import Scope, read_facts
from journal.storage.voids import voids_in_force

LADDER = """\
2026-01-05T14:00Z plan BTC-USDT long as P1  #range-low
  thesis       "Weekly range low reclaimed"
  enter        3 @ 100
  enter        300 USDT @ 96
  max          900 USDT
  invalidation 88
  exit         50% @ 110
  trail        3% after exit 1
  breakeven    after exit 1
"""


def _rows(columns: object) -> list[tuple[object, ...]]:
    return list(zip(*(getattr(columns, field.name) for field in fields(columns)), strict=True))  # type: ignore[arg-type]


def test_an_empty_journal_is_empty_facts(journal: Journal) -> None:
    assert read_facts(journal.connection) == Facts()


def test_a_fill_has_every_column_in_its_place(write: Callable[[str], Journal]) -> None:
    journal = write(
        "2026-01-05T14:30Z fill ETH-USDT-SWAP sell 2.50 @ 3000.10 fee -0.3 bnb id 8812 order o1"
        " taker tranche 2 position short closing source okx account second"
        " recorded 2026-01-05T14:31:00Z\n"
    )
    assert _rows(read_facts(journal.connection).fills) == [
        (
            1, "second", "ETH-USDT-SWAP", "short", "sell", "2.5", "3000.1", "-0.3", "BNB",
            "2026-01-05 14:30:00.000000", "minute", "2026-01-05 14:31:00.000000",
            "8812", "o1", "taker", 2, 0, 1, "okx",
        )
    ]  # fmt: skip


def test_a_plan_is_identity_version_and_tranches(write: Callable[[str], Journal]) -> None:
    facts = read_facts(write(LADDER).connection)
    at = "2026-01-05 14:00:00.000000"
    assert _rows(facts.plans) == [(1, "main", "BTC-USDT", "long", "P1", "range-low")]
    assert _rows(facts.versions) == [
        (
            1, 1, 1, at, "minute", None, None, "Weekly range low reclaimed", "money", "900", "88",
            None, 1, None, None, None, None, None,
        )
    ]  # fmt: skip
    assert _rows(facts.entry_tranches) == [
        (1, 1, 1, "units", "3", "100"),
        (2, 1, 2, "money", "300", "96"),
    ]
    assert _rows(facts.exit_tranches) == [
        (1, 1, 1, "fraction", "0.5", "110", None, None),
        (2, 1, 2, "rest", None, None, "0.03", 1),
    ]


def test_an_amendment_is_a_whole_version(write: Callable[[str], Journal]) -> None:
    journal = write(LADDER + '2026-01-06T00:00Z amend P1 "wider"\n  invalidation 85\n  max none\n')
    facts = read_facts(journal.connection)
    assert facts.versions.number == [1, 2]
    assert facts.versions.invalidation == ["88", "85"]
    assert facts.versions.maximum == ["900", None]
    assert facts.versions.reason == [None, "wider"]
    assert facts.entry_tranches.version_id == [1, 1, 2, 2]
    assert facts.entry_tranches.id == [1, 2, 3, 4]


def test_accounts_policies_and_the_rest(write: Callable[[str], Journal]) -> None:
    facts = read_facts(write(EVERY_KIND).connection)
    assert facts.default_account == "okx-main"
    assert facts.accounts.currency == ["USDT", "EUR"]
    assert facts.accounts.risk_fraction == ["0.02", None]
    assert facts.accounts.risk_money == [None, "200"]
    assert facts.accounts.maker == ["0.0008", None]
    # The second policy is void, with its one setting.
    assert list(
        zip(facts.policies.account, facts.policies.key, facts.policies.value, strict=True)
    ) == [
        (None, "match_tolerance", "0.02"),
        (None, "cool_down", "45"),
        ("ibkr", "cool_down", "10"),
    ]
    assert facts.fills.id == [1]
    assert facts.versions.number == [1, 1, 3]
    assert (facts.skips.plan_id, facts.skips.tranche) == ([1], [3])
    assert (facts.cancellations.plan_id, facts.cancellations.reason) == ([2], ["no time"])
    assert (facts.stops.price, facts.stops.direction) == (["98.2", None], ["long", "short"])
    assert (facts.notes.text, facts.notes.tags) == (["wanted to sell it all"], ["fomo"])
    assert (facts.prices.symbol, facts.prices.price) == (["BNB-USDT"], ["640.5"])
    assert (facts.funding.amount, facts.funding.direction) == (["-1.2"], ["long"])
    assert (facts.openings.quantity, facts.openings.account) == (["-2"], ["ibkr"])
    assert (facts.waivers.violation, facts.waivers.reason) == (
        ["SCALE301-7"],
        ["planned with my coach"],
    )


def test_the_head_is_that_of_the_newest_entry(write: Callable[[str], Journal]) -> None:
    journal = write(LADDER)
    assert read_facts(journal.connection).head == last_entry(journal.connection)[1]


def test_voiding_a_plan_takes_all_of_it_away(write: Callable[[str], Journal]) -> None:
    journal = write(
        LADDER + LADDER.replace("P1", "P2") + "2026-01-06T00:00Z amend P1\n  max 800 USDT\n"
        "2026-01-06T01:00Z skip P1 tranche 2\n"
        "2026-01-06T02:00Z cancel P1\n"
        "2026-01-06T03:00Z void plan 1\n"
    )
    facts = read_facts(journal.connection)
    assert facts.plans.name == ["P2"]
    assert facts.versions.plan_id == [2]
    assert set(facts.entry_tranches.version_id) == set(facts.exit_tranches.version_id) == {2}
    assert (facts.skips.id, facts.cancellations.id) == ([], [])


def test_a_void_can_be_taken_back(write: Callable[[str], Journal]) -> None:
    text = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100\n2026-01-05T15:00Z void fill 1\n"
    assert read_facts(write(text).connection).fills.id == []
    again = text + "2026-01-05T15:01Z void void 1\n"
    assert read_facts(write(again).connection).fills.id == [1]
    assert read_facts(write(again + "2026-01-05T15:02Z void void 2\n").connection).fills.id == []


def test_what_counts_as_void_can_be_chosen(write: Callable[[str], Journal]) -> None:
    journal = write("2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100\n2026-01-06T15:00Z void fill 1\n")
    assert voids_in_force(journal.connection) == {FactKind.FILL: frozenset({1})}
    assert read_facts(journal.connection, voided={}).fills.id == [1]


def test_voiding_a_policy_takes_all_its_settings(write: Callable[[str], Journal]) -> None:
    policy = "2026-01-01T00:00Z policy\n  cool_down 45\n  max_trades_per_day 4\n"
    journal = write(policy + policy + "2026-01-02T00:00Z void policy 1\n")
    assert read_facts(journal.connection).policies.id == [3, 4]


def test_a_ticker_is_quoted_in_the_currency_of_its_first_account(
    write: Callable[[str], Journal],
) -> None:
    journal = write("""\
2026-01-01T00:00Z account ibkr
  currency USD
2026-01-01T00:00Z account xetra
  currency EUR
2026-01-05T14:30Z fill SAP buy 3 @ 100 account xetra
2026-01-05T14:30Z fill SAP buy 3 @ 100 account ibkr
""")
    assert read_facts(journal.connection).instruments["SAP"].quote == "EUR"


def test_instruments_are_inferred_and_declarations_applied_in_order(
    write: Callable[[str], Journal],
) -> None:
    journal = write("""\
2026-01-01T00:00Z account ibkr
  currency USD
2026-01-01T00:00Z account xetra
  currency EUR
2026-01-01T00:05Z instrument BTC-USDT-SWAP
  multiplier 0.01
  tick 0.5
2026-01-01T00:06Z instrument BTC-USDT-SWAP
  tick 0.1
2026-01-01T00:07Z instrument ETH-USDT
  lot 0.5
2026-01-02T00:00Z void instrument 3
2026-01-05T14:30Z fill AAPL buy 3 @ 100
2026-01-05T14:30Z fill SAP buy 3 @ 100 account xetra
2026-01-05T14:30Z price BNB-USDT 600
""")
    found = read_facts(journal.connection).instruments
    assert list(found) == ["BTC-USDT-SWAP", "AAPL", "SAP", "BNB-USDT"]
    swap = found["BTC-USDT-SWAP"]
    assert (swap.kind, str(swap.multiplier), str(swap.tick)) == (Kind.LINEAR, "0.01", "0.1")
    assert (found["AAPL"].quote, found["SAP"].quote) == ("USD", "EUR")


TRADES = """\
2026-01-01T00:00Z account a
  currency USDT
2026-01-01T00:00Z price BNB-USDT 600
2026-01-04T00:00Z plan BTC-USDT long as OLD
  enter 1 @ 100
2026-01-05T10:00Z fill BTC-USDT buy 1 @ 100
2026-01-04T10:01Z stop BTC-USDT 90
2026-01-05T11:00Z fill BTC-USDT sell 1 @ 101
2026-01-06T00:00Z plan BTC-USDT long as NEW
  enter 2 @ 100
2026-01-06T09:00Z price BNB-USDT 610
2026-01-07T10:00Z fill BTC-USDT buy 2 @ 100
2026-01-07T10:01Z stop BTC-USDT 91
2026-01-07T10:02Z note BTC-USDT "second"
2026-01-07T11:00Z fill ETH-USDT buy 5 @ 30
2026-01-07T12:00Z fill BTC-USDT buy 7 @ 100 account b
"""
FLAT = Checkpoint("a", "BTC-USDT", None, 2, "2026-01-05 11:00:00.000000", last_plan=1)


def test_a_scope_is_one_symbol_of_one_account(write: Callable[[str], Journal]) -> None:
    facts = read_facts(write(TRADES).connection, Scope("a", "BTC-USDT"))
    assert facts.fills.quantity == ["1", "1", "2"]
    assert (facts.plans.name, facts.entry_tranches.amount) == (["OLD", "NEW"], ["1", "2"])
    assert facts.stops.price == ["90", "91"]
    assert facts.prices.price == ["610"]  # the other is older than a day at the first fill
    assert facts.accounts.name == ["a"]


def test_a_scope_may_be_a_whole_account(write: Callable[[str], Journal]) -> None:
    facts = read_facts(write(TRADES).connection, Scope("a"))
    assert facts.fills.symbol == ["BTC-USDT", "BTC-USDT", "BTC-USDT", "ETH-USDT"]


def test_behind_a_checkpoint_only_the_open_trade_is_read(write: Callable[[str], Journal]) -> None:
    facts = read_facts(write(TRADES).connection, Scope("a", "BTC-USDT", FLAT))
    assert facts.fills.quantity == ["2"]
    assert (facts.plans.name, facts.versions.plan_id) == (["NEW"], [2])
    assert facts.entry_tranches.amount == ["2"]
    assert (facts.stops.price, facts.notes.text) == (["91"], ["second"])


def test_a_plan_still_open_at_the_checkpoint_is_read(write: Callable[[str], Journal]) -> None:
    waiting = Checkpoint("a", "BTC-USDT", None, 2, FLAT.at, last_plan=1, open_plans=(1,))
    facts = read_facts(write(TRADES).connection, Scope("a", "BTC-USDT", waiting))
    assert facts.plans.name == ["OLD", "NEW"]


def test_fills_of_the_checkpoints_own_instant_follow_by_id(
    write: Callable[[str], Journal],
) -> None:
    fill = "2026-01-05T11:00Z fill BTC-USDT buy"
    journal = write(f"{fill} 1 @ 1\n{fill} 2 @ 1\n{fill} 3 @ 1\n")
    after = Checkpoint("main", "BTC-USDT", None, 2, "2026-01-05 11:00:00.000000", last_plan=0)
    facts = read_facts(journal.connection, Scope("main", "BTC-USDT", after))
    assert facts.fills.quantity == ["3"]


def test_an_opening_counts_only_after_the_checkpoint(write: Callable[[str], Journal]) -> None:
    journal = write(
        "2026-01-01T00:00Z opening BTC-USDT 5\n2026-01-06T00:00Z opening BTC-USDT 6 account a\n"
        "2026-01-01T00:00Z opening BTC-USDT 7 account a\n"
    )
    facts = read_facts(journal.connection, Scope("a", "BTC-USDT", FLAT))
    assert facts.openings.quantity == ["6"]


def test_each_position_side_is_its_own_trade(write: Callable[[str], Journal]) -> None:
    fill = "2026-01-05T1{}Z fill BTC-USDT-SWAP buy {} @ 1 position {}\n"
    journal = write(
        fill.format("1:00", 1, "long")
        + fill.format("2:00", 2, "short")
        + fill.format("3:00", 3, "long")
    )
    after = Checkpoint("main", "BTC-USDT-SWAP", "long", 1, "2026-01-05 11:00:00.000000", 0)
    facts = read_facts(journal.connection, Scope("main", "BTC-USDT-SWAP", after))
    assert facts.fills.quantity == ["3"]


def test_reading_a_scope_uses_the_index(write: Callable[[str], Journal]) -> None:
    """However long the journal: no statement walks a table that grows with it."""
    journal = write(TRADES)
    statements: list[str] = []
    journal.connection.set_trace_callback(statements.append)
    read_facts(journal.connection, Scope("a", "BTC-USDT", FLAT))
    journal.connection.set_trace_callback(None)
    for table, wanted in {
        "fill": "ix_fill_account_symbol_at (account=? AND symbol=? AND at>?)",
        "stop": "ix_stop_account_symbol_at (account=? AND symbol=? AND at>?)",
        "plan_version": "ix_plan_version_plan_id (plan_id=?)",
        "entry_tranche": "ix_entry_tranche_version_id (version_id=?)",
        "price": "ix_price_at (at>?)",
    }.items():
        (reads,) = [each for each in statements if f" FROM {table} " in each]
        steps = journal.connection.execute(f"EXPLAIN QUERY PLAN {reads}")
        assert f"USING INDEX {wanted}" in " ".join(detail for *_, detail in steps)


def test_two_tables_are_read_as_of_one_moment(journal: Journal) -> None:
    TextWriter(journal).write(LADDER)
    with journal.reading() as connection:
        assert read_facts(connection) == read_facts(connection)
        assert connection.in_transaction
