"""Reading one line word by word: names, numbers with glued units, times, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.domain.money import EXACT, canonical, clip, parse_number
from journal.domain.notation.lexer import Quoted, Token, tokens

MAX_NAME = 256

# `0.3usdt`, `50%@110`, `3@100`; an exponent is no unit: `1e400` stays whole and is refused.
_GLUED = re.compile(r"([+-]?[\d.]+)((?![eE][+-]?\d+$)[A-Za-z%@].*)", re.ASCII)
_NUMERIC = re.compile(r"[+-]?\.?\d.*", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_CURRENCY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", re.ASCII)
_DATE_LENGTH = 10

T = TypeVar("T")


class Words:
    """What is left of a line; each method takes the next words or says what it expected."""

    __slots__ = ("left",)

    def __init__(self, found: list[Token]) -> None:
        found.reverse()
        self.left = found

    @classmethod
    def of(cls, text: str) -> Words:
        """Return the words of a line."""
        return cls(tokens(text))

    def __bool__(self) -> bool:
        return bool(self.left)

    def peek(self) -> str | None:
        """Return the next word; None at the end and before a quoted text."""
        token = self.left[-1] if self.left else None
        return token if isinstance(token, str) else None

    def take(self, what: str) -> str:
        """Take one bare word."""
        if not self.left:
            raise InputError(f"the {what} is missing")
        token = self.left.pop()
        if isinstance(token, Quoted):
            raise InputError(f"expected the {what}, not a text in quotes")
        return token

    def accept(self, word: str) -> bool:
        """Take the next word if it is this one."""
        if self.left and self.left[-1] == word:
            self.left.pop()
            return True
        return False

    def expect(self, word: str) -> None:
        """Take exactly this word."""
        if not self.accept(word):
            raise InputError(f"expected `{word}`, not {self._next()}")

    def end(self) -> None:
        """Refuse anything more on the line."""
        if self.left:
            word = self.peek() or ""
            hint = "tags stand on a directive's first line" if word.startswith("#") else None
            raise InputError(f"{self._next()} is not expected here", hint=hint)

    def name(self, what: str) -> str:
        """Take a name or an id, bare or in quotes."""
        if not self.left:
            raise InputError(f"the {what} is missing")
        token = self.left.pop()
        name = token if isinstance(token, str) else token.text
        if len(name) > MAX_NAME:
            raise InputError(f"the {what} has {len(name)} characters, more than {MAX_NAME}")
        return name

    def text(self, what: str) -> str:
        """Take a text in quotes."""
        if not self.left:
            raise InputError(f"the {what} is missing")
        token = self.left[-1]
        if not isinstance(token, Quoted):
            raise InputError(f"expected the {what} in quotes, not {self._next()}")
        self.left.pop()
        return token.text

    def optional_text(self) -> str | None:
        """Take a text in quotes if one stands here."""
        token = self.left[-1] if self.left else None
        if not isinstance(token, Quoted):
            return None
        self.left.pop()
        return token.text

    def number(self, what: str) -> Decimal:
        """Take a number; a unit or `@` glued to it stays for the next reader."""
        word = self.take(what)
        if match := _GLUED.fullmatch(word):
            self.left.append(match[2])
            word = match[1]
        return parse_number(word, what)

    def unit(self, *following: str) -> str | None:
        """Take what stands between a number and `@`, the end or one of the following words."""
        word = self.peek()
        if word is None or word[0] == "@" or word in following:
            return None
        self.left.pop()
        unit, at, rest = word.partition("@")
        if at:
            self.left.append(at + rest)
        return unit

    def at_price(self, what: str) -> Decimal:
        """Take `@ PRICE`, glued or not."""
        word = self.peek()
        if word is None or word[0] != "@":
            if not self.left:
                raise InputError(f"`@` and the {what} are missing")
            raise InputError(f"expected `@` before the {what}, not {self._next()}")
        self.left.pop()
        if word != "@":
            self.left.append(word[1:])
        return parse_number(self.take(what), what)

    def percent(self, what: str) -> Decimal:
        """Take `3%` as the fraction 0.03."""
        number = self.number(what)
        if self.unit() != "%":
            raise InputError(f"the {what} needs a percent sign", hint=f"write {canonical(number)}%")
        return EXACT.scaleb(number, -2)

    def whole(self, what: str) -> int:
        """Take a whole number such as the number of a tranche."""
        word = self.take(what)
        if not _WHOLE.fullmatch(word):
            raise InputError(f"{what} {clip(word)!r} is not a whole number")
        return int(word)

    def choice(self, choices: Mapping[str, T], what: str) -> T:
        """Take one of a few words."""
        word = self.take(what)
        chosen = choices.get(word)
        if chosen is None:
            raise InputError(
                f"{what} {clip(word)!r} is not known", hint=f"write {_one_of(choices)}"
            )
        return chosen

    def currency(self, what: str) -> str:
        """Take a currency; it is kept in capitals."""
        word = self.take(what)
        if not _CURRENCY.fullmatch(word):
            raise InputError(f"{what} {clip(word)!r} is not a currency", hint="e.g. USDT")
        return word.upper()

    def moment(self, what: str, zone: ZoneInfo | None) -> Moment:
        """Take a time: one word, or a date and a clock time."""
        word = self.take(what)
        clock = self.peek()
        if len(word) == _DATE_LENGTH and clock is not None and clock[0].isdigit() and ":" in clock:
            self.left.pop()
            word = f"{word} {clock}"
        return Moment.parse(word, zone)

    def starts_with_number(self) -> bool:
        """Tell whether the next word is a number, perhaps with something glued to it."""
        word = self.peek()
        return word is not None and _NUMERIC.fullmatch(word) is not None

    def _next(self) -> str:
        if not self.left:
            return "the end of the line"
        token = self.left[-1]
        return repr(clip(token)) if isinstance(token, str) else "a text in quotes"


def _one_of(choices: Iterable[str]) -> str:
    *others, last = choices
    return f"{', '.join(others)} or {last}"


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return a hint for a word that is none of the choices."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, needed for errors only

    known = list(choices)
    near = get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}"
