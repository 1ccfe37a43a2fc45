"""One table of a TOML text, read key by key: what is unknown or of another type is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from journal.domain.errors import InputError
from journal.domain.money import clip, parse_number

Choice = TypeVar("Choice", bound=StrEnum)


class Section:
    """The keys of a table; `done` refuses those that nobody asked for."""

    def __init__(self, content: Mapping[str, object], path: str = "") -> None:
        self._content = content
        self._path = path
        self._asked: list[str] = []

    def named(self, key: str) -> str:
        """Return the key with the tables it lies in, as an error names it."""
        return f"`{self._path}.{key}`" if self._path else f"`{key}`"

    def words(self) -> list[str]:
        """Return the keys that stand there: for tables whose keys are the user's own words."""
        return list(self._content)

    def section(self, key: str) -> Section:
        """Return a table inside this one; a missing one is empty."""
        value = self._get(key)
        if value is None:
            value = {}
        if not isinstance(value, Mapping):
            raise self._wrong(key, value, "a table", f"begin a line with [{self._inner(key)}]")
        return Section(value, self._inner(key))

    def optional(self, key: str, example: str) -> str | None:
        """Return a text, None where it is left out."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, value, "a text", f'write e.g. {key} = "{example}"')
        return value

    def required(self, key: str, example: str) -> str:
        """Return a text that must be there."""
        value = self.optional(key, example)
        if value is None:
            raise self.missing(key, f'write e.g. {key} = "{example}"')
        return value

    def several(self, key: str, example: str) -> tuple[str, ...]:
        """Return a text or a list of texts; none where it is left out."""
        value = self._get(key)
        texts = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(one, str) for one in texts):
            raise self._wrong(
                key, value, "a text or a list of texts", f'write e.g. {key} = ["{example}"]'
            )
        return tuple(texts)

    def choice(self, key: str, options: type[Choice]) -> Choice | None:
        """Return one of some words, None where it is left out."""
        value = self._get(key)
        if value is None:
            return None
        if value not in set(options):
            raise self._wrong(key, value, "one of its words", "write " + _any_of(options))
        return options(str(value))

    def number(self, key: str) -> Decimal | None:
        """Return a number, None where it is left out; with a point it is written in quotes."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise self._wrong(key, value, "an exact number", f'write it in quotes: {key} = "0.01"')
        return parse_number(str(value), self.named(key))

    def missing(self, key: str, hint: str) -> InputError:
        """Return the refusal of a map without this key."""
        return InputError(f"{self.named(key)} is missing", hint=hint)

    def done(self) -> None:
        """Refuse keys that were not asked for."""
        from difflib import get_close_matches  # noqa: PLC0415 - slow to import, for errors only

        for key in self._content:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                raise InputError(
                    f"there is no {self.named(key)} in a map",
                    hint=f"did you mean {near[0]}?"
                    if near
                    else "here are: " + ", ".join(self._asked),
                )

    def _get(self, key: str) -> object:
        self._asked.append(key)
        return self._content.get(key)

    def _inner(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _wrong(self, key: str, value: object, expected: str, hint: str) -> InputError:
        said = "empty" if value == "" else clip(str(value))
        return InputError(f"{self.named(key)} is {said}, not {expected}", hint=hint)


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(f'"{word}"' for word in words)
