"""Pages on their way out: to a file, into the browser, onto paper."""

from __future__ import annotations

import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from journal.cli.output import say
from journal.domain.errors import InputError

Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file to write to; its ending says how.")
]
Open = Annotated[bool, typer.Option("--open", help="Show the page in the browser.")]
Pdf = Annotated[
    Path | None, typer.Option("--pdf", help="Print the page into this file, by Chromium.")
]
Locale = Annotated[
    str | None, typer.Option("--locale", help="How numbers are written, e.g. de_DE.")
]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_PATIENCE = 120  # seconds; a year's page takes a few


def put(text: str, path: Path | None) -> None:
    """Write a text to a file, or print it."""
    if path is None:
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(
            f"the file cannot be written: {(error.strerror or 'refused').lower()}",
            where=str(path),
            hint="name another file with -o",
        ) from error
    say(f"written to {path}")


def put_page(html: str, path: Path | None, name: str, *, pdf: Path | None, show: bool) -> None:
    """Write a page to its file; a terminal gets a file of that name instead of five megabytes."""
    if path is None and (show or (pdf is None and sys.stdout.isatty())):
        path = Path(f"{name}.html")
    if path is not None or pdf is None:
        put(html, path)
    if pdf is not None:
        _print(html, pdf)
    if show and path is not None:
        webbrowser.open(path.absolute().as_uri())


def _print(html: str, pdf: Path) -> None:
    """Print a page by a Chromium, with a profile of its own that is thrown away."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise InputError(
            "no Chromium is found to print the page",
            hint="install chromium, or open the page with --open and print it there",
        )
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, "utf-8")
        profile = f"--user-data-dir={folder}/profile"
        command = (browser, *_QUIET, profile, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
        done = subprocess.run(  # noqa: S603 - the user's own browser, with a file of ours
            (*command, page.as_uri()), capture_output=True, timeout=_PATIENCE, check=False
        )
    if done.returncode or not pdf.is_file():
        raise InputError(
            "the page could not be printed",
            where=str(pdf),
            hint="open it with --open and print it there",
        )
    say(f"printed to {pdf}")
