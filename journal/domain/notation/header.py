"""A directive's first line: `TIME keyword ... [account NAME] [recorded TIME]  [#tags]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.event import Event, FactKind
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.domain.notation.details import with_example
from journal.domain.notation.lexer import Token, name_text, tokens
from journal.domain.notation.words import Words, suggestion

KINDS: Mapping[str, FactKind] = {kind.value: kind for kind in FactKind}

EXAMPLES: Mapping[FactKind, str] = {
    FactKind.ACCOUNT: "account main",
    FactKind.INSTRUMENT: "instrument ES-2026-03",
    FactKind.POLICY: "policy",
    FactKind.PLAN: "plan BTC-USDT long",
    FactKind.AMEND: 'amend BTC-USDT "reason"',
    FactKind.CANCEL: 'cancel BTC-USDT "reason"',
    FactKind.FILL: "fill BTC-USDT buy 3 @ 100 fee 0.3 USDT",
    FactKind.STOP: "stop BTC-USDT 98.2",
    FactKind.SKIP: 'skip BTC-USDT tranche 3 "reason"',
    FactKind.NOTE: 'note BTC-USDT "text"',
    FactKind.PRICE: "price BTC-USDT 101.2",
    FactKind.FUNDING: "funding BTC-USDT-SWAP -1.2 USDT",
    FactKind.OPENING: "opening BTC-USDT 3 @ 100",
    FactKind.WAIVE: 'waive VIOLATION "reason"',
    FactKind.REVIEW: "review 2026-W47",
    FactKind.VOID: 'void fill 3 "reason"',
}

_EXAMPLE_TIME = "2026-01-05T14:30Z"
_OPTION_EXAMPLES = {"account": "main", "recorded": _EXAMPLE_TIME}
_TAG = re.compile(r"#[A-Za-z0-9_-]+", re.ASCII)

T = TypeVar("T")


class Header(NamedTuple):
    """What every directive says first, and the words that are its own."""

    at: Moment
    kind: FactKind
    account: str | None
    recorded: Moment | None
    tags: tuple[str, ...]
    words: Words


def read_header(text: str, now: Moment | None, zone: ZoneInfo | None) -> Header:
    """Read a header; `now` is the time of a directive that gives none."""
    found = tokens(text)
    tags: tuple[str, ...] = ()
    if "#" in text:
        found, tags = _without_tags(found)
    words = Words(found)
    if words.starts_with_number():
        at = words.moment("time", zone)
    elif now is not None:
        at = now
    else:
        raise _no_time(words)
    keyword = words.take("directive")
    kind = KINDS.get(keyword)
    if kind is None:
        raise InputError(
            f"there is no directive {clip(keyword)!r}", hint=suggestion(keyword, KINDS)
        )
    # A directive's first word is a name, whatever it says; only a policy has none.
    own = 0 if kind is FactKind.POLICY else 1
    account = None
    if kind is not FactKind.ACCOUNT:
        account = _option(words, "account", own, lambda left: left.name("account"))
    recorded = _option(words, "recorded", own, lambda left: left.moment("time recorded", zone))
    return Header(at, kind, account, recorded, tags, words)


def _without_tags(found: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    tags = [token for token in found if isinstance(token, str) and token[0] == "#"]
    for tag in tags:
        if not _TAG.fullmatch(tag):
            raise InputError(
                f"{clip(tag)!r} is not a tag",
                hint="letters, digits, - and _ after the #; quote an id that starts with #",
            )
    rest = [token for token in found if not (isinstance(token, str) and token[0] == "#")]
    return rest, tuple(tag[1:] for tag in tags)


def _no_time(words: Words) -> InputError:
    word = words.peek() or ""
    kind = KINDS.get(word)
    if kind is not None:
        return InputError(
            f"the time before `{kind}` is missing",
            hint=f"write it like `{_EXAMPLE_TIME} {EXAMPLES[kind]}`",
        )
    return InputError(
        f"expected a time, not {clip(word)!r}" if word else "expected a time",
        hint=f"a directive is written like `{_EXAMPLE_TIME} {EXAMPLES[FactKind.FILL]}`",
    )


def _option(words: Words, keyword: str, own: int, read: Callable[[Words], T]) -> T | None:
    """Take `keyword VALUE` from anywhere behind the directive's own first words."""
    left = words.left
    if keyword not in left:
        return None
    behind = left[: len(left) - own]
    if keyword not in behind:
        return None
    if behind.count(keyword) > 1:
        raise InputError(f"`{keyword}` is given twice", hint="keep one of them")
    index = behind.index(keyword)
    # Words are kept last to first, so what follows the keyword stands before it.
    rest = Words(left[:index][::-1])
    try:
        value = read(rest)
    except InputError as error:
        raise with_example(error, f"{keyword} {_OPTION_EXAMPLES[keyword]}") from error
    words.left = rest.left + left[index + 1 :]
    return value


def write_header(event: Event, arguments: str) -> str:
    """Write a directive's first line around its own arguments."""
    text = f"{event.at} {event.kind}"
    if arguments:
        text += f" {arguments}"
    if event.account is not None:
        text += f" account {name_text(event.account)}"
    if event.recorded is not None:
        text += f" recorded {event.recorded}"
    if event.tags:
        text += "  " + " ".join(f"#{tag}" for tag in event.tags)
    return text
