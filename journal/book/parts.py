"""Fills and opening balances in order, cut into parts and trades."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from journal.book.clock import local_midnights, microseconds, widths
from journal.book.comparison import Bools, Floats, Ints
from journal.book.facts import Facts
from journal.book.instruments import Instruments
from journal.book.scan import Lane, Scanned, decimals, scaled, scan
from journal.book.tables import Fills
from journal.domain.instrument import Kind
from journal.domain.moment import Precision

_SIDES = {"buy": 1, "sell": -1}
_DIRECTIONS = {"long": 1, "short": -1, None: 0}


@dataclass(slots=True)
class Moves:
    """Fills (rows of the facts) followed by openings, unsorted; `sign` is the change of position.

    `base_fee` marks fills whose fee is taken out of what was traded, `closes` those of which the
    venue says that they open nothing.
    """

    account: Ints
    instrument: Ints
    position_side: Ints
    sign: Ints
    at: Ints
    width: Ints
    quantity: list[str]
    base_fee: Bools
    is_fill: Bools
    closes: Bools


def read_moves(
    facts: Facts, accounts: dict[str, int], instruments: Instruments, zones: tuple[ZoneInfo, ...]
) -> Moves:
    """Bring fills and openings into one set of columns, day-only dates in the account's zone."""
    fills, openings = facts.fills, facts.openings
    codes = {symbol: code for code, symbol in enumerate(instruments.symbols)}
    account = np.array([accounts[name] for name in fills.account + openings.account], np.int64)
    instrument = np.array([codes[name] for name in fills.symbol + openings.symbol], np.int64)
    precisions = fills.at_precision + openings.at_precision
    bases = np.array([known.base for known in instruments.known], object)
    coins = np.array(fills.fee_currency + [None] * len(openings.id), object)
    return Moves(
        account=account,
        instrument=instrument,
        position_side=np.array(
            [_DIRECTIONS[side] for side in fills.position_side + openings.direction], np.int64
        ),
        sign=np.array(
            [_SIDES[side] for side in fills.side]
            + [-1 if text.startswith("-") else 1 for text in openings.quantity],
            np.int64,
        ),
        at=day_aware(microseconds(fills.at + openings.at), precisions, account, zones),
        width=widths(precisions),
        quantity=fills.quantity + [text.lstrip("-") for text in openings.quantity],
        base_fee=_taken_from_base(coins, bases, instrument, instruments.is_spot),
        is_fill=np.arange(len(account)) < len(fills.id),
        closes=np.fromiter(map(bool, fills.closes + [None] * len(openings.id)), bool),
    )


def _taken_from_base(
    coins: np.ndarray, bases: np.ndarray, instrument: Ints, is_spot: Bools
) -> Bools:
    if not len(coins):
        return np.zeros(0, bool)
    return np.asarray((coins == bases[instrument]) & is_spot[instrument], bool)


def day_aware(at: Ints, precisions: list[str], account: Ints, zones: tuple[ZoneInfo, ...]) -> Ints:
    """Return instants with day-only dates moved to midnight of the account's own zone."""
    is_day = np.array([name == Precision.DAY for name in precisions], bool)
    if not is_day.any():
        return at
    moved = at.copy()
    for code in np.flatnonzero(np.bincount(account[is_day])):
        rows = is_day & (account == code)
        moved[rows] = local_midnights(at[rows], zones[code])
    return moved


@dataclass(slots=True)
class Cut:
    """All lanes' parts one after the other, aligned with `move`, and exact texts where split."""

    move: Ints
    lane: Ints
    scanned: list[Scanned]
    before: Floats
    after: Floats
    held: Floats


def cut(facts: Facts, moves: Moves, instruments: Instruments) -> Cut:
    """Scan every lane and join the results in lane order."""
    lane_key = (
        moves.account * len(instruments.symbols) + moves.instrument
    ) * 3 + moves.position_side
    # Openings come before fills of the same instant; ties keep the order of writing.
    order = np.lexsort((np.arange(len(lane_key)), moves.is_fill, moves.at, lane_key))
    bounds: Ints = np.flatnonzero(np.diff(lane_key[order], prepend=-9))
    pieces = np.split(order, bounds[1:]) if len(order) else []
    found: list[tuple[Ints, Scanned, int]] = []
    for rows in pieces:
        lane = _lane(facts, moves, instruments, rows)
        scanned = scan(lane)
        found.append((rows[scanned.move], scanned, lane.digits))
    return Cut(
        move=_joined([rows for rows, _, _ in found], np.int64),
        lane=np.repeat(np.arange(len(found)), [len(rows) for rows, _, _ in found]),
        scanned=[scanned for _, scanned, _ in found],
        before=_joined([_floats(scanned.before, digits) for _, scanned, digits in found]),
        after=_joined([_floats(scanned.after, digits) for _, scanned, digits in found]),
        held=_joined([_floats(scanned.held, digits) for _, scanned, digits in found]),
    )


def _joined(arrays: list[np.ndarray], kind: type = np.float64) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)


def _floats(values: np.ndarray, digits: int) -> Floats:
    """Divide as Python does, correctly rounded, unless int64 already fits a float exactly."""
    scale = 10**digits
    if values.dtype == object or (len(values) and np.abs(values).max() >= 1 << 53):
        return np.array([int(value) / scale for value in values], np.float64)
    result: Floats = values / scale
    return result


def _lane(facts: Facts, moves: Moves, instruments: Instruments, rows: Ints) -> Lane:
    instrument = instruments.known[moves.instrument[rows[0]]]
    quantities = [moves.quantity[row] for row in rows]
    fees = {
        place: facts.fills.fee[row] or "0" for place, row in enumerate(rows) if moves.base_fee[row]
    }
    lot = "0" if instrument.lot is None else f"{instrument.lot:f}"
    digits = max(map(decimals, [*quantities, *fees.values(), lot]))
    signs = moves.sign[rows].tolist()
    deltas = [sign * size for sign, size in zip(signs, scaled(quantities, digits), strict=True)]
    for place, fee in zip(fees, scaled(list(fees.values()), digits), strict=True):
        deltas[place] -= fee
    side = int(moves.position_side[rows[0]])
    return Lane(
        deltas=deltas,
        digits=digits,
        lot=scaled([lot], digits)[0],
        floor=1 if instrument.kind is Kind.SPOT else side,
        closing=moves.closes[rows].tolist() if moves.closes[rows].any() else None,
    )


def read_fills(facts: Facts, moves: Moves, found: Cut, instruments: Instruments) -> Fills:
    """Return the part columns that need neither averages nor plans."""
    move = found.move
    columns = facts.fills
    share = _joined([scanned.share for scanned in found.scanned])
    starts = _joined([scanned.starts for scanned in found.scanned], bool)
    quantity = np.array([float(text) for text in moves.quantity])[move] * share
    prices = columns.price + [text if text is not None else "nan" for text in facts.openings.price]
    ids = np.array(columns.id + facts.openings.id, np.int64)
    none: list[None] = [None] * len(facts.openings.id)
    instrument = moves.instrument[move]
    return Fills(
        id=ids[move],
        row=move,
        part=_joined([scanned.part for scanned in found.scanned], np.int64),
        is_fill=moves.is_fill[move],
        account=moves.account[move],
        instrument=instrument,
        lane=found.lane,
        trade=np.cumsum(starts) - 1,
        at=moves.at[move],
        at_width=moves.width[move],
        share=share,
        recorded_at=microseconds([*columns.recorded_at, *none])[move],
        side=moves.sign[move],
        direction=_joined([scanned.direction for scanned in found.scanned], np.int64),
        is_entry=_joined([scanned.is_entry for scanned in found.scanned], bool),
        is_liquidation=np.array(columns.is_liquidation + [0] * len(none), bool)[move],
        quantity=quantity,
        held_quantity=found.held,
        price=np.array([float(text) for text in prices])[move],
        multiplier=instruments.multiplier[instrument],
        position_before=found.before,
        position_after=found.after,
        oversold=_joined([scanned.oversold for scanned in found.scanned], bool),
        order=_order_codes([*columns.order_id, *none])[move],
        named_tranche=np.array([number or 0 for number in [*columns.tranche, *none]], np.int64)[
            move
        ],
    )


def _order_codes(order_ids: list[str | None]) -> Ints:
    """Return a number for each order id, -1 where there is none."""
    codes: dict[str | None, int] = {None: -1}
    return np.array([codes.setdefault(name, len(codes)) for name in order_ids], np.int64)
