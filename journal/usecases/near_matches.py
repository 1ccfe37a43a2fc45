"""What a mistyped name may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 3


def near_matches(name: str, known: Iterable[str]) -> str | None:
    """Return `did you mean A, B or C?`, None where nothing is like the name."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, needed for errors only

    spelt = {each.casefold(): each for each in known}
    near = [spelt[each] for each in get_close_matches(name.casefold(), spelt, n=_MOST)]
    if not near:
        return None
    *others, last = near
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
