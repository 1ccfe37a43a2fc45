"""Random events of every kind, as nasty as a journal may hold them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from journal.domain.days import days_between, month_named, quarter_named, week_from
from journal.domain.event import (
    AccountEntry,
    Amendment,
    Body,
    Cancellation,
    Event,
    FactKind,
    Funding,
    InstrumentEntry,
    KnownPrice,
    Note,
    Opening,
    PlanEntry,
    PlanName,
    PolicyEntry,
    RiskBudget,
    Skip,
    StopEvent,
    Void,
    Waiver,
)
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.domain.instrument import Instrument, InstrumentTerms, Kind
from journal.domain.moment import Moment, Precision
from journal.domain.money import EXACT
from journal.domain.plan import (
    Direction,
    EntryTranche,
    ExitTranche,
    Margin,
    PlanTerms,
    Size,
    SizeUnit,
)
from journal.domain.review import Kept, ReviewEntry

INSTRUMENTS = {
    instrument.symbol: instrument
    for instrument in (
        Instrument("BTC-USDT", Kind.SPOT, "BTC", "USDT"),
        Instrument("1INCH-USDT", Kind.SPOT, "1INCH", "USDT"),
        Instrument("BTC-USDT-SWAP", Kind.LINEAR, "BTC", "USDT"),
        Instrument("ES-2026-03", Kind.LINEAR, "ES", "USD", Decimal(50)),
        Instrument("XBTUSD", Kind.INVERSE, "XBT", "USD", Decimal(1)),
        Instrument("AAPL", Kind.LINEAR, "AAPL", "EUR", Decimal(1)),
    )
}
NAMED_PLANS = {"P12": "BTC-USDT", "my plan": "BTC-USDT-SWAP", "account": "ES-2026-03"}

PRECISION_STEPS = {
    Precision.MINUTE: 60_000_000,
    Precision.SECOND: 1_000_000,
    Precision.MILLISECOND: 1000,
    Precision.MICROSECOND: 1,
}

texts = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), whitelist_characters="\n")
    | st.sampled_from('"\\;#\n n@'),
    max_size=40,
)
names = st.sampled_from(
    [
        "main",
        "a b",
        "account",
        "recorded",
        "long",
        "none",
        "",
        "#1",
        "x;y",
        '"',
        "\\",
        "é",
        "\u2028",
    ]
) | texts.filter(lambda text: len(text) < 200)
numbers = st.integers(0, 10**60 - 1).map(lambda n: EXACT.scaleb(n, -30)) | st.decimals(
    min_value=0, max_value=10**6, places=4
)
positive = numbers.filter(lambda number: number > 0)
signed = positive | positive.map(lambda number: number.copy_negate())
fractions = st.integers(1, 10_000_000).map(lambda n: Decimal(n).scaleb(-7))
open_fractions = fractions.filter(lambda fraction: fraction < 1)
currencies = st.sampled_from(["USDT", "BNB", "BTC", "ID", "ORDER", "1INCH", "USD.E"])
directions = st.sampled_from(Direction)
symbols = st.sampled_from(sorted(INSTRUMENTS))
tags = st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True), max_size=3).map(tuple)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def clock_times(draw: st.DrawFn) -> Moment:
    precision = draw(st.sampled_from(sorted(PRECISION_STEPS)))
    at = draw(st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001 - made aware below
    step = PRECISION_STEPS[precision]
    since_minute = at.second * 1_000_000 + at.microsecond
    kept = since_minute // step * step
    at = at.replace(second=kept // 1_000_000, microsecond=kept % 1_000_000, tzinfo=UTC)
    return Moment(at, precision)


days = st.dates().map(
    lambda on: Moment(datetime(on.year, on.month, on.day, tzinfo=UTC), Precision.DAY)
)
moments = clock_times() | days


def prices_of(symbol: str) -> st.SearchStrategy[Decimal]:
    return signed | st.just(Decimal(0)) if INSTRUMENTS[symbol].kind is Kind.LINEAR else positive


def directions_of(symbol: str) -> st.SearchStrategy[Direction]:
    return st.just(Direction.LONG) if INSTRUMENTS[symbol].kind is Kind.SPOT else directions


unit_sizes = st.builds(Size, st.sampled_from([SizeUnit.UNITS, SizeUnit.MONEY]), positive)


@st.composite
def exits(draw: st.DrawFn, symbol: str) -> tuple[ExitTranche, ...]:
    listed: list[ExitTranche] = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        share = st.just(Size(SizeUnit.FRACTION, draw(fractions) / 4))
        if draw(st.booleans()):
            size = draw(share | unit_sizes | st.just(Size(SizeUnit.REST)))
            listed.append(ExitTranche(size, target=draw(prices_of(symbol))))
            continue
        units = st.builds(Size, st.just(SizeUnit.UNITS), positive)
        size = draw(share | units | st.just(Size(SizeUnit.REST)))
        after = draw(maybe(st.integers(1, number - 1))) if number > 1 else None
        listed.append(ExitTranche(size, trail=draw(open_fractions), trail_after=after))
    return tuple(listed)


@st.composite
def enters(draw: st.DrawFn, symbol: str) -> EntryTranche:
    size, price = draw(maybe(unit_sizes)), draw(maybe(prices_of(symbol)))
    if size is None and price is None:
        size = draw(unit_sizes)
    return EntryTranche(size, price)


@st.composite
def terms(draw: st.DrawFn, symbol: str) -> PlanTerms:
    ways_out = draw(exits(symbol))
    exit_numbers = maybe(st.integers(1, max(1, len(ways_out))))
    price = maybe(prices_of(symbol))
    return PlanTerms(
        thesis=draw(maybe(texts)),
        enters=tuple(draw(st.lists(enters(symbol), max_size=3))),
        exits=ways_out,
        maximum=draw(maybe(unit_sizes)),
        invalidation=draw(price),
        stop=draw(price),
        breakeven_after=draw(exit_numbers),
        enter_until_exit=draw(exit_numbers),
        leverage=draw(maybe(positive)),
        margin=draw(maybe(st.sampled_from(Margin))),
        liquidation=draw(price),
        until=draw(maybe(clock_times())),
    )


plan_names = st.builds(PlanName, names | symbols, maybe(directions))


@st.composite
def plans(draw: st.DrawFn) -> PlanEntry:
    symbol = draw(symbols)
    return PlanEntry(symbol, draw(directions_of(symbol)), draw(terms(symbol)))


@st.composite
def amendments(draw: st.DrawFn) -> Amendment:
    name = draw(symbols | st.sampled_from(sorted(NAMED_PLANS)))
    stated = draw(terms(NAMED_PLANS.get(name, name)))
    said = {field for field in PlanTerms.__slots__ if getattr(stated, field) not in (None, ())}
    dropped = draw(st.sets(st.sampled_from(PlanTerms.__slots__)))
    return Amendment(
        PlanName(name, draw(maybe(directions))),
        stated,
        frozenset(said | dropped),
        draw(maybe(texts)),
    )


@st.composite
def fills(draw: st.DrawFn) -> Fill:
    symbol = draw(symbols)
    return Fill(
        symbol,
        draw(st.sampled_from(Side)),
        draw(positive),
        draw(prices_of(symbol)),
        fee=draw(maybe(st.builds(Fee, signed, currencies))),
        venue_id=draw(maybe(names)),
        order_id=draw(maybe(names)),
        liquidity=draw(maybe(st.sampled_from(Liquidity))),
        tranche=draw(maybe(st.integers(1, 99))),
        position_side=draw(maybe(directions_of(symbol))),
        is_liquidation=draw(st.booleans()),
        closes=draw(st.booleans()),
        source=draw(maybe(names)),
    )


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    symbol = draw(symbols)
    direction = draw(directions_of(symbol))
    stated = draw(st.sampled_from([None, direction]))
    held = draw(positive)
    quantity = held if direction is Direction.LONG else held.copy_negate()
    return Opening(symbol, quantity, draw(maybe(prices_of(symbol))), stated)


@st.composite
def stops(draw: st.DrawFn) -> StopEvent:
    return StopEvent(draw(plan_names), draw(maybe(positive)))


@st.composite
def fundings(draw: st.DrawFn) -> Funding:
    symbol = draw(symbols)
    return Funding(
        symbol,
        draw(signed),
        draw(currencies),
        draw(maybe(directions_of(symbol))),
        draw(maybe(names)),
        draw(maybe(names)),
    )


@st.composite
def accounts(draw: st.DrawFn) -> AccountEntry:
    currency = draw(maybe(currencies))
    budgets = st.builds(RiskBudget, fraction=fractions) | st.builds(RiskBudget, money=positive)
    return AccountEntry(
        draw(names),
        currency,
        draw(maybe(numbers)),
        draw(maybe(fractions | fractions.map(lambda rate: -rate))),
        draw(maybe(fractions)),
        draw(maybe(budgets)),
        draw(maybe(st.sampled_from(["UTC", "Europe/Berlin", "Etc/GMT+5"]))),
    )


declarations = st.builds(
    InstrumentEntry,
    st.from_regex(r"NEW_[A-Z0-9]{1,6}", fullmatch=True),
    st.builds(
        InstrumentTerms,
        st.sampled_from([Kind.LINEAR, Kind.INVERSE]),
        currencies,
        currencies,
        maybe(positive),
        maybe(positive),
        maybe(positive),
        maybe(open_fractions),
    ),
)
thresholds = st.dictionaries(
    st.sampled_from(["cool_down", "stop_grace", "minimum_fee"]),
    st.sampled_from(["0", "0.5", "45"]),
    min_size=1,
)
policies = st.builds(
    lambda settings, parity: PolicyEntry(settings | parity),
    thresholds,
    st.sampled_from([{}, {"parity": "USDT-USD USDC-USD"}]),
)

a_date = st.dates(min_value=date(1000, 1, 4), max_value=date(9999, 6, 30))
labels = st.one_of(
    a_date.map(lambda day: week_from(day - timedelta(days=day.weekday())).label),
    a_date.map(lambda day: month_named(f"{day:%Y-%m}").label),
    a_date.map(lambda day: quarter_named(f"{day.year}-Q{(day.month + 2) // 3}").label),
    st.tuples(a_date, a_date).map(
        lambda pair: days_between(min(pair).isoformat(), max(pair).isoformat()).label
    ),
)
answers = st.none() | st.tuples(st.sampled_from(Kept), maybe(texts))


@st.composite
def reviews(draw: st.DrawFn) -> ReviewEntry:
    kept, reason = draw(answers) or (None, None)
    actions = texts.filter(str.strip)
    action = draw(actions if kept is None else maybe(actions))
    return ReviewEntry(draw(labels), action, kept, reason)


bodies: st.SearchStrategy[Body] = st.one_of(
    fills(),
    plans(),
    amendments(),
    stops(),
    openings(),
    fundings(),
    accounts(),
    reviews(),
    declarations,
    policies,
    st.builds(KnownPrice, symbols, positive),
    st.builds(Cancellation, plan_names, maybe(texts)),
    st.builds(Skip, plan_names, st.integers(1, 99), maybe(texts)),
    st.builds(Note, plan_names, texts),
    st.builds(Void, st.sampled_from(FactKind), st.integers(1, 10**9 - 1), maybe(texts)),
    st.builds(Waiver, names, texts),
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    body = draw(bodies)
    of_all = isinstance(body, AccountEntry) or (
        isinstance(body, PolicyEntry) and "parity" in body.settings
    )
    account = None if of_all else draw(maybe(names))
    return Event(draw(moments), body, account, draw(maybe(moments)), draw(tags))
