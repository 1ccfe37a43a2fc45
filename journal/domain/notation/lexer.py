"""The lines of a journal text: blocks by indentation, tokens, comments, quotes and escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from journal.domain.errors import InputError

MAX_LINE = 64 * 1024
# A text with every character escaped, beside the longest header, still fits on a line.
MAX_TEXT = 16 * 1024

_REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REFUSED_IN_QUOTES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TOKEN = re.compile(
    r"\s*+(?:"
    r'"((?:[^"\\\t]++|\\["\\n])*+)"(?=\s|$)'
    r"|(;.*)"
    r'|([^\s"]++)(?=\s|$)'
    r")?"
)
_ESCAPE = re.compile(r'\\(["\\n])')
_BARE = re.compile(r'[^\s"#;]++')
_KEYWORDS_AS_NAMES = frozenset({"account", "recorded"})
_ECHO_LIMIT = 100


class Line(NamedTuple):
    """One line and where it stands."""

    number: int
    text: str


@dataclass(slots=True)
class Block:
    """A directive: its header line and the indented lines below it."""

    header: Line
    details: list[Line]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A token that stood in quotes, so that it is never taken for a keyword."""

    text: str


Token = str | Quoted


def blocks(text: str) -> Iterator[Block]:
    """Cut a text into directives; blank lines and comment lines belong to nobody.

    Indented lines before any directive come as a block whose header is indented.
    """
    block: Block | None = None
    for number, line in enumerate(_unix(text).split("\n"), start=1):
        start = line.lstrip()[:1]
        if not start or start == ";":
            continue
        if block is not None and line[0].isspace():
            block.details.append(Line(number, line))
            continue
        if block is not None:
            yield block
        block = Block(Line(number, line), [])
    if block is not None:
        yield block


def _unix(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n") if "\r" in text else text


def tokens(text: str) -> list[Token]:
    """Return the words and quoted texts of a line, without its comment."""
    _check_line(text)
    if '"' not in text and ";" not in text:
        return [*text.split()]
    found: list[Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.lastindex is None:
            raise _unreadable(text, position if match is None else match.end())
        quoted, comment, word = match.groups()
        if comment is not None:
            break
        found.append(word if quoted is None else Quoted(_unescaped(quoted)))
        position = match.end()
    return found


def _check_line(text: str) -> None:
    if len(text) > MAX_LINE:
        raise InputError(
            f"the line has {len(text)} characters", hint=f"at most {MAX_LINE} fit on one line"
        )
    if not text.isprintable() and (match := _REFUSED.search(text)):
        raise _refused(match[0])


def _refused(character: str) -> InputError:
    kind = "surrogate" if "\ud800" <= character <= "\udfff" else "control character"
    return InputError(
        f"{kind} U+{ord(character):04X} is not allowed",
        hint='delete it; a line break inside quotes is written "\\n"',
    )


def _unescaped(quoted: str) -> str:
    text = quoted
    if "\\" in quoted:
        text = _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], quoted)
    if len(text) > MAX_TEXT:
        raise _too_long(text)
    return text


def _too_long(text: str) -> InputError:
    return InputError(
        f"the text in quotes has {len(text)} characters", hint=f"at most {MAX_TEXT} are kept"
    )


def _unreadable(text: str, position: int) -> InputError:
    """Say why no token could be read at this position."""
    if text[position] != '"':
        return InputError(
            "a quote stands inside a word", hint='put a blank before it: note BTC-USDT "text"'
        )
    escape = re.compile(r'"(?:[^"\\]++|\\["\\n])*+').match(text, position)
    stopped = escape.end() if escape else len(text)
    if "\t" in text[position:stopped]:
        return InputError("a tab stands inside quotes", hint="write blanks instead")
    if stopped == len(text):
        return InputError("a quote is not closed", hint='end the text with "')
    if text[stopped] == "\\":
        return InputError(
            f"there is no escape `{text[stopped : stopped + 2]}`",
            hint='inside quotes write \\" for a quote, \\\\ for a backslash, \\n for a line break',
        )
    return InputError("a word follows a closing quote directly", hint="put a blank between them")


def quoted(text: str) -> str:
    """Return a text in quotes, escaped; what a journal cannot hold is refused."""
    if match := _REFUSED_IN_QUOTES.search(text):
        raise _refused(match[0])
    if len(text) > MAX_TEXT:
        raise _too_long(text)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def name_text(name: str) -> str:
    """Return a name or an id as one token, in quotes only where it would be misread."""
    if name.isprintable() and name not in _KEYWORDS_AS_NAMES and _BARE.fullmatch(name):
        return name
    return quoted(name)


def located(error: InputError, line: Line) -> InputError:
    """Return the error with its line's number and text, unless it already has a place."""
    if error.where is not None:
        return error
    echo = "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}"
        for character in line.text.strip()[: _ECHO_LIMIT + 1]
    )
    if len(echo) > _ECHO_LIMIT:
        echo = echo[: _ECHO_LIMIT - 1] + "…"
    hint = f"in `{echo}`: {error.hint}" if error.hint else f"in `{echo}`"
    return InputError(error.what, where=f"line {line.number}", hint=hint)
