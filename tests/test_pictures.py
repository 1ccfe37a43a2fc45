"""The README's pictures show what the program draws now."""

from __future__ import annotations

import json

from pictures import FINGERPRINTS, FOLDER, PICTURES, fingerprints

_MOST = 120_000  # bytes: a picture in a README is a small one


def test_pictures_are_of_the_pages_as_they_are() -> None:
    """If this fails: `PYTHONPATH=tests python tests/pictures.py`, and look at the pictures."""
    assert json.loads(FINGERPRINTS.read_text()) == fingerprints()


def test_pictures_are_there_small_and_shown() -> None:
    readme = (FOLDER.parent / "README.md").read_text()
    for name, *_ in PICTURES:
        path = FOLDER / name
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size < _MOST
        assert f"](.readme/{name})" in readme
