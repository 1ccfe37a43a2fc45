"""What a user says of a table: its columns, clock, words, signs. It checks itself when made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.fill import Liquidity, Side
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.money import clip
from journal.domain.plan import Direction
from journal.importers.mapped.clock import PrintedTimes
from journal.importers.zones import zone_of

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


class SymbolKind(StrEnum):
    """How the table names instruments."""

    AS_WRITTEN = "as written"
    PAIR = "pair"
    PERPETUAL = "perpetual"


class FeeSign(StrEnum):
    """Which sign a fee that was paid has; the other one is a rebate."""

    COST = "cost"
    NEGATIVE_IS_COST = "negative is cost"


class AmountIs(StrEnum):
    """Whether the amount of money is quantity times price, or what the balance changed by."""

    GROSS = "gross"
    NET = "net"


class LineEnd(StrEnum):
    """Whether the last line has an end, without which a cut last cell cannot be noticed."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Columns:
    """The titles of the columns. `time` are one or two of them: a date and a clock.

    Fees of several columns are added up; one that is empty beside others adds nothing. Only
    `closes` may be the column of sides, where short sales and covers have words of their own.
    """

    time: tuple[str, ...]
    symbol: str
    quantity: str
    price: str
    side: str | None = None
    amount: str | None = None
    fee: tuple[str, ...] = ()
    fee_currency: str | None = None
    id: str | None = None
    order: str | None = None
    account: str | None = None
    liquidity: str | None = None
    position: str | None = None
    closes: str | None = None

    def all(self) -> list[str]:
        """Return every title that is named."""
        found: list[str] = []
        for name in self.__slots__:
            value = getattr(self, name)
            found += [value] if isinstance(value, str) else value or ()
        return found


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of four columns mean, in any case; a word that is not listed is refused."""

    side: Mapping[str, Side]
    liquidity: Mapping[str, Liquidity]
    position: Mapping[str, Direction | None]
    closes: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the file is printed. With a `header` its titles must be these, in this order.

    A row that begins with a word of `footer` and has no time is counted as a footer.
    """

    delimiter: str | None = None
    header: tuple[str, ...] = ()
    decimal: str = "."
    footer: tuple[str, ...] = ()
    line_end: LineEnd = LineEnd.REQUIRED


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map. `ignore` says by column which words make a row no fill, and of what kind."""

    name: str
    columns: Columns
    times: PrintedTimes
    words: Words
    symbol_kind: SymbolKind
    zone: str | None = None
    shape: Shape = field(default_factory=Shape)
    amount_is: AmountIs | None = None
    fee_sign: FeeSign | None = None
    fee_currency: str | None = None
    symbols: Mapping[str, str] = field(default_factory=dict)
    ignore: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    instruments: Mapping[str, InstrumentTerms] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InputError(
                f"`name` is {clip(self.name)!r}, which cannot name a format",
                hint="lower-case letters, digits and dashes, e.g. my-broker",
            )
        self._check_columns()
        self._check_money()
        if self.zone is not None:
            zone_of(self.zone)

    def titles(self) -> list[str]:
        """Return every column that is read, each once."""
        return list(dict.fromkeys([*self.columns.all(), *self.ignore]))

    def _check_columns(self) -> None:
        said = Counter(self.columns.all())
        if self.columns.closes == self.columns.side:
            said.subtract([self.columns.side or ""])
        for title, count in said.items():
            if count > 1:
                raise InputError(
                    f"`columns` names {clip(title)!r} {count} times",
                    hint="each column says one thing; leave out what the file does not tell",
                )
        if self.shape.header:
            for title in self.titles():
                if title not in self.shape.header:
                    raise InputError(
                        f"the column {clip(title)!r} is not in `file.header`",
                        hint="write it as the header does, blanks and capitals included",
                    )
        for title, words in self.ignore.items():
            both = self.words.side.keys() & {word.casefold() for word in words}
            if title == self.columns.side and both:
                raise InputError(
                    f"the word {clip(min(both))!r} is in `side` and in `ignore`",
                    hint="a row is a fill or none; leave the word in one of them",
                )

    def _check_money(self) -> None:
        for missing, what, hint in self._unsaid():
            if missing:
                raise InputError(what, hint=hint)
        inverse = [name for name, terms in self.instruments.items() if terms.kind is Kind.INVERSE]
        if inverse and self.columns.amount:
            raise InputError(
                f"`columns.amount` cannot be checked where {inverse[0]} is inverse",
                hint="leave amount out: of inverse contracts it is another currency",
            )

    def _unsaid(self) -> Iterator[tuple[bool, str, str]]:
        columns = self.columns
        yield (
            columns.amount is not None and self.amount_is is None,
            "`amount.is` is missing: with fees or without",
            'write is = "net" if fees are in it, is = "gross" if it is quantity times price',
        )
        yield (
            bool(columns.fee) and self.fee_sign is None,
            "`fee.sign` is missing: which sign a fee has that was paid",
            'write sign = "cost" if it is printed as 1.50, "negative is cost" if as -1.50',
        )
        yield (
            bool(columns.fee) and not (columns.fee_currency or self.fee_currency),
            "`fee.currency` is missing: what fees are paid in",
            'write e.g. currency = "USD", or currency = "quote" for what a pair is quoted in',
        )
        yield (
            columns.fee_currency is not None and self.fee_currency is not None,
            "the fees have two currencies: `columns.fee_currency` and `fee.currency`",
            "leave one of them out",
        )
