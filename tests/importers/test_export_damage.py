"""Damaged exports: refused with a sentence, or read as if nothing were wrong, never misread."""

from __future__ import annotations

from collections import Counter

import pytest
from damage import damaged
from export_files import ExportFile, all_exports, read_export
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.notation import format_events
from journal.importers.reading import Reading

EXPORTS = all_exports()
_TEXTS = [export for export in EXPORTS if export.is_text]
_SHOWN = 3
_CUTS = 150


def _outcome(export: ExportFile, data: bytes) -> Reading | InputError:
    try:
        return read_export(export, data)
    except InputError as error:
        return error


def _events(reading: Reading) -> Counter[str]:
    return Counter(_line(row.event) for row in reading.rows)


def _line(event: Event) -> str:
    return format_events([event], {})


def _told(export: ExportFile, data: bytes) -> list[str]:
    """Return what a user is told of this file, in a few lines."""
    outcome = _outcome(export, data)
    if isinstance(outcome, InputError):
        return [f"refused: {str(outcome).splitlines()[0]}"]
    sound = read_export(export)
    whole, found = _events(sound), _events(outcome)
    notes = [note for note in outcome.notes if note not in sound.notes]
    lines = [f"line {row.number} refused: {row.reason}" for row in outcome.refused[:_SHOWN]]
    if len(outcome.refused) > _SHOWN:
        lines.append(f"and {len(outcome.refused) - _SHOWN} more refused")
    lines.append(f"read {sum(found.values())} of {sum(whole.values())}")
    lines += [f"noted: {note}" for note in notes[:_SHOWN]]
    if others := found - whole:
        how = "differs" if notes else "NOT NOTICED"
        lines.append(f"{how} in {sum(others.values())}: {next(iter(others)).strip()}")
    return lines


def damage_text(export: ExportFile) -> str:
    """Return what becomes of all damaged copies of an export; those that fare alike together."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind, data in damaged(export):
        name = kind.removeprefix("without the ")
        told = tuple(
            line.replace(repr(name.partition(" ")[2]), "it") for line in _told(export, data)
        )
        kinds.setdefault(told, []).append(kind)
    return "\n".join(
        "".join([*(f"{kind}\n" for kind in alike), *(f"  {line}\n" for line in told)])
        for told, alike in kinds.items()
    )


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_damaged_copies_are_told_of_as_written_beside_the_export(export: ExportFile) -> None:
    assert damage_text(export) == export.damages.read_text("utf-8")


@pytest.mark.parametrize("export", _TEXTS, ids=str)
def test_every_cut_is_noticed_or_falls_between_rows(export: ExportFile) -> None:
    whole = _events(read_export(export))
    step = max(1, len(export.data) // _CUTS)
    for length in range(0, len(export.data), step):
        outcome = _outcome(export, export.data[:length])
        if isinstance(outcome, Reading):
            assert not _events(outcome) - whole, length


TOKENS = [
    b'"',
    b",",
    b";",
    b"\r",
    b"\n",
    b"\t",
    b" ",
    b"-",
    b".",
    b"1e999",
    b"NaN",
    b"\0",
    b"\xff",
]
_EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.binary(max_size=12) | st.sampled_from(TOKENS),
    ),
    min_size=1,
    max_size=4,
)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Return the bytes with some of them replaced by others."""
    for place, length, put in edits:
        start = int(place * len(data))
        data = data[:start] + put + data[start + length :]
    return data


def _check_mutation(export: ExportFile, edits: list[tuple[float, int, bytes]]) -> None:
    outcome = _outcome(export, edited(export.data, edits))
    if isinstance(outcome, InputError):
        assert outcome.what
        assert outcome.where
        assert outcome.hint
    else:
        assert all(row.reason and row.number for row in outcome.refused)
        assert all(row.raw and row.number for row in outcome.rows)
        for row in outcome.rows:
            assert _line(row.event)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
@given(edits=_EDITS)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_random_damage_raises_nothing_but_a_sentence(
    export: ExportFile, edits: list[tuple[float, int, bytes]]
) -> None:
    _check_mutation(export, edits)


@pytest.mark.slow
@pytest.mark.parametrize("export", EXPORTS, ids=str)
@given(edits=_EDITS)
@settings(max_examples=2_000, suppress_health_check=list(HealthCheck))
def test_two_thousand_random_damages_raise_nothing_but_a_sentence(
    export: ExportFile, edits: list[tuple[float, int, bytes]]
) -> None:
    _check_mutation(export, edits)
