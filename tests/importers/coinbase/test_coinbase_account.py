"""The account statement of Coinbase Pro: legs of a ledger joined to fills."""

from __future__ import annotations

from pathlib import Path

import pytest
from venue_files import lines, own, read_as

_ACCOUNT = own("coinbase-account/account.csv").decode().splitlines(keepends=True)
_TIME = "2019-03-04T09:01:17.338Z"


def _read(lines: list[str]) -> list[str]:
    return [row.reason for row in read_as("coinbase-account", "".join(lines)).refused]


def test_the_real_statement_reads_with_titles_in_capitals(shared: Path) -> None:
    data = (shared / "exports/coinbase/pro_account_statement_matches.csv").read_bytes()
    reading = read_as("coinbase-account", data)
    assert reading.refused == []
    assert reading.ignored == {"deposit": 4, "withdrawal": 2}
    assert [line.partition(" order")[0] for line in lines(reading)[2:4]] == [
        "2019-07-01T22:14:18.762Z fill ETH-BTC buy 0.015 @ 0.0354 fee 0.00000159 BTC id 305441",
        "2019-07-01T22:14:18.801Z fill ETH-BTC buy 0.025 @ 0.0354 fee 0.00000266 BTC id 305442",
    ]
    assert [row.number for row in reading.rows] == [3, 7, 14, 17, 20]
    assert reading.rows[0].raw is not None
    assert len(reading.rows[0].raw.splitlines()) == 3


def test_a_leg_alone_is_refused() -> None:
    reasons = _read([*_ACCOUNT[:2], *_ACCOUNT[3:]])
    assert "trade 3310977 has 0 row(s) received, 1 given and 1 of fees" in reasons[0]


def test_a_second_fee_is_refused() -> None:
    reasons = _read([*_ACCOUNT[:5], _ACCOUNT[4], *_ACCOUNT[5:]])
    assert len(reasons) == 1
    assert reasons[0].startswith("trade 3310977 has 1 row(s) received, 1 given and 2 of fees")


def _trade(*rows: str) -> list[str]:
    lines = [f"default,{row},,1,a7\n" for row in rows]
    return _read([_ACCOUNT[0], *(line.replace("@", _TIME) for line in lines)])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("match,@,2,2,ETH", "match,@,-1,1,ETH", "fee,@,-0.1,0.9,ETH"), "ETH and ETH are no"),
        (("match,@,2,2,SOL", "match,@,-1,1,LTC", "fee,@,-0.1,0.9,LTC"), "SOL and LTC are no"),
        (("match,@,2,2,ETH", "match,@,-9,1,EUR", "fee,@,-0.1,1.9,ETH"), "the fee is in 'ETH'"),
        (("match,@,2,2,ETH", "match,@,9,10,EUR", "fee,@,-0.1,9.9,EUR"), "trade 1 has 2 row(s)"),
        (("match,@,2,2,ETH", "match,@,0,1,EUR", "fee,@,-0.1,0.9,EUR"), "trade 1 has 1 row(s)"),
    ],
)
def test_legs_that_do_not_fit_are_refused(rows: tuple[str, ...], reason: str) -> None:
    (refused,) = _trade(*rows)
    assert refused.startswith(reason)


def test_a_match_at_the_end_may_have_lost_its_fee() -> None:
    assert _read(_ACCOUNT[:4]) == [
        "trade 3310977 is the last of the file and has no fee row, which may be cut off"
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("-503.2", "-593.2", "the balance 1996.8"),
        ("match,2019-03-04T09:01:17.338Z,4.25", "rebirth,2019-03-04,4.25", "type 'rebirth'"),
        ("-1.2580", "-1.2x80", "amount '1.2x80"),
        ("3310977", "", "trade id '' is not an id"),
    ],
)
def test_a_changed_cell_is_refused(old: str, new: str, reason: str) -> None:
    text = "".join(_ACCOUNT)
    assert old in text
    reasons = _read([text.replace(old, new)])
    assert any(each.startswith(reason) for each in reasons), reasons
