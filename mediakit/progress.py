"""Progress bars for work that can exceed two seconds.

Silence is the default answer: a bar appears on stderr only once two seconds have gone by, and never when the
environment variable TQDM_DISABLE is set, which is what `python -m mediakit --quiet` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


def progress(items: Iterable[Item], what: str, *, unit: str = "article", total: int | None = None) -> Iterable[Item]:
    """Iterate over `items`, with a bar named `what` if it takes more than two seconds."""
    from tqdm.auto import tqdm

    return tqdm(items, desc=what, unit=unit, total=total, delay=2, leave=False)
