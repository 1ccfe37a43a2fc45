"""Journal text to events: every directive, and what its numbers and names come to mean."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from journal.domain.errors import InputError
from journal.domain.event import (
    AccountEntry,
    Amendment,
    Body,
    Cancellation,
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
from journal.domain.moment import Moment
from journal.domain.notation import Known, parse
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

D = Decimal
NOW = Moment.parse("2026-01-05T14:30Z")
UNITS, MONEY, FRACTION, REST = SizeUnit


def body(text: str, known: Known = Known()) -> Body:  # noqa: B008 - it is frozen and empty
    """Return the last body of a text whose times may be left out."""
    return parse(text, known, now=NOW)[-1].body


def terms(details: str, symbol: str = "BTC-USDT") -> PlanTerms:
    """Return the terms of a long plan with these details."""
    plan = body(f"plan {symbol} long\n{details}")
    assert isinstance(plan, PlanEntry)
    return plan.terms


def test_an_account() -> None:
    text = """account "okx main"
  currency usdt
  equity   10000.50
  fees     maker -0.01% taker 0.10%
  risk     2% per trade
  timezone Europe/Berlin
"""
    assert body(text) == AccountEntry(
        "okx main",
        currency="USDT",
        equity=D("10000.5"),
        maker=D("-0.0001"),
        taker=D("0.001"),
        risk=RiskBudget(fraction=D("0.02")),
        timezone="Europe/Berlin",
    )


def test_risk_as_money_is_in_the_accounts_currency() -> None:
    both = "account main\n  currency EUR\naccount main\n  risk 200eur per trade"
    assert body(both) == AccountEntry("main", risk=RiskBudget(money=D(200)))
    with pytest.raises(InputError, match="given in USD, the account's currency is EUR"):
        body("account main\n  risk 200 USD per trade", Known(accounts={"main": "EUR"}))
    with pytest.raises(InputError, match="the account's currency is not stated"):
        body("account main\n  risk 200 USD per trade")


def test_an_instrument() -> None:
    text = """instrument XBT_USD
  kind inverse
  base xbt
  quote usd
  multiplier 1
  lot 100
  tick 0.5
  mmr 0.5%
"""
    declared = InstrumentTerms(Kind.INVERSE, "XBT", "USD", D(1), D("0.5"), D(100), D("0.005"))
    assert body(text) == InstrumentEntry("XBT_USD", declared)
    assert body(text.replace("0.5%", "0.005")) == body(text)


def test_a_policy() -> None:
    text = "policy\n  slippage 0.10%\n  day_starts 09:30\n  parity USDT-USD, usdc-usd"
    assert body(text) == PolicyEntry(
        {"slippage": "0.001", "day_starts": "09:30", "parity": "USDT-USD USDC-USD"}
    )


def test_the_plan_of_the_design() -> None:
    details = """\
  thesis       "Weekly range low reclaimed"
  enter        3 @ 100                ; base units
  enter        300 USDT @ 96          ; or quote money
  max          900 USDT
  invalidation 88
  stop         88.5
  exit         50% @ 110
  exit         rest @ 120             ; or: trail 3%
  breakeven    after exit 1
  enter        until exit 2
  leverage     5
  margin       cross
  liquidation  81.5
  until        2026-01-12T09:00+01:00
"""
    assert terms(details) == PlanTerms(
        thesis="Weekly range low reclaimed",
        enters=(EntryTranche(Size(UNITS, D(3)), D(100)), EntryTranche(Size(MONEY, D(300)), D(96))),
        exits=(ExitTranche(Size(FRACTION, D("0.5")), D(110)), ExitTranche(Size(REST), D(120))),
        maximum=Size(MONEY, D(900)),
        invalidation=D(88),
        stop=D("88.5"),
        breakeven_after=1,
        enter_until_exit=2,
        leverage=D(5),
        margin=Margin.CROSS,
        liquidation=D("81.5"),
        until=Moment.parse("2026-01-12T08:00Z"),
    )


@pytest.mark.parametrize(
    ("line", "size", "price"),
    [
        ("3@100", Size(UNITS, D(3)), D(100)),
        ("3 btc @ 100", Size(UNITS, D(3)), D(100)),
        ("300usdt@96", Size(MONEY, D(300)), D(96)),
        ("300 USDT @96", Size(MONEY, D(300)), D(96)),
        ("3", Size(UNITS, D(3)), None),
        ("300 usdt", Size(MONEY, D(300)), None),
        ("@ 96", None, D(96)),
        ("@96", None, D(96)),
    ],
)
def test_entry_tranches(line: str, size: Size | None, price: Decimal | None) -> None:
    assert terms(f"  enter {line}").enters == (EntryTranche(size, price),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("exit 50%@110", ExitTranche(Size(FRACTION, D("0.5")), D(110))),
        ("exit 50 % @ 110", ExitTranche(Size(FRACTION, D("0.5")), D(110))),
        ("exit 3 @ 110", ExitTranche(Size(UNITS, D(3)), D(110))),
        ("exit 300usdt@110", ExitTranche(Size(MONEY, D(300)), D(110))),
        ("trail 3%", ExitTranche(Size(REST), trail=D("0.03"))),
        ("exit rest trail 2.5%", ExitTranche(Size(REST), trail=D("0.025"))),
        ("exit 50% trail 3%", ExitTranche(Size(FRACTION, D("0.5")), trail=D("0.03"))),
        ("exit 3 trail 3%", ExitTranche(Size(UNITS, D(3)), trail=D("0.03"))),
    ],
)
def test_exit_tranches(line: str, expected: ExitTranche) -> None:
    assert terms(f"  {line}").exits == (expected,)


def test_a_trail_may_wait_for_an_exit() -> None:
    trail = terms("  exit 50% @ 110\n  trail 3% after exit 1").exits[1]
    assert trail == ExitTranche(Size(REST), trail=D("0.03"), trail_after=1)


def test_units_on_contracts() -> None:
    known = Known(
        instruments={
            "BTC-SWAP": Instrument("BTC-SWAP", Kind.LINEAR, "BTC", "USDT", D("0.01")),
            "XBTUSD": Instrument("XBTUSD", Kind.INVERSE, "XBT", "USD", D(1)),
        }
    )

    def quantity(symbol: str, size: str) -> Decimal:
        fill = body(f"fill {symbol} buy {size} @ 100", known)
        assert isinstance(fill, Fill)
        return fill.quantity

    assert quantity("BTC-SWAP", "5") == D(5)
    assert quantity("BTC-SWAP", "5 contracts") == D(5)
    assert quantity("BTC-SWAP", "5contracts") == D(5)
    assert quantity("BTC-SWAP", "5 BTC") == D(500)
    assert quantity("AAPL", "5 AAPL") == D(5)
    with pytest.raises(InputError, match="XBTUSD is not counted in XBT"):
        quantity("XBTUSD", "5 XBT")
    plan = body("plan XBTUSD short\n  enter 300 usd @ 10000", known)
    assert isinstance(plan, PlanEntry)
    assert plan.terms.enters == (EntryTranche(Size(MONEY, D(300)), D(10000)),)


def test_base_units_that_make_no_exact_number_of_contracts() -> None:
    known = Known(instruments={"X": Instrument("X", Kind.LINEAR, "BTC", "USDT", D("0.03"))})
    with pytest.raises(InputError, match=r"1 BTC is no exact number of contracts of 0\.03 BTC"):
        body("fill X buy 1 BTC @ 100", known)


def test_a_coin_whose_name_starts_with_a_digit() -> None:
    fill = body("fill 1INCH-USDT buy 3 1INCH @ 0.4")
    assert fill == Fill("1INCH-USDT", Side.BUY, D(3), D("0.4"))


def test_a_fill_with_every_option_in_any_order() -> None:
    text = (
        "fill BTC-USDT-SWAP sell 3 @ 100 source okx liquidation closing position short tranche 2 "
        'maker order "o 1" account "b c" id 8812 recorded 2026-01-05T14:31:02Z fee -0.3bnb #late #x'
    )
    (event,) = parse(f"2026-01-05T14:30:01.5Z {text}")
    assert event.body == Fill(
        "BTC-USDT-SWAP",
        Side.SELL,
        D(3),
        D(100),
        fee=Fee(D("-0.3"), "BNB"),
        venue_id="8812",
        order_id="o 1",
        liquidity=Liquidity.MAKER,
        tranche=2,
        position_side=Direction.SHORT,
        is_liquidation=True,
        closes=True,
        source="okx",
    )
    assert event.at == Moment.parse("2026-01-05T14:30:01.500Z")
    assert event.recorded == Moment.parse("2026-01-05T14:31:02Z")
    assert (event.account, event.tags, event.line) == ("b c", ("late", "x"), 1)


@pytest.mark.parametrize(
    ("fill", "currency"),
    [
        ("fill BTC-USDT buy 3 @ 100 fee 0.3", "USDT"),
        ("fill BTC-USDT buy 3 @ 100 fee 0.3 id 1", "USDT"),
        ("fill BTC-USDT buy 3 @ 100 fee 0.3 ID id 1", "ID"),
        ("fill XBTUSD buy 3 @ 100 fee 0.3", "XBT"),
        ("fill AAPL buy 3 @ 100 fee 0.3", "EUR"),
    ],
)
def test_a_bare_fee_is_in_the_currency_of_settlement(fill: str, currency: str) -> None:
    text = f"""\
{fill}
account main
  currency EUR
instrument XBTUSD
  kind inverse
  base XBT
  quote USD
"""
    bodies = [event.body for event in parse(text, now=NOW)]
    assert isinstance(bodies[0], Fill)
    assert bodies[0].fee == Fee(D("0.3"), currency)


def test_negative_prices_on_contracts() -> None:
    for text in ("fill CL-2020-05 buy 3 @ -37.63", "fill CL-2020-05 buy 3@-37.63"):
        fill = body(text)
        assert isinstance(fill, Fill)
        assert fill.price == D("-37.63")
    assert body("price CL-2020-05 -0.5") == KnownPrice("CL-2020-05", D("-0.5"))


def test_stops_skips_notes_and_cancellations() -> None:
    assert body("stop BTC-USDT 98.2") == StopEvent(PlanName("BTC-USDT"), D("98.2"))
    assert body("stop P12 short none") == StopEvent(PlanName("P12", Direction.SHORT), None)
    assert body('skip P12 tranche 3 "why"') == Skip(PlanName("P12"), 3, "why")
    assert body("skip P12 tranche 3") == Skip(PlanName("P12"), 3)
    assert body('note "my plan" long "a;b #c"') == Note(
        PlanName("my plan", Direction.LONG), "a;b #c"
    )
    assert body('cancel BTC-USDT "moved away"') == Cancellation(PlanName("BTC-USDT"), "moved away")
    with pytest.raises(InputError, match=r"stop price -1 is not above zero"):
        body("plan BTC-USDT long as P12\nstop P12 -1")


def test_a_quoted_word_is_never_a_keyword() -> None:
    assert body('note BTC-USDT "long"') == Note(PlanName("BTC-USDT"), "long")
    assert body('cancel BTC-USDT "account"') == Cancellation(PlanName("BTC-USDT"), "account")


def test_amendments_name_what_they_change() -> None:
    text = """amend BTC-USDT short "volatility doubled"
  max 1200 USDT
  enter 2 @ 90
  exit none
  enter until none
"""
    assert body(text) == Amendment(
        PlanName("BTC-USDT", Direction.SHORT),
        PlanTerms(enters=(EntryTranche(Size(UNITS, D(2)), D(90)),), maximum=Size(MONEY, D(1200))),
        frozenset({"maximum", "enters", "exits", "enter_until_exit"}),
        "volatility doubled",
    )


def test_an_amendments_units_are_those_of_the_plan_it_names() -> None:
    in_text = body("plan ETH-EUR long as P12\namend P12\n  max 9 eur")
    from_journal = body("amend P12\n  max 9 eur", Known(plans={"P12": "ETH-EUR"}))
    assert isinstance(in_text, Amendment)
    assert in_text.terms.maximum == Size(MONEY, D(9))
    assert from_journal == in_text


def test_an_amendment_may_name_an_exit_of_the_version_before() -> None:
    amendment = body("amend BTC-USDT\n  breakeven after exit 3")
    assert isinstance(amendment, Amendment)
    assert amendment.terms.breakeven_after == 3


def test_openings_funding_voids_and_waivers() -> None:
    assert body("opening BTC-USDT 3 btc") == Opening("BTC-USDT", D(3))
    assert body("opening ES-2026-03 -3 @ 100 position short") == Opening(
        "ES-2026-03", D(-3), D(100), Direction.SHORT
    )
    assert body("opening ES-2026-03 -3 position short") == Opening(
        "ES-2026-03", D(-3), None, Direction.SHORT
    )
    assert body("funding BTC-USDT-SWAP -1.2usdt position long id f1") == Funding(
        "BTC-USDT-SWAP", D("-1.2"), "USDT", Direction.LONG, venue_id="f1"
    )
    assert body('void account 3 "typo"') == Void(FactKind.ACCOUNT, 3, "typo")
    assert body('waive SCALE301:12 "agreed"') == Waiver("SCALE301:12", "agreed")


def test_declarations_hold_for_the_whole_text() -> None:
    text = """\
plan GOLD long
  enter 300 CHF @ 96
instrument GOLD
  quote CHF
"""
    plan = parse(text, now=NOW)[0].body
    assert isinstance(plan, PlanEntry)
    assert plan.terms.enters[0].size == Size(MONEY, D(300))


def test_an_accounts_currency_is_the_quote_of_its_plain_tickers() -> None:
    known = Known(accounts={"us": "USD", "de": "EUR"}, default_account="us")
    for line, currency in (
        ("AAPL buy 1 @ 9 fee 1", "USD"),
        ("SAP buy 1 @ 9 fee 1 account de", "EUR"),
    ):
        fill = body(f"fill {line}", known)
        assert isinstance(fill, Fill)
        assert fill.fee == Fee(D(1), currency)


def test_bare_times_are_read_in_a_zone_only_where_one_is_given() -> None:
    text = """\
2026-07-05T14:30 price BTC-USDT 1
2026-07-05 14:30 price BTC-USDT 1 recorded 2026-07-05 15:00
"""
    first, second = parse(text, zone=ZoneInfo("Europe/Berlin"))
    assert first.at == second.at == Moment.parse("2026-07-05T12:30Z")
    assert second.recorded == Moment.parse("2026-07-05T13:00Z")


def test_white_space_comments_and_line_ends() -> None:
    text = "\ufeff; a comment\r\n\r\n2026-01-05T14:30Z\tprice   BTC-USDT 1;5\r\n"
    with pytest.raises(InputError, match="price '1;5' is not a number"):
        parse(text)
    (event,) = parse(text.replace("1;5", "15 ;5"))
    assert event.body == KnownPrice("BTC-USDT", D(15))
    assert event.line == 3
    (plan,) = parse("2026-01-05T14:30Z plan BTC-USDT long\n\tstop 88\n\n;\n  ; x\n    max 9\n")
    assert isinstance(plan.body, PlanEntry)
    assert (plan.body.terms.stop, plan.body.terms.maximum) == (D(88), Size(UNITS, D(9)))


def test_a_review() -> None:
    text = 'review 2026-W02\n  action "Log the stop"\n  kept partly "twice of three"\n'
    entry = ReviewEntry("2026-W02", "Log the stop", Kept.PARTLY, "twice of three")
    assert body(text) == entry
    assert body("review 2026-01-05 to 2026-01-11\n  kept no") == ReviewEntry(
        "2026-01-05 to 2026-01-11", kept=Kept.NO
    )
    assert body("review 20260105 to 2026-01-11\n  kept no") == ReviewEntry(
        "2026-01-05 to 2026-01-11", kept=Kept.NO
    )


def test_a_review_that_says_nothing_is_none() -> None:
    with pytest.raises(InputError, match="says nothing"):
        ReviewEntry("2026-W02", reason="because")
    with pytest.raises(InputError, match="a reason without an answer"):
        ReviewEntry("2026-W02", "Log the stop", reason="because")
    with pytest.raises(InputError, match="is not how days are named"):
        ReviewEntry("20260105 to 2026-01-11", "Log the stop")
