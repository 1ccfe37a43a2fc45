"""What an importer is, and how a file finds the one that reads it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile

SAMPLE_BYTES = 65_536

_JSON_MARK = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]', re.DOTALL)
_HINT = (
    "`journal import --formats` lists them; for any other table of fills: "
    "`journal import FILE --draft-map > my.toml`"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file as text, for telling formats apart; never its name.

    The text is whatever can be made of the bytes: only `read` insists on an encoding. Byte order
    marks are gone, also those that some venues print before every row or cell.
    """

    text: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes) -> Sample:
        """Return the sample of these first bytes."""
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = data.decode("utf-16" if utf16 else "utf-8", errors="replace").replace("\ufeff", "")
        return cls(text, tuple(text.splitlines()))

    def header(self, line: int = 0, delimiter: str = ",") -> list[str]:
        """Return the cells of a line, the first by default, without blanks around them."""
        return list(_cells(self.lines[line], delimiter)) if line < len(self.lines) else []

    def headers(self, lines: int = 6, delimiters: str = ",;") -> list[frozenset[str]]:
        """Return the cells of each of the first lines, by each delimiter: one may be the header."""
        return [
            frozenset(_cells(line, delimiter))
            for line in self.lines[:lines]
            for delimiter in delimiters
        ]

    def json_keys(self) -> frozenset[str]:
        """Return the keys of a JSON text's objects at any depth; empty if it is none.

        What lies in an object called `info` is passed over: there a library keeps the answer of
        the venue that it translated, whose keys would speak for another format.
        """
        if not self.text.lstrip().startswith(("{", "[")):
            return frozenset()
        return _keys(self.text)


# Every importer asks the same of one sample.
@lru_cache(maxsize=32)
def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return tuple(cell.strip() for cell in cells)


@lru_cache(maxsize=1)
def _keys(text: str) -> frozenset[str]:
    return frozenset(_each_key(text))


def _each_key(text: str) -> Iterator[str]:
    depth, hidden, last = 0, 0, ""
    for mark in _JSON_MARK.finditer(text):
        key = mark[1] if mark[2] else ""
        if mark[0] == "{":
            depth += 1
            hidden = hidden or (depth if last == "info" else 0)
        elif mark[0] == "}":
            hidden = 0 if depth == hidden else hidden
            depth -= 1
        elif key and not hidden:
            yield key
        last = key


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


def other_export(what: str, instead: str) -> Identified:
    """Return the answer for an export that holds no fills: what it is, and which to fetch."""
    return Identified(Recognition.OTHER_EXPORT, what, instead)


@dataclass(frozen=True, slots=True)
class OtherExport:
    """An export of a venue that holds no fills: the columns that tell it, and what is said of it.

    `instead` is one sentence for all venues: `export the NAME instead: MENU, MENU, BUTTON`.
    """

    telling: frozenset[str]
    what: str
    instead: str


def other_of(others: Iterable[OtherExport], *headers: Collection[str]) -> Identified:
    """Return which of these exports one of the headers is of, damaged or not."""
    for other in others:
        if any(mostly(other.telling, header) for header in headers):
            return other_export(other.what, other.instead)
    return NOT_MINE


def mostly(telling: Collection[str], header: Collection[str]) -> bool:
    """Whether more than half of the telling columns are there: enough for a damaged header."""
    return 2 * len(set(telling) & set(header)) > len(telling)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: `name` is what `--format` takes, `title` what people call it."""

    name: str
    title: str
    identify: Callable[[Sample], Identified]
    read: Callable[[SourceFile, ReadOptions], Reading]


def read_file(importer: Importer, file: SourceFile, options: ReadOptions) -> Reading:
    """Read a file; an error names the file, which importers leave out where they know the line."""
    try:
        return importer.read(file, options)
    except InputError as error:
        if error.where is None or not error.where.startswith(file.name):
            raise error.located(file.name) from error
        raise


def choose(
    file: SourceFile, importers: Sequence[Importer], format_name: str | None = None
) -> Importer:
    """Return the one importer for a file, or say why there is none or more than one."""
    if format_name is not None:
        importers = [_named(format_name, importers)]
    answers = _answers(file, importers)
    claims = _claims(answers)
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
    file.text(utf16=True)  # raises for an empty or binary file, which says more than what follows
    raise InputError(
        "the file is none of the known formats"
        if format_name is None
        else f"the file is not {importers[0].title}",
        where=file.name,
        hint=_HINT,
    )


def claimed_by(file: SourceFile, importers: Sequence[Importer]) -> list[Importer]:
    """Return the importers that say a file is theirs."""
    return _claims(_answers(file, importers))


def _answers(file: SourceFile, importers: Sequence[Importer]) -> list[tuple[Importer, Identified]]:
    sample = Sample.of(file.data[:SAMPLE_BYTES])
    return [(importer, importer.identify(sample)) for importer in importers]


def _claims(answers: Sequence[tuple[Importer, Identified]]) -> list[Importer]:
    return [importer for importer, answer in answers if answer.recognition is Recognition.MINE]


def _named(name: str, importers: Sequence[Importer]) -> Importer:
    for importer in importers:
        if importer.name == name:
            return importer
    raise InputError(
        f"there is no format {clip(name)!r}",
        hint="`journal import --formats` lists them",
    )
