"""The formats that files can have, and a map for a file that has none of them."""

from __future__ import annotations

from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.importers.archives import unpacked
from journal.importers.importer import claimed_by
from journal.importers.mapped.draft import draft
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `name` is what `--format` takes, `title` what people call it."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A map's TOML; `known_as` names the formats that claim the file, which then needs no map."""

    text: str
    known_as: list[str]


def formats() -> list[Format]:
    """Return every format that a file is recognised as."""
    return [Format(each.name, each.title) for each in IMPORTERS]


def draft_map(source: SourceFile) -> Draft:
    """Return a map to begin with for a file."""
    files = unpacked(source)
    if len(files) > 1:
        raise InputError(
            "a map is for one table, and the file holds "
            + ", ".join(file.name.removeprefix(source.name) for file in files),
            where=source.name,
            hint="unpack it, or save the sheet with the fills as CSV",
        )
    return Draft(draft(files[0]), [each.title for each in claimed_by(files[0], IMPORTERS)])
