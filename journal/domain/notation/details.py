"""The indented lines of a directive: each a keyword and its values, most of them given once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.domain.notation.lexer import Line, located
from journal.domain.notation.words import Words, suggestion

# Values start in one column, so that a line's layout does not depend on its neighbours.
KEYWORD_WIDTH = 12

C = TypeVar("C")


class Detail(NamedTuple, Generic[C]):
    """How a keyword is read: a function giving the field and its value, and an example.

    The values of the field `collected` may repeat and come as a list; its None stands alone.
    """

    read: Callable[[Words, C], tuple[str, object]]
    example: str
    collected: str | None = None


def read_details(
    lines: Sequence[Line], details: Mapping[str, Detail[C]], context: C
) -> dict[str, Any]:
    """Return field to value, or field to list of values; a second value is refused."""
    found: dict[str, Any] = {}
    first: dict[str, int] = {}
    for line in lines:
        try:
            words = Words.of(line.text)
            keyword = words.take("keyword")
            detail = _known(keyword, details)
            field, value = _read(detail, words, context)
            if field == detail.collected and value is not None and found.get(field, ()) is not None:
                found.setdefault(field, []).append(value)
            else:
                _check_new(field, keyword, first)
                found[field] = value
            first.setdefault(field, line.number)
        except InputError as error:
            raise located(error, line) from error
    return found


def _check_new(field: str, keyword: str, first: Mapping[str, int]) -> None:
    if field in first:
        raise InputError(
            f"`{keyword}` was already given on line {first[field]}",
            hint="keep one of the two lines",
        )


def _known(keyword: str, details: Mapping[str, Detail[C]]) -> Detail[C]:
    detail = details.get(keyword)
    if detail is None:
        raise InputError(
            f"there is no detail {clip(keyword)!r} here", hint=suggestion(keyword, details)
        )
    return detail


def _read(detail: Detail[C], words: Words, context: C) -> tuple[str, object]:
    try:
        found = detail.read(words, context)
        words.end()
    except InputError as error:
        raise with_example(error, detail.example) from error
    return found


def with_example(error: InputError, example: str) -> InputError:
    """Return an error that says what to do: its own hint, else the form expected."""
    if error.hint is not None:
        return error
    return InputError(error.what, where=error.where, hint=f"write it like `{example}`")


def detail_lines(details: Iterable[tuple[str, str]]) -> list[str]:
    """Lay out keywords and values, indented and aligned."""
    return [f"  {keyword:<{KEYWORD_WIDTH}} {value}".rstrip() for keyword, value in details]
