"""What bodies of events say, as columns of their rows; `journal.storage.bodies` reads them back."""

from __future__ import annotations

from decimal import Decimal

from journal.domain.event import AccountEntry, Funding, InstrumentEntry, Opening, RiskBudget
from journal.domain.fill import Fee, Fill
from journal.domain.moment import Moment
from journal.domain.money import canonical
from journal.domain.plan import EntryTranche, ExitTranche, PlanTerms, Size
from journal.domain.review import ReviewEntry
from journal.storage.hashing import Value
from journal.storage.stamps import stamp

Columns = dict[str, Value]


def number(value: Decimal | None) -> str | None:
    """Return the one text of a number, or None."""
    return None if value is None else canonical(value)


def moment_columns(column: str, precision: str, moment: Moment | None) -> Columns:
    """Return a time and its precision, both null where none was said."""
    if moment is None:
        return {column: None, precision: None}
    return {column: stamp(moment.at), precision: moment.precision.value}


def _size(unit: str, amount: str, size: Size | None) -> Columns:
    if size is None:
        return {unit: None, amount: None}
    return {unit: size.unit.value, amount: number(size.amount)}


def _fee(fee: Fee | None) -> Columns:
    if fee is None:
        return {"fee": None, "fee_currency": None}
    return {"fee": canonical(fee.amount), "fee_currency": fee.currency}


def fill_columns(fill: Fill) -> Columns:
    """Return a fill as its venue printed it."""
    return {
        "symbol": fill.symbol,
        "position_side": fill.position_side and fill.position_side.value,
        "side": fill.side.value,
        "quantity": canonical(fill.quantity),
        "price": canonical(fill.price),
        **_fee(fill.fee),
        "venue_id": fill.venue_id,
        "order_id": fill.order_id,
        "liquidity": fill.liquidity and fill.liquidity.value,
        "tranche": fill.tranche,
        "is_liquidation": int(fill.is_liquidation),
        "source": fill.source,
        # Null unless said, as in the rows from before there was this column.
        "closes": 1 if fill.closes else None,
    }


def terms_columns(terms: PlanTerms) -> Columns:
    """Return what a plan version says, but for its tranches."""
    return {
        "thesis": terms.thesis,
        **_size("maximum_unit", "maximum", terms.maximum),
        "invalidation": number(terms.invalidation),
        "stop": number(terms.stop),
        "breakeven_after": terms.breakeven_after,
        "enter_until_exit": terms.enter_until_exit,
        "leverage": number(terms.leverage),
        "margin": terms.margin and terms.margin.value,
        "liquidation": number(terms.liquidation),
        **moment_columns("until", "until_precision", terms.until),
    }


def entry_columns(tranche: EntryTranche) -> Columns:
    """Return an entry tranche."""
    return {**_size("unit", "amount", tranche.size), "price": number(tranche.price)}


def exit_columns(tranche: ExitTranche) -> Columns:
    """Return an exit tranche."""
    return {
        **_size("unit", "amount", tranche.size),
        "target": number(tranche.target),
        "trail": number(tranche.trail),
        "trail_after": tranche.trail_after,
    }


def account_columns(account: AccountEntry) -> Columns:
    """Return an account's statement."""
    risk = account.risk or RiskBudget()
    return {
        "name": account.name,
        "currency": account.currency,
        "equity": number(account.equity),
        "maker": number(account.maker),
        "taker": number(account.taker),
        "risk_fraction": number(risk.fraction),
        "risk_money": number(risk.money),
        "timezone": account.timezone,
    }


def instrument_columns(declared: InstrumentEntry) -> Columns:
    """Return a declaration of an instrument."""
    terms = declared.terms
    return {
        "symbol": declared.symbol,
        "kind": terms.kind and terms.kind.value,
        "base": terms.base,
        "quote": terms.quote,
        "multiplier": number(terms.multiplier),
        "tick": number(terms.tick),
        "lot": number(terms.lot),
        "maintenance_margin": number(terms.maintenance_margin),
    }


def funding_columns(funding: Funding) -> Columns:
    """Return a funding payment."""
    return {
        "symbol": funding.symbol,
        "direction": funding.direction and funding.direction.value,
        "amount": canonical(funding.amount),
        "currency": funding.currency,
        "source": funding.source,
        "venue_id": funding.venue_id,
    }


def opening_columns(opening: Opening) -> Columns:
    """Return a position from before the journal."""
    return {
        "symbol": opening.symbol,
        "direction": opening.direction and opening.direction.value,
        "quantity": canonical(opening.quantity),
        "price": number(opening.price),
    }


def review_columns(entry: ReviewEntry) -> Columns:
    """Return what a review decided."""
    return {
        "period": entry.period,
        "action": entry.action,
        "kept": entry.kept and entry.kept.value,
        "reason": entry.reason,
    }
