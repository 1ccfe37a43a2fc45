"""What single rows say, as the bodies of events: the inverse of `journal.storage.rows`."""

from __future__ import annotations

from journal.domain.event import (
    AccountEntry,
    Funding,
    InstrumentEntry,
    Opening,
    RiskBudget,
)
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.moment import Moment
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
from journal.storage.stamps import moment
from journal.storage.stored import StoredRow


def direction_of(row: StoredRow, column: str = "direction") -> Direction | None:
    """Return a direction, or None where none was said."""
    text = row.text_or_none(column)
    return Direction(text) if text else None


def moment_of(row: StoredRow, column: str, precision: str) -> Moment | None:
    """Return a time with its precision, or None where none was said."""
    text = row.text_or_none(column)
    return moment(text, row.text(precision)) if text else None


def account_body(row: StoredRow) -> AccountEntry:
    """Return an account's statement."""
    risk = RiskBudget(row.decimal_or_none("risk_fraction"), row.decimal_or_none("risk_money"))
    return AccountEntry(
        row.text("name"),
        currency=row.text_or_none("currency"),
        equity=row.decimal_or_none("equity"),
        maker=row.decimal_or_none("maker"),
        taker=row.decimal_or_none("taker"),
        risk=None if risk == RiskBudget() else risk,
        timezone=row.text_or_none("timezone"),
    )


def instrument_body(row: StoredRow) -> InstrumentEntry:
    """Return a declaration of an instrument."""
    kind = row.text_or_none("kind")
    terms = InstrumentTerms(
        kind=Kind(kind) if kind else None,
        base=row.text_or_none("base"),
        quote=row.text_or_none("quote"),
        multiplier=row.decimal_or_none("multiplier"),
        tick=row.decimal_or_none("tick"),
        lot=row.decimal_or_none("lot"),
        maintenance_margin=row.decimal_or_none("maintenance_margin"),
    )
    return InstrumentEntry(row.text("symbol"), terms)


def fill_body(row: StoredRow) -> Fill:
    """Return a fill."""
    amount = row.decimal_or_none("fee")
    liquidity = row.text_or_none("liquidity")
    return Fill(
        row.text("symbol"),
        Side(row.text("side")),
        row.decimal("quantity"),
        row.decimal("price"),
        fee=None if amount is None else Fee(amount, row.text("fee_currency")),
        venue_id=row.text_or_none("venue_id"),
        order_id=row.text_or_none("order_id"),
        liquidity=Liquidity(liquidity) if liquidity else None,
        tranche=row.number_or_none("tranche"),
        position_side=direction_of(row, "position_side"),
        is_liquidation=bool(row.number("is_liquidation")),
        source=row.text_or_none("source"),
        closes=bool(row.number("closes")),
    )


def funding_body(row: StoredRow) -> Funding:
    """Return a funding payment."""
    return Funding(
        row.text("symbol"),
        row.decimal("amount"),
        row.text("currency"),
        direction=direction_of(row),
        source=row.text_or_none("source"),
        venue_id=row.text_or_none("venue_id"),
    )


def opening_body(row: StoredRow) -> Opening:
    """Return a position from before the journal."""
    return Opening(
        row.text("symbol"),
        row.decimal("quantity"),
        row.decimal_or_none("price"),
        direction_of(row),
    )


def review_body(row: StoredRow) -> ReviewEntry:
    """Return what a review decided."""
    kept = row.text_or_none("kept")
    return ReviewEntry(
        row.text("period"),
        row.text_or_none("action"),
        Kept(kept) if kept else None,
        row.text_or_none("reason"),
    )


def terms_of(version: StoredRow, tranches: list[StoredRow]) -> PlanTerms:
    """Return everything a plan version says."""
    margin = version.text_or_none("margin")
    return PlanTerms(
        thesis=version.text_or_none("thesis"),
        enters=tuple(_entry(row) for row in tranches if row.table == "entry_tranche"),
        exits=tuple(_exit(row) for row in tranches if row.table == "exit_tranche"),
        maximum=_size(version, "maximum_unit", "maximum"),
        invalidation=version.decimal_or_none("invalidation"),
        stop=version.decimal_or_none("stop"),
        breakeven_after=version.number_or_none("breakeven_after"),
        enter_until_exit=version.number_or_none("enter_until_exit"),
        leverage=version.decimal_or_none("leverage"),
        margin=Margin(margin) if margin else None,
        liquidation=version.decimal_or_none("liquidation"),
        until=moment_of(version, "until", "until_precision"),
    )


def _size(row: StoredRow, unit: str, amount: str) -> Size | None:
    word = row.text_or_none(unit)
    return Size(SizeUnit(word), row.decimal_or_none(amount)) if word else None


def _entry(row: StoredRow) -> EntryTranche:
    return EntryTranche(_size(row, "unit", "amount"), row.decimal_or_none("price"))


def _exit(row: StoredRow) -> ExitTranche:
    return ExitTranche(
        Size(SizeUnit(row.text("unit")), row.decimal_or_none("amount")),
        row.decimal_or_none("target"),
        row.decimal_or_none("trail"),
        row.number_or_none("trail_after"),
    )
