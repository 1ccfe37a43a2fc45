"""Exactly one importer claims a file, whatever was done to it, and all others refuse it."""

from __future__ import annotations

import pytest
from damage import damaged
from export_files import ExportFile, all_exports

from journal.domain.errors import InputError
from journal.importers.archives import unpacked
from journal.importers.importer import choose, claimed_by
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

EXPORTS = all_exports()
_CLAIMED = [export for export in EXPORTS if export.map is None]


def _claims(export: ExportFile, data: bytes) -> list[str]:
    """Return the formats that claim these bytes; none where they cannot even be unpacked."""
    try:
        (file,) = unpacked(SourceFile(export.path.name, data))
    except InputError:
        return []
    return [importer.name for importer in claimed_by(file, IMPORTERS)]


@pytest.mark.parametrize("export", _CLAIMED, ids=str)
def test_an_export_is_claimed_by_its_format_alone(export: ExportFile) -> None:
    assert _claims(export, export.data) == [export.format]


@pytest.mark.parametrize("export", _CLAIMED, ids=str)
def test_no_damaged_copy_is_claimed_by_another_format(export: ExportFile) -> None:
    for kind, data in damaged(export):
        assert _claims(export, data) in ([], [export.format]), kind


@pytest.mark.parametrize("export", [each for each in EXPORTS if each.map], ids=str)
def test_no_format_claims_what_only_a_map_can_read(export: ExportFile) -> None:
    for kind, data in (("whole", export.data), *damaged(export)):
        assert not _claims(export, data), kind


@pytest.mark.parametrize("export", _CLAIMED, ids=str)
def test_every_other_format_refuses_it_with_a_sentence(export: ExportFile) -> None:
    (file,) = unpacked(SourceFile(export.path.name, export.data))
    for importer in IMPORTERS:
        if importer.name == export.format:
            continue
        with pytest.raises(InputError) as caught:
            choose(file, IMPORTERS, importer.name)
        assert caught.value.what
        assert caught.value.where == file.name
        assert caught.value.hint, importer.name


def test_formats_stand_in_the_order_of_their_names() -> None:
    names = [importer.name for importer in IMPORTERS]
    assert names == sorted(set(names))
