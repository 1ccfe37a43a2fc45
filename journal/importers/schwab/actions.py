"""Charles Schwab: what the words in the column Action mean.

Fills are bought or sold shares, dividends reinvested in shares among them. Everything else moves
money only, or options, or changes what is held without a trade; words that are not known here are
refused, since they might.
"""

from __future__ import annotations

from collections.abc import Mapping

from journal.domain.fill import Side

SIDES: Mapping[str, Side] = {
    "Buy": Side.BUY,
    "Sell": Side.SELL,
    "Sell Short": Side.SELL,
    "Buy to Cover": Side.BUY,
    "Reinvest Shares": Side.BUY,
}
# A short has words of its own, so that a plain sale ends what was held.
CLOSES = frozenset({"Sell", "Buy to Cover"})

_DIVIDENDS = """
    Cash Dividend; Qualified Dividend; Non-Qualified Div; Special Dividend; Special Qual Div
    Special Non Qual Div; Qual Div Reinvest; Reinvest Dividend; Div Adjustment; Pr Yr Cash Div
    Pr Yr Div Reinvest; Pr Yr Non-Qual Div; Pr Yr Non Qual Div; Pr Yr Special Div
    Rev Pr Yr Cash Div; Long Term Cap Gain; Short Term Cap Gain; Long Term Cap Gain Reinvest
    Short Term Cap Gain Reinvest; Return Of Capital; Cash In Lieu; Substitute Payment
"""
_INTEREST = """
    Bank Interest; Bond Interest; CD Interest; Credit Interest; Margin Interest; Interest Adj
    Short Interest; Stock Borrow Fee
"""
_TRANSFERS = """
    Journal; Internal Transfer; Bank Transfer; MoneyLink Transfer; MoneyLink Deposit; MoneyLink Adj
    Wire Funds; Wire Funds Adj; Wire Funds Received; Wire Received; Wire Sent; Funds Received
    Funds Paid; Payments; Bill Pay; Visa Purchase; ATM Withdrawal; Auto S1 Credit; Auto S1 Debit
    Futures MM Sweep; Promotional Award; Misc Cash Entry; Misc Credits; Misc Debits; Other
    CD Deposit Funds; CD Deposit Adj
"""
_CHARGES = """
    ADR Mgmt Fee; Service Fee; Advisor Fee; Foreign Tax Paid; Foreign Tax Reclaim; NRA Tax Adj
    NRA Withholding; Tax Withholding; Schwab ATM Rebate; Reorg Fee; Wire Fee; Margin Fee
"""
_OPTIONS = """
    Buy to Open; Buy to Close; Sell to Open; Sell to Close; Expired; Assigned
    Exchange or Exercise; Options Frwd Split
"""
_HOLDINGS = """
    Stock Split; Reverse Split; Stock Div Dist; Spin-off; Stock Merger; Cash Merger
    Cash Merger Adj; Cash/Stock Merger; Name Change; Conversion; Mandatory Reorg Exc
    Tender Offer; Full Redemption; Full Redemption Adj; Stock Plan Activity; Journaled Shares
    Security Transfer; Reinvestment Adj; Final Cash Liquid; Final Cash Liquid Adj
    Cash Liquidation
"""


def _words(text: str) -> list[str]:
    return [word.strip() for line in text.splitlines() for word in line.split(";") if word.strip()]


KINDS: Mapping[str, str] = {
    word: kind
    for kind, words in (
        ("dividend or distribution", _DIVIDENDS),
        ("interest", _INTEREST),
        ("transfer", _TRANSFERS),
        ("fee or tax", _CHARGES),
        ("option", _OPTIONS),
        ("change of holdings without a trade", _HOLDINGS),
    )
    for word in _words(words)
}
HOLDINGS = frozenset(_words(_HOLDINGS))
