"""The journal that files are imported into: made if there is none, gone if nothing came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from journal.domain.errors import UndeclaredError
from journal.usecases.init_journal import init_journal
from journal.usecases.session import Clock, Session


@contextmanager
def import_target(
    path: Path, clock: Clock, *, dry_run: bool, created: Callable[[Path], None]
) -> Iterator[Session]:
    """Open the journal; a missing one is made, for a dry run only while it lasts."""
    if path.exists():
        with Session(path, clock) as session:
            yield session
        return
    init_journal(path)
    try:
        with Session(path, clock) as session:
            yield session
    except UndeclaredError as error:
        path.unlink()
        hint = f"begin with `journal init`, since there is no journal yet; then {error.hint}"
        raise UndeclaredError(error.what, where=error.where, hint=hint) from error
    except BaseException:  # interrupted or refused: nothing came of it either way
        path.unlink()
        raise
    if dry_run:
        path.unlink()
    else:
        created(path)
