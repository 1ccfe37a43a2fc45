"""The first screen of a worked week: every figure on it, worked by hand."""

from __future__ import annotations

import pytest
from worked_week import judged, week_report

from journal.book.statistics import wilson
from journal.reporting.blocks import Card, Cards, Text, Tone
from journal.reporting.sections import week
from journal.usecases.review import Asked, report


def screen() -> tuple[Text, dict[str, Card]]:
    text, cards = week.section(week_report()).blocks
    assert isinstance(text, Text)
    assert isinstance(cards, Cards)
    return text, {card.label: card for card in cards.cards}


def test_the_paragraph() -> None:
    """Six trades traded; XRP is open; BTC, the short and AAPL won, ETH lost, SOL is not known.

    The short and XRP broke no rule. ETH's loss of 5 + 0.05 + 0.045 is what no plan cost.
    """
    text, _ = screen()
    assert text.text == (
        "6 trades, 5 closed, 3 of them with a profit. 2 of 6 without a breach (LOG rules aside). "
        "The dearest breach was no-plan (PLAN101-F5): 5.10 USDT."
    )


def test_adherence() -> None:
    """88 rules judged, 8 broken: 80 / 88 = 0.909.

    Wilson, z = 1.96: centre (0.90909 + 3.84146 / 176) / (1 + 3.84146 / 88) = 0.89198, half width
    1.95996 / 1.04365 x sqrt(0.90909 x 0.09091 / 88 + 3.84146 / (4 x 88^2)) = 0.06123.
    """
    _, cards = screen()
    assert cards["Adherence"] == Card(
        "Adherence",
        "91%",
        (
            "80 of 88 rules kept, 5 not known",
            "95% interval 83% to 95%",
            "judged trades without a breach (LOG rules aside): 33% (2 of 6)",
        ),
    )
    band = wilson(80, 88)
    assert band is not None
    assert (band.low, band.high) == pytest.approx((0.89198 - 0.06123, 0.89198 + 0.06123), abs=1e-5)


def test_results_are_one_figure_a_currency() -> None:
    """AAPL made 10 - 2 of fees = 8 on a risk of 10 x 2 = 20: 0.4 R.

    USDT is not known, for want of SOL's fee. Its R: the ladder's 26.7904 / 30.75 = 0.8712 and the
    short's 6.386 / 6.126 = 1.0424 (see test_frames.py), 1.9137 together.
    """
    _, cards = screen()
    assert cards["Net P&L"] == Card(
        "Net P&L",
        "+8.00 USD and ? USDT",
        (
            "USD: +0.40R over 1 closed trade",
            "USD: win rate: too few (n = 1)",
            "USDT: +1.91R over 2 closed trades",
            "USDT: win rate: too few (n = 3)",
            "USDT: 1 result not known",
        ),
    )


def test_violations_and_score() -> None:
    """Weights are 10, 3 and 1. LOG802 counts in no score.

    Broken: PLAN101 twice, EXIT403 and STOP503 twice, COST603 and SCALE305: 20 + 9 + 2 = 31.
    Judged: 26 verdicts of critical rules, 36 of major, 20 of minor ones: 260 + 108 + 20 = 388.
    100 x (1 - 31 / 388) = 92.01.
    """
    _, cards = screen()
    assert cards["Violations"] == Card(
        "Violations",
        "8",
        ("2 critical", "3 major", "3 minor", "discipline score: 92.0 of 100 (n = 6)"),
        Tone.BAD,
    )


def test_the_cost_of_indiscipline() -> None:
    """ETH's 5.095 without a plan, and 2 x 0.5 for tranche 2 at 95.5 instead of 95: 6.095.

    Only the latter has an R: 1 / 30.75 = 0.0325. USDT's gross of the trades whose result is
    known is 27.6 - 5 + 6 = 28.6, and 6.095 / 28.6 = 21.3 %.
    """
    _, cards = screen()
    assert cards["Cost of indiscipline"] == Card(
        "Cost of indiscipline",
        "6.10 USDT",
        (
            "USD: 1 cost not known",
            "USDT: +0.03R, 1 of 2 priced",
            "USDT: 1 cost not known",
            "21.3% of 28.60 USDT gross P&L",
            "known costs added up: lost +, lucky -; memo costs are not added",
        ),
        Tone.BAD,
    )


def test_the_dearest_breaches_are_not_compared_across_currencies() -> None:
    """Without plans a loss is what no plan cost: 5 + 0.2 USD, and 3 + 0.2 or 7 + 0.2 USDT."""
    text = "".join(
        f"2026-03-0{day}T09:00Z fill {symbol} buy 1 @ 100 fee 0.1 {own}\n"
        f"2026-03-0{day}T10:00Z fill {symbol} sell 1 @ {sold} fee 0.1 {own}\n"
        for day, symbol, sold, own in (
            (2, "AAPL", 95, "USD account us"),
            (3, "BTC-USDT", 97, "USDT account main"),
            (4, "BTC-USDT", 93, "USDT account main"),
        )
    )
    accounts = (
        "2026-01-01T00:00Z account main\n  currency USDT\n"
        "2026-01-01T00:00Z account us\n  currency USD\n"
    )
    found = report(judged(accounts + text), Asked(week="2026-W10"))
    assert week.paragraph(found).endswith(
        "The dearest breaches were no-plan (PLAN101-F1): 5.20 USD; no-plan (PLAN101-F5): 7.20 USDT."
    )


HALF_JUDGED = """\
2026-03-03T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.1%
2026-03-02T09:00Z fill BTC-USDT buy 1 @ 100 fee 0.1 USDT
2026-03-02T10:00Z fill BTC-USDT sell 1 @ 105 fee 0.1 USDT
2026-03-03T08:00Z plan ETH-USDT long
  enter        1 @ 50
  invalidation 45
  stop         45
  exit         rest @ 60
2026-03-03T09:00Z fill ETH-USDT buy 1 @ 50
2026-03-04T09:00Z fill ETH-USDT sell 1 @ 60 fee 0.06 USDT
2026-03-05T09:00Z fill SOL-USDT buy 1 @ 20 fee 0.02 USDT
"""


def test_the_first_screen_counts_one_population() -> None:
    """Three trades: BTC came before the journal and is not judged, SOL has no plan.

    ETH's fee is not known, which breaks LOG802 alone: its trading broke nothing.
    """
    found = report(judged(HALF_JUDGED), Asked(week="2026-W10"))
    assert week.paragraph(found).startswith(
        "3 trades, 2 closed, 1 of them with a profit. "
        "Of 2 trades judged 1 without a breach (LOG rules aside). "
    )
    _, cards = week.section(found).blocks
    assert isinstance(cards, Cards)
    of = {card.label: card for card in cards.cards}
    assert of["Adherence"].value == "too few (n = 2)"
    assert of["Violations"].details[-1] == "discipline score: too few (n = 2)"


def test_trades_of_before_the_journal_are_not_called_clean() -> None:
    before = HALF_JUDGED.partition("2026-03-03T08:00Z")[0]
    found = report(judged(before), Asked(week="2026-W10"))
    assert week.paragraph(found) == (
        "1 trade, 1 closed, 1 of them with a profit. None of them was judged. "
        "No breach cost money as far as known."
    )


def test_luck_is_told_beside_what_other_breaches_lost() -> None:
    """Without plans BTC lost 3 + 0.2 of fees and ETH made 7 - 0.2: 3.2 - 6.8 = -3.6 in all."""
    text = "2026-01-01T00:00Z account main\n  currency USDT\n" + "".join(
        f"2026-03-0{day}T09:00Z fill {symbol} buy 1 @ 100 fee 0.1 USDT\n"
        f"2026-03-0{day}T10:00Z fill {symbol} sell 1 @ {sold} fee 0.1 USDT\n"
        for day, symbol, sold in ((2, "BTC-USDT", 97), (3, "ETH-USDT", 107))
    )
    _, cards = week.section(report(judged(text), Asked(week="2026-W10"))).blocks
    assert isinstance(cards, Cards)
    (cost,) = [card for card in cards.cards if card.label == "Cost of indiscipline"]
    assert cost.value == "-3.60 USDT"
    assert "lucky breaches made 6.80 USDT, other breaches lost 3.20 USDT" in cost.details
    assert cost.tone is Tone.PLAIN
