"""JSON that loses nothing, and colour only for a terminal."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from journal.cli.output import coloured, plain, print_json


@dataclass(frozen=True)
class Sample:
    """Something a use case might return."""

    number: float
    at: datetime


def test_numbers_are_exact_strings_and_counts_are_integers() -> None:
    assert plain(566.775) == "566.775"
    assert plain(1e-9) == "0.000000001"
    assert plain(123456789012345.0) == "123456789012345"
    assert plain(-0.0) == "0"
    assert plain({"n": 3, "known": None, "yes": True}) == {"n": 3, "known": None, "yes": True}
    assert plain((1, "a", Path("b"))) == [1, "a", "b"]


@pytest.mark.parametrize("value", [[], [{"a": [1, "b\nc"]}, {}], {"list": []}])
def test_a_list_is_written_piece_by_piece_as_json_writes_it(
    value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    print_json(value)
    assert capsys.readouterr().out == json.dumps(value, indent=2) + "\n"


def test_times_are_utc_and_as_fine_as_they_are() -> None:
    sample = Sample(0.1, datetime(2026, 1, 5, 14, 30, tzinfo=UTC))
    assert plain(sample) == {"number": "0.1", "at": "2026-01-05T14:30:00Z"}
    fine = datetime(2026, 1, 5, 14, 30, 0, 318000, tzinfo=UTC)
    assert plain(fine) == "2026-01-05T14:30:00.318Z"
    assert plain(date(2026, 1, 5)) == "2026-01-05"


def test_colour_only_for_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert coloured("x", "red") == "x"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert coloured("x", "red") == "\x1b[31mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured("x", "red") == "x"
