"""What an importer is, and how a file finds the one that reads it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile

SAMPLE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file, for telling formats apart; never its name."""

    data: bytes

    @property
    def text(self) -> str:
        """Return the beginning as text, whatever it takes: only `read` insists on an encoding."""
        utf16 = self.data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = self.data.decode("utf-16" if utf16 else "utf-8", errors="replace")
        return text.removeprefix("\ufeff")

    def header(self) -> list[str]:
        """Return the cells of the first line of comma-separated text."""
        return next(csv.reader(self.text.splitlines()[:1]), [])


class Recognition(StrEnum):
    """What an importer says of a file it is shown."""

    MINE = "mine"
    OTHER_EXPORT = "other export"
    NOT_MINE = "not mine"


@dataclass(frozen=True, slots=True)
class Identified:
    """An importer's answer. For another export of its venue, `what` it is and which to fetch."""

    recognition: Recognition
    what: str = ""
    instead: str = ""


MINE = Identified(Recognition.MINE)
NOT_MINE = Identified(Recognition.NOT_MINE)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: `name` is what `--format` takes, `title` what people call it."""

    name: str
    title: str
    identify: Callable[[Sample], Identified]
    read: Callable[[SourceFile, ReadOptions], Reading]


def choose(
    file: SourceFile, importers: Sequence[Importer], format_name: str | None = None
) -> Importer:
    """Return the one importer for a file, or say why there is none or more than one."""
    if format_name is not None:
        importers = [_named(format_name, importers)]
    sample = Sample(file.data[:SAMPLE_BYTES])
    answers = [(importer, importer.identify(sample)) for importer in importers]
    claims = [importer for importer, answer in answers if answer.recognition is Recognition.MINE]
    if len(claims) == 1:
        return claims[0]
    if claims:
        raise InputError(
            "the file could be " + " or ".join(importer.title for importer in claims),
            where=file.name,
            hint="choose with " + " or ".join(f"`--format {claim.name}`" for claim in claims),
        )
    for _, answer in answers:
        if answer.recognition is Recognition.OTHER_EXPORT:
            raise InputError(answer.what, where=file.name, hint=answer.instead)
    file.text()  # raises for an empty or binary file, which says more than the line below
    raise InputError(
        "the file is none of the known formats"
        if format_name is None
        else f"the file is not {importers[0].title}",
        where=file.name,
        hint="known: " + ", ".join(f"{known.name} ({known.title})" for known in importers),
    )


def _named(name: str, importers: Sequence[Importer]) -> Importer:
    for importer in importers:
        if importer.name == name:
            return importer
    raise InputError(
        f"there is no format {clip(name)!r}",
        hint="formats: " + ", ".join(importer.name for importer in importers),
    )
