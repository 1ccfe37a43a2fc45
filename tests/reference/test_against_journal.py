"""The journal against the reference: fills, trades and violations of random journals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from journal.domain.event import Event
from journal.domain.notation import format_events
from journal.rules import RULES
from reference.compare import JUDGED, compare
from reference.engine import reckon
from reference.journal_source import answers
from reference.random_journals import bulk, journals

IMPLEMENTED = JUDGED & {module.RULE.code for module in RULES}


def differences(events: list[Event], database: Path) -> list[str]:
    expected = reckon(events)
    text = format_events(events, expected.timeline.instruments)
    return compare(expected, *answers(text, database), IMPLEMENTED)


@pytest.mark.parametrize("seed", range(4))
def test_random_journals_agree(seed: int, tmp_path: Path) -> None:
    for number, events in enumerate(bulk(10, seed)):
        assert differences(events, tmp_path / f"{number}.db") == [], f"{seed}:{number}"


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(journals())
def test_drawn_journals_agree(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    assert differences(events, tmp_path_factory.mktemp("journal") / "one.db") == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_thousand_random_journals_agree(seed: int, tmp_path: Path) -> None:
    for number, events in enumerate(bulk(100, seed)):
        assert differences(events, tmp_path / f"{number}.db") == [], f"{seed}:{number}"
