"""What an API answered, saved as a file: JSON whose objects are fills, wherever they lie in it.

Numbers are kept as they are written, so that a price is never a float.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journal.domain.errors import InputError
from journal.importers.importer import mostly
from journal.importers.source import SourceFile

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class JsonRow:
    """One object of the file; `number` counts the objects from 1, `raw` is its compact text."""

    number: int
    raw: str
    fields: Mapping[str, Any]

    def __getitem__(self, name: str) -> str:
        """Return a text, number or yes/no as text; a field that is missing or null is empty."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str):
            raise InputError(f"{name} is not a single value")
        return value.strip()

    def require(self, names: Iterable[str]) -> None:
        """Refuse an object that lacks a field the venue always sends: null and empty are there."""
        lacking = [name for name in names if name not in self.fields]
        if lacking:
            raise InputError(f"the answer lacks {', '.join(lacking)}")

    def inner(self, name: str) -> JsonRow:
        """Return an object inside this one; a missing one is empty."""
        value = self.fields.get(name)
        if value is None or value == "":
            return JsonRow(self.number, self.raw, {})
        if not isinstance(value, Mapping):
            raise InputError(f"{name} is not an object")
        return JsonRow(self.number, self.raw, value)

    def each(self, name: str) -> list[JsonRow]:
        """Return the objects of a list inside this one."""
        value = self.fields.get(name) or []
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise InputError(f"{name} is not a list")
        return [JsonRow(self.number, self.raw, one) for one in value if isinstance(one, Mapping)]


def load_json(file: SourceFile) -> object:
    """Return what a JSON text says, its numbers as they are written."""
    try:
        # "NaN" and its like are no JSON, though this parser would take them.
        return json.loads(file.text(), parse_float=str, parse_int=str, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"the file is not sound JSON: {error}",
            where=file.name,
            hint="the file was cut or changed; nothing is imported, fetch it again",
        ) from error


def read_json(file: SourceFile, telling: frozenset[str]) -> Iterator[JsonRow]:
    """Yield the objects that have most of the telling fields, in the order of the file.

    Objects that stand in a list beside such ones are yielded as well: they may be damaged.
    """
    for number, found in enumerate(_objects(load_json(file), telling, 0), start=1):
        raw = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        yield JsonRow(number, raw, found)


def _no_number(word: str) -> str:
    msg = f"{word} is not a number"
    raise ValueError(msg)


def _objects(
    content: object, telling: frozenset[str], depth: int
) -> Iterator[Mapping[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, Mapping):
        if mostly(telling, content):
            yield content
            return
        for inner in content.values():
            yield from _objects(inner, telling, depth + 1)
    elif isinstance(content, list):
        rows = [isinstance(one, Mapping) and mostly(telling, one) for one in content]
        for one in content:
            if any(rows) and isinstance(one, Mapping):
                yield one
            else:
                yield from _objects(one, telling, depth + 1)
