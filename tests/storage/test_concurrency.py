"""Several programs log at once: every act is there, in one unbroken chain."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from journal.storage.database import open_journal
from journal.storage.verify import verify

WRITERS, ACTS = 4, 25

LOG = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from text_writer import TextWriter
from journal.storage.database import open_journal

FILL = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 id"
for number in range(int(sys.argv[2])):
    with open_journal(Path(sys.argv[1])) as journal:
        TextWriter(journal).write(f"{FILL} {sys.argv[4]}-{number}")
"""


def test_nothing_is_lost_when_several_programs_log_at_once(journal_db: Path) -> None:
    here = str(Path(__file__).parent)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", LOG, str(journal_db), str(ACTS), here, str(writer)],
            cwd=Path(here).parents[1],
        )
        for writer in range(WRITERS)
    ]
    assert [writer.wait() for writer in writers] == [0] * WRITERS
    with open_journal(journal_db) as journal:
        found = verify(journal.connection)
        assert (found.ok, found.entries) == (True, WRITERS * ACTS)
        ids = {each for (each,) in journal.connection.execute("SELECT venue_id FROM fill")}
    assert ids == {f"{writer}-{number}" for writer in range(WRITERS) for number in range(ACTS)}
