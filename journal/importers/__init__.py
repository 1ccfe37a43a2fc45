"""Reading what other programs wrote: one file per format, and the list of them.

Adding a format is one module with an `IMPORTER` record and one line here.
"""

from __future__ import annotations

from journal.importers import (
    binance_api,
    binance_funding,
    binance_spot,
    binance_spot_orders,
    binance_spot_v1,
    binance_usdm,
    bitget_api,
    bitget_spot,
    bybit_perp,
    bybit_spot_old,
    ccxt,
    coinbase_account,
    coinbase_api,
    coinbase_fills,
    coinbase_transactions,
    dydx,
    hyperliquid,
    journal_text,
    kucoin,
    mt5,
    ninjatrader,
    okx_api,
    okx_trades,
    okx_v1,
    okx_v2,
    thinkorswim,
    tradingview_paper,
    tradovate,
)
from journal.importers.importer import Importer

IMPORTERS: tuple[Importer, ...] = (
    binance_api.IMPORTER,
    binance_funding.IMPORTER,
    binance_spot.IMPORTER,
    binance_spot_orders.IMPORTER,
    binance_spot_v1.IMPORTER,
    binance_usdm.IMPORTER,
    bitget_api.IMPORTER,
    bitget_spot.IMPORTER,
    bybit_perp.IMPORTER,
    bybit_spot_old.IMPORTER,
    ccxt.IMPORTER,
    coinbase_account.IMPORTER,
    coinbase_api.IMPORTER,
    coinbase_fills.IMPORTER,
    coinbase_transactions.IMPORTER,
    dydx.IMPORTER,
    hyperliquid.IMPORTER,
    journal_text.IMPORTER,
    kucoin.IMPORTER,
    mt5.IMPORTER,
    ninjatrader.IMPORTER,
    okx_api.IMPORTER,
    okx_trades.IMPORTER,
    okx_v1.IMPORTER,
    okx_v2.IMPORTER,
    thinkorswim.IMPORTER,
    tradingview_paper.IMPORTER,
    tradovate.IMPORTER,
)
