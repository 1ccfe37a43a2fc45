"""All formats that files are recognised as: a plain tuple, in the order of their names.

It stands apart from the package, so that what only reads a file does not load thirty formats.
"""

from __future__ import annotations

from journal.importers import dydx, hyperliquid, journal_text, tradovate, webull
from journal.importers.binance import api as binance_api
from journal.importers.binance import funding as binance_funding
from journal.importers.binance import spot as binance_spot
from journal.importers.binance import spot_orders as binance_spot_orders
from journal.importers.binance import spot_v1 as binance_spot_v1
from journal.importers.binance import usdm as binance_usdm
from journal.importers.bitget import api as bitget_api
from journal.importers.bitget import spot as bitget_spot
from journal.importers.bitmex import history as bitmex
from journal.importers.bybit import api as bybit_api
from journal.importers.bybit import log as bybit_log
from journal.importers.bybit import perp as bybit_perp
from journal.importers.bybit import spot as bybit_spot
from journal.importers.bybit import spot_old as bybit_spot_old
from journal.importers.ccxt import trades as ccxt
from journal.importers.coinbase import account as coinbase_account
from journal.importers.coinbase import api as coinbase_api
from journal.importers.coinbase import fills as coinbase_fills
from journal.importers.coinbase import transactions as coinbase_transactions
from journal.importers.ibkr import activity as ibkr_activity
from journal.importers.ibkr import flex as ibkr_flex
from journal.importers.ibkr import flex_csv as ibkr_flex_csv
from journal.importers.importer import Importer
from journal.importers.kraken import ledgers as kraken_ledgers
from journal.importers.kraken import trades as kraken_trades
from journal.importers.kucoin import spot as kucoin
from journal.importers.mt5 import history as mt5
from journal.importers.ninjatrader import executions as ninjatrader
from journal.importers.okx import api as okx_api
from journal.importers.okx import trades as okx_trades
from journal.importers.okx import v1 as okx_v1
from journal.importers.okx import v2 as okx_v2
from journal.importers.schwab import transactions as schwab
from journal.importers.thinkorswim import statement as thinkorswim
from journal.importers.tradingview import paper as tradingview_paper

IMPORTERS: tuple[Importer, ...] = (
    binance_api.IMPORTER,
    binance_funding.IMPORTER,
    binance_spot.IMPORTER,
    binance_spot_orders.IMPORTER,
    binance_spot_v1.IMPORTER,
    binance_usdm.IMPORTER,
    bitget_api.IMPORTER,
    bitget_spot.IMPORTER,
    bitmex.IMPORTER,
    bybit_api.IMPORTER,
    bybit_log.IMPORTER,
    bybit_perp.IMPORTER,
    bybit_spot.IMPORTER,
    bybit_spot_old.IMPORTER,
    ccxt.IMPORTER,
    coinbase_account.IMPORTER,
    coinbase_api.IMPORTER,
    coinbase_fills.IMPORTER,
    coinbase_transactions.IMPORTER,
    dydx.IMPORTER,
    hyperliquid.IMPORTER,
    ibkr_activity.IMPORTER,
    ibkr_flex.IMPORTER,
    ibkr_flex_csv.IMPORTER,
    journal_text.IMPORTER,
    kraken_ledgers.IMPORTER,
    kraken_trades.IMPORTER,
    kucoin.IMPORTER,
    mt5.IMPORTER,
    ninjatrader.IMPORTER,
    okx_api.IMPORTER,
    okx_trades.IMPORTER,
    okx_v1.IMPORTER,
    okx_v2.IMPORTER,
    schwab.IMPORTER,
    thinkorswim.IMPORTER,
    tradingview_paper.IMPORTER,
    tradovate.IMPORTER,
    webull.IMPORTER,
)
