"""A journal in a notebook: its fills, trades, verdicts and adherence as pandas frames.

import journal

book = journal.open("journal.db")
book.trades().groupby("instrument")["r_multiple"].mean()
book.figure("adherence").show()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from journal.book.judging import Judgement
from journal.book.keys import owner_key
from journal.book.rolling import roll_up
from journal.book.tally import adherence, tally
from journal.book.verdicts import VERDICTS
from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.money import clip
from journal.reporting.blocks import Chart
from journal.reporting.charts.theme import painted
from journal.reporting.frames import trades_frame, violations_frame
from journal.reporting.page import charts_of
from journal.reporting.sections import sections_of
from journal.reporting.trade_lines import in_order, trade_lines
from journal.reporting.violation_lines import violation_lines
from journal.usecases.keep_review import read_reviewed
from journal.usecases.list_fills import FillLine, list_fills
from journal.usecases.present import present
from journal.usecases.render_review import review_page
from journal.usecases.review import Asked, report
from journal.usecases.selection import Selection
from journal.usecases.session import Session


class Notebook:
    """A judged journal as it was when it was opened. Times are UTC, unknown numbers NaN."""

    def __init__(self, judgement: Judgement, reviews: Sequence[Event] = ()) -> None:
        self.judgement = judgement
        self._reviews = reviews

    def fills(self) -> pd.DataFrame:
        """Return the fills in the order they happened: facts as exact texts, results as floats."""
        lines = list_fills(self.judgement.book, Selection())
        columns = [each.name for each in fields(FillLine)]
        frame = pd.DataFrame([asdict(line) for line in lines], columns=columns)
        frame["at"] = pd.to_datetime(frame["at"], utc=True)
        return frame

    def trades(self) -> pd.DataFrame:
        """Return the trades in the order they were opened, as `journal trades --json` has them."""
        book = self.judgement.book
        rows = in_order(book, np.arange(len(book.trades)))
        return trades_frame(trade_lines(self.judgement, rows))

    def violations(self) -> pd.DataFrame:
        """Return every breach with its evidence and cost."""
        return violations_frame(violation_lines(self.judgement, self.judgement.violations()))

    def verdicts(self) -> pd.DataFrame:
        """Return one row for each rule and trade, plan or day: columns code, owner, verdict.

        `owner` is the trade's key, the plan's, or the account-day's.
        """
        rolled = roll_up(self.judgement)
        return pd.DataFrame(
            {
                "code": [rolled.codes[code] for code in rolled.code],
                "owner": [owner_key(self.judgement.book, int(owner)) for owner in rolled.owner],
                "verdict": [VERDICTS[verdict] for verdict in rolled.verdict],
            }
        )

    def adherence(self) -> pd.DataFrame:
        """Return each rule's counts with adherence and coverage, indexed by its code."""
        counts = tally(self.judgement)
        frame = pd.DataFrame.from_dict(counts, orient="index", columns=list(VERDICTS))
        frame["adherence"] = [adherence({code: counts[code]}).adherence for code in frame.index]
        frame["coverage"] = [adherence({code: counts[code]}).coverage for code in frame.index]
        return frame.astype({"adherence": float, "coverage": float})

    def figure(self, name: str, *, week: str | None = None, scheme: str = "light") -> go.Figure:
        """Return a chart of the review as a Plotly figure; `figures` lists the names."""
        found = self._charts(week)
        if name not in found:
            raise InputError(
                f"the review has no figure {clip(name)!r}", hint="figures: " + ", ".join(found)
            )
        chart = found[name]
        module = import_module(f"journal.reporting.charts.{chart.kind}")
        return painted(module.figure(chart.data), scheme)

    def figures(self, *, week: str | None = None) -> list[str]:
        """Return the names of the charts that the review of a week has."""
        return list(self._charts(week))

    def review(self, *, week: str | None = None) -> str:
        """Return the review's page as HTML."""
        return review_page(report(self.judgement, Asked(week=week), self._reviews))

    def _charts(self, week: str | None) -> dict[str, Chart]:
        sections = sections_of(report(self.judgement, Asked(week=week)))
        return {chart.name: chart for chart in charts_of(sections)}


def open_journal(path: str | Path) -> Notebook:
    """Read a journal, as of now; the file is closed again at once."""
    with Session(Path(path), present, readonly=True) as session:
        return Notebook(*read_reviewed(session))
