"""Every format's own exports: what they say, and that saying it twice or otherwise adds nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from command_line import asked, run
from export_files import ExportFile, all_exports, read_export, text_of

from journal.domain.errors import InputError
from journal.importers import journal_text
from journal.importers.archives import unpacked
from journal.importers.importer import choose
from journal.importers.reading import ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

EXPORTS = all_exports()
LINES = [export for export in EXPORTS if export.is_text and export.parts()[1]]


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_an_export_reads_as_the_text_beside_it(export: ExportFile) -> None:
    assert text_of(export, read_export(export)) == export.expected.read_text("utf-8")


def test_every_format_has_an_export() -> None:
    formats = {importer.name for importer in IMPORTERS} - {journal_text.IMPORTER.name}
    assert formats == {export.format for export in EXPORTS if export.map is None}


@pytest.mark.parametrize(
    "export",
    [each for each in EXPORTS if each.map is None and "timezone" in each.settings],
    ids=str,
)
def test_an_export_without_a_zone_is_named_where_one_is_asked_for(export: ExportFile) -> None:
    (file,) = unpacked(SourceFile.at(export.path))
    with pytest.raises(InputError, match="the times in this file have no time zone") as caught:
        choose(file, IMPORTERS, export.format).read(file, ReadOptions())
    assert caught.value.where == file.name
    assert "--timezone" in str(caught.value.hint)


Journals = Callable[[str], Path]


@dataclass(frozen=True)
class Once:
    """An export imported once: the journal as text, and its trades."""

    text: str
    trades: list[dict[str, object]]


Imported = Callable[[ExportFile], Once]


@pytest.fixture(scope="module", autouse=True)
def _same_clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNAL_NOW", "2026-11-26T12:00:00Z")
        yield


@pytest.fixture
def journals(journal_template: Path, tmp_path: Path) -> Journals:
    """Return what makes an empty journal of that name."""
    return lambda name: Path(shutil.copy(journal_template, tmp_path / f"{name}.db"))


@pytest.fixture(scope="module")
def once(journal_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """Return what imports an export once, for all tests that compare with it."""

    @cache
    def imported(export: ExportFile) -> Once:
        db = Path(shutil.copy(journal_template, tmp_path_factory.mktemp("once") / "once.db"))
        return Once(_exported(export, db, export.data), _traded(db))

    return imported


def _exported(export: ExportFile, db: Path, *datas: bytes) -> str:
    """Import these bytes one after the other, and return the journal as text."""
    for symbol in read_export(export).multiplier_needed:
        ran = run("instrument", "add", symbol, "--multiplier", "1", "--db", db)
        assert ran.code == 0, ran.err
    for number, data in enumerate(datas):
        path = db.with_name(f"{db.stem}-{number}{export.path.suffix}")
        path.write_bytes(data)
        ran = run("import", path, *export.command, "--skip-refused", "--db", db)
        assert ran.code == 0, ran.err
    return run("export", "--db", db).out


def _traded(db: Path) -> list[dict[str, object]]:
    """Return the trades of a journal without the numbers that only tell what was stored first."""
    trades = asked(db, "trades")
    return [{key: value for key, value in trade.items() if key != "trade"} for trade in trades]


def _joined(export: ExportFile, lines: list[bytes]) -> bytes:
    above, _, below = export.parts()
    return b"".join([*above, *lines, *below])


def _others(export: ExportFile) -> Iterator[tuple[str, list[bytes]]]:
    _, lines, _ = export.parts()
    third = len(lines) // 3 or 1
    yield "twice", [export.data, export.data]
    halves = [_joined(export, lines[: 2 * third]), _joined(export, lines[third:])]
    yield "overlapping", halves[::-1] if _is_newest_first(export) else halves
    yield "turned around", [_joined(export, lines[::-1])]
    yield "turned around after itself", [export.data, _joined(export, lines[::-1])]
    yield "shuffled after itself", [export.data, _shuffled(export)]


def _is_newest_first(export: ExportFile) -> bool:
    rows = read_export(export).rows
    return rows[0].number > rows[-1].number


def _shuffled(export: ExportFile) -> bytes:
    _, lines, _ = export.parts()
    random.Random(4).shuffle(lines)  # noqa: S311 - any order will do
    return _joined(export, lines)


@pytest.mark.parametrize("export", LINES, ids=str)
def test_the_same_lines_in_any_way_give_the_same_journal(
    export: ExportFile, journals: Journals, once: Imported
) -> None:
    for how, datas in _others(export):
        assert _exported(export, journals(how), *datas) == once(export).text, how


@pytest.mark.parametrize(
    "export", [each for each in LINES if each.settings.get("order") != "kept"], ids=str
)
def test_shuffled_lines_give_the_same_trades(
    export: ExportFile, journals: Journals, once: Imported
) -> None:
    shuffled = journals("shuffled")
    text = _exported(export, shuffled, _shuffled(export))
    assert sorted(text.splitlines()) == sorted(once(export).text.splitlines())
    assert _traded(shuffled) == once(export).trades


@pytest.mark.parametrize("export", LINES, ids=str)
def test_the_later_half_first_gives_the_same_trades(
    export: ExportFile, journals: Journals, once: Imported
) -> None:
    _, lines, _ = export.parts()
    third = len(lines) // 3 or 1
    later_first = journals("later first")
    halves = _joined(export, lines[third:]), _joined(export, lines[: 2 * third])
    _exported(export, later_first, *halves)
    assert _traded(later_first) == once(export).trades


@pytest.mark.parametrize("export", [each for each in EXPORTS if each not in LINES], ids=str)
def test_the_same_file_again_adds_nothing(
    export: ExportFile, journals: Journals, once: Imported
) -> None:
    assert _exported(export, journals("twice"), export.data, export.data) == once(export).text
