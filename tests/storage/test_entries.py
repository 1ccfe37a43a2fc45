"""Acts become entries: rows numbered, hashed and chained; all of an act is stored or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256

import pytest
from text_writer import RECORDED, TextWriter

from journal.domain.event import Amendment, Event, PlanName
from journal.domain.fill import Fee, Fill, Side
from journal.domain.plan import PlanTerms
from journal.storage.database import Journal
from journal.storage.entries import append, last_entry
from journal.storage.reading import read_facts
from journal.storage.rows import Origin, Resolved, Row, file_row, rows_of
from journal.storage.verify import verify

FILL = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT id 8812 recorded 2026-01-05T14:31Z"


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_the_hashes_can_be_recomputed_by_hand(write: Callable[[str], Journal]) -> None:
    """The text that is hashed, written out; nulls are left out of it, keys are sorted."""
    connection = write(FILL).connection
    row = _sha(
        '["fill",1,{"account":"main","at":"2026-01-05 14:30:00.000000","at_precision":"minute",'
        '"fee":"0.3","fee_currency":"USDT","id":1,"is_liquidation":0,"price":"100","quantity":"3",'
        '"recorded_at":"2026-01-05 14:31:00.000000","recorded_precision":"minute","side":"buy",'
        '"symbol":"BTC-USDT","tags":"","venue_id":"8812"}]'
    )
    entry = _sha(
        row + '[1,{"facts":1,"kind":"fill","number":1,"previous_hash":"",'
        '"recorded_at":"2026-02-01 12:00:00.000000"}]'
    )
    assert connection.execute("SELECT row_hash FROM fill").fetchall() == [(row,)]
    assert connection.execute(
        "SELECT number, facts, previous_hash, hash FROM entry"
    ).fetchall() == [(1, 1, "", entry)]
    assert last_entry(connection) == (1, entry)


def test_each_entry_names_the_one_before(journal: Journal) -> None:
    first, second = TextWriter(journal).write(f"{FILL}\n{FILL}\n")
    assert (first.number, second.number) == (1, 2)
    query = "SELECT previous_hash, hash FROM entry ORDER BY number"
    assert journal.connection.execute(query).fetchall() == [
        ("", first.hash),
        (first.hash, second.hash),
    ]


def test_a_plan_and_its_tranches_are_one_entry_in_order(write: Callable[[str], Journal]) -> None:
    connection = write("""\
2026-01-05T14:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        300 USDT @ 96
  exit         rest @ 120
""").connection
    rows = [
        (table, ordinal)
        for table in ("plan", "plan_version", "entry_tranche", "exit_tranche")
        for (ordinal,) in connection.execute(f"SELECT ordinal FROM {table} ORDER BY id")  # noqa: S608 - the names above
    ]
    assert rows == [
        ("plan", 1), ("plan_version", 2), ("entry_tranche", 3), ("entry_tranche", 4),
        ("exit_tranche", 5),
    ]  # fmt: skip
    assert connection.execute("SELECT kind, facts FROM entry").fetchall() == [("plan", 5)]


def test_thirty_digits_on_both_sides_of_the_point_survive(journal: Journal) -> None:
    exact = Decimal("123456789012345678901234567890.123456789012345678901234567891")
    fill = Fill("BTC-USDT", Side.BUY, exact, exact.copy_negate(), Fee(Decimal("-0.10"), "BNB"))
    _append(journal, [Resolved(Event(RECORDED, fill), account="main")])
    facts = read_facts(journal.connection)
    assert (facts.fills.quantity, facts.fills.price) == ([str(exact)], [f"-{exact}"])
    assert facts.fills.fee == ["-0.1"]


def test_times_sort_as_text_and_keep_their_precision(write: Callable[[str], Journal]) -> None:
    facts = read_facts(
        write("""\
0999-01-05 fill BTC-USDT buy 3 @ 100
2026-01-05T14:30:01.5Z fill BTC-USDT buy 3 @ 100
2026-01-05T15:30+01:00 fill BTC-USDT buy 3 @ 100
""").connection
    )
    assert facts.fills.at == [
        "0999-01-05 00:00:00.000000",
        "2026-01-05 14:30:01.500000",
        "2026-01-05 14:30:00.000000",
    ]
    assert facts.fills.at_precision == ["day", "millisecond", "minute"]


def test_an_import_of_any_length_is_one_entry(journal: Journal) -> None:
    """5,001 fills and their file, from a generator: more than one chunk of rows."""
    with journal.writing() as writing:

        def rows() -> Iterator[Row]:
            file = file_row("fills.csv", "ab" * 32, "okx", 5001, writing.next_id)
            yield file
            for number in range(5001):
                fill = Fill("BTC-USDT", Side.BUY, Decimal(1), Decimal(number + 1))
                origin = Origin(int(file.columns["id"] or 0), number + 2, json.dumps([number]))
                fact = Resolved(Event(RECORDED, fill), account="main", origin=origin)
                yield from rows_of(fact, writing.next_id)

        receipt = append(writing, "import", RECORDED, rows(), source="fills.csv")
    assert (receipt.number, receipt.facts) == (1, 5002)
    last = "SELECT id, ordinal, imported_file_id, file_row, raw FROM fill ORDER BY id DESC LIMIT 1"
    assert journal.connection.execute(last).fetchone() == (5001, 5002, 1, 5002, "[5000]")
    assert verify(journal.connection).ok


def test_what_fails_halfway_leaves_nothing(journal: Journal) -> None:
    fact = Resolved(Event(RECORDED, Fill("A", Side.BUY, Decimal(1), Decimal(1))), account="main")

    def write_and_fail() -> None:
        with journal.writing() as writing:
            append(writing, "fill", RECORDED, rows_of(fact, writing.next_id))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert journal.connection.execute("SELECT count(*) FROM fill").fetchone() == (0,)
    assert last_entry(journal.connection) == (0, "")
    assert _append(journal, [fact]) == 1


def test_an_amendment_without_its_full_terms_is_a_bug(journal: Journal) -> None:
    amendment = Event(RECORDED, Amendment(PlanName("BTC-USDT"), PlanTerms()))
    with pytest.raises(TypeError, match="full terms"):
        _append(journal, [Resolved(amendment, plan_id=1, version=2)])


def _append(journal: Journal, facts: list[Resolved]) -> int:
    with journal.writing() as writing:
        rows = [row for fact in facts for row in rows_of(fact, writing.next_id)]
        return append(writing, "test", RECORDED, rows).number
