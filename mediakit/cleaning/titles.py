"""What is glued to the end of titles: a publisher, a section, initials."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .boilerplate import whole
from .draft import Draft

PUBLISHER, INITIALS = "publisher in title", "initials in title"
_FEWEST = 3  # titles
_WORDS_BEFORE_TAIL, _WORDS_IN_TAIL = 4, 5  # a publisher's name is short, and a headline stands before it
_SEPARATOR = re.compile(r"(?<!\s)\s+(?:(?P<dash>[–—-]|--)|[|•·»]|::)\s+")
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_NOT_IN_NAME = re.compile(r"[\W_]+|^the(?=\W)", re.IGNORECASE)


class Tail(NamedTuple):
    """The last part of a title, and the hash of what stands before it."""

    head: int
    text: str


def last_part(title: str) -> tuple[str, str, bool] | None:
    """What stands before and after the last dash or bar of a title, and whether it is a dash."""
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return None
    last = separators[-1]
    return title[: last.start()], title[last.end() :], last["dash"] is not None


def repeated_tails(
    tails: Mapping[int, Tail], titles: Sequence[int], sources: Sequence[str | None]
) -> set[tuple[str | None, str]]:
    """Tails that at least half of a source's titles have, and three or more different titles.

    Parameters
    ----------
    tails
        By the number of the article.
    titles
        The hash of each article's title, 0 for none.
    sources
        Of each article.
    """
    heads: dict[tuple[str | None, str], set[int]] = defaultdict(set)
    different: dict[str | None, set[int]] = defaultdict(set)
    for number, tail in tails.items():
        heads[sources[number], tail.text].add(tail.head)
    for source, title in zip(sources, titles, strict=True):
        if title:
            different[source].add(title)
    return {key for key, found in heads.items() if len(found) >= max(_FEWEST, len(different[key[0]]) / 2)}


def cut_title_tails(draft: Draft, repeated: set[tuple[str | None, str]]) -> None:
    """Cut publishers and initials off the end of a title; other tails are part of it (a speaker, a second half)."""
    if not draft.raw.titled or not draft.lines:
        return
    while parts := last_part(draft.line(0)):
        head, tail, dash = parts
        if _is_outlet(tail, draft.raw.source) or (draft.raw.source, tail) in repeated:
            reason: str | None = PUBLISHER
        else:
            reason = _tail_reason(head, tail, dash, draft.raw.text[draft.lines[0][1] :])
        if reason is None:
            return
        draft.ends.setdefault(0, []).append((draft.lines[0][0] + len(head), reason))


def _tail_reason(head: str, tail: str, dash: bool, body: str) -> str | None:
    if len(head) <= len(tail) or len(head.split()) < _WORDS_BEFORE_TAIL:
        return None
    if not dash and len(tail.split()) <= _WORDS_IN_TAIL and not any(map(str.isdigit, tail)):
        return PUBLISHER  # a bar does not join the halves of a headline
    if re.search(rf"(?<!\w){re.escape(tail)}(?!\w)", body):
        return None  # a speaker or a place after a dash is named in the article, a publisher is not
    if whole(tail, "title"):
        return PUBLISHER
    initials = _TWO_CAPITALS.fullmatch(tail) and not whole(tail, "title kept") and not _SEPARATOR.search(head)
    return INITIALS if initials else None


def _is_outlet(tail: str, source: str | None) -> bool:
    """Whether the tail is the source's name, as given or as its domain has it."""
    if source is None:
        return False
    name = _NOT_IN_NAME.sub("", tail).casefold()
    domain = source.casefold().removeprefix("www.").split(".")[0]
    return bool(name) and name in {_NOT_IN_NAME.sub("", source).casefold(), domain}
