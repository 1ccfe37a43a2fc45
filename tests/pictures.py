"""The README's pictures, taken of the demo's own pages by a headless Chromium.

Run as a script it takes them anew, together with a fingerprint of what they show;
`test_pictures.py` checks that the pages still say the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from chromium import chromium

from journal.usecases.books import read_judgement
from journal.usecases.demo import DEMO_NOW, make_demo
from journal.usecases.render_trade import trade_page
from journal.usecases.session import Session

FOLDER = Path(__file__).parent.parent / ".readme"
FINGERPRINTS = FOLDER / "pictures.json"
TRADE = "B2"

# Name, what is taken, how wide the window is, and the reader's scheme.
PICTURES = (
    ("review.png", "review", "#week", 760, "light"),
    ("ladder.png", "trade", "#picture figure", 760, "dark"),
)
_SCRIPT = re.compile(r"<script>.*?</script>|<meta http-equiv[^>]*>", re.DOTALL)


def pages() -> dict[str, str]:
    """Return the demo's pages: the week's review and one trade."""
    with TemporaryDirectory() as folder:
        made = make_demo(Path(folder))
        review = made.page.read_text("utf-8")
        with Session(made.path, lambda: DEMO_NOW, readonly=True) as session:
            _, trade = trade_page(read_judgement(session), TRADE)
    return {"review": review, "trade": trade}


def fingerprints() -> dict[str, str]:
    """Return a hash of each page without its scripts, which change with their library."""
    return {
        name: hashlib.sha256(_SCRIPT.sub("", html).encode()).hexdigest()
        for name, html in pages().items()
    }


def _take() -> None:
    FOLDER.mkdir(exist_ok=True)
    found = pages()
    with TemporaryDirectory() as folder, chromium() as browser:
        for name, of, place, width, scheme in PICTURES:
            path = Path(folder) / f"{of}.html"
            path.write_text(found[of], "utf-8")
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(path.as_uri())
            page.wait_for_function("() => document.querySelectorAll('.main-svg').length > 0")
            page.locator(place).first.screenshot(path=FOLDER / name)
            page.close()
            sys.stdout.write(f"{FOLDER / name}\n")
    FINGERPRINTS.write_text(json.dumps(fingerprints(), indent=2) + "\n")


if __name__ == "__main__":
    _take()
