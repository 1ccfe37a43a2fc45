"""What was in force when: the last event of an owner at or before an instant."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Ints


def latest(owner: Ints, at: Ints, asked_owner: Ints, asked_at: Ints) -> Ints:
    """Return, for each question, the index of its owner's last event at or before the instant.

    Events of one owner and instant count in their own order, the later wins. -1 where the owner
    has no event yet. One lexsort over events and questions together, then a running maximum.
    """
    events, questions = len(owner), len(asked_owner)
    if not events or not questions:
        return np.full(questions, -1, np.int64)
    owners = np.concatenate((owner, asked_owner))
    times = np.concatenate((at, asked_at))
    is_question = np.zeros(events + questions, np.int8)
    is_question[events:] = 1
    order = np.lexsort((is_question, times, owners))
    position = np.where(order < events, np.arange(len(order)), -1)
    last = np.maximum.accumulate(position)
    found = np.where(last >= 0, order[last], -1)
    same = (found >= 0) & (owners[found] == owners[order])
    answers = np.full(events + questions, -1, np.int64)
    answers[order] = np.where(same, found, -1)
    return answers[events:]


def side_key(account: Ints, instrument: Ints, direction: Ints) -> Ints:
    """Return one number for each account, instrument and direction: an owner for `latest`."""
    key: Ints = (account * (1 << 31) + instrument) * 2 + (direction > 0)
    return key


def effective_times(at: Ints, recorded_at: Ints) -> Ints:
    """Return when a decision counts from: the later of its claimed and its recorded time.

    A recorded time nobody stated is the smallest integer, so the claim stands alone.
    """
    return np.maximum(at, recorded_at)
