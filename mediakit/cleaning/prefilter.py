"""What a regular expression cannot match, told without trying: its first characters, words it cannot do without.

Read off the pattern itself as Python parses it, so that it holds by construction. Most lines of an article are no
boilerplate, and this is how nearly all patterns are spared nearly all lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

OTHER = ""  # stands for all characters that are neither letters nor digits of ASCII
_RARE = 4  # characters of a stretch that few lines have
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_NO_WIDTH = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)
_NOT_WORDS = (ops.CATEGORY_NOT_WORD, ops.CATEGORY_SPACE)


def first_characters(pattern: str) -> frozenset[str] | None:
    """With what a match can begin: letters and digits in lower case, perhaps OTHER; None when with anything."""
    found, empty = _first(parser.parse(pattern, re.IGNORECASE))
    return None if found is None or empty else found


def _first(tree: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, bool]:
    """The first characters of a sequence, and whether it can be empty."""
    found: frozenset[str] = frozenset()
    for op, argument in tree:
        more, empty = _first_of(op, argument)
        if more is None:
            return None, False
        found |= more
        if not empty:
            return found, False
    return found, True


def _first_of(op: Any, argument: Any) -> tuple[frozenset[str] | None, bool]:
    if op is ops.LITERAL:
        return frozenset({_key(chr(argument))}), False
    if op is ops.IN:
        return _first_of_set(argument), False
    if op is ops.BRANCH:
        branches = [_first(branch) for branch in argument[1]]
        sets = [found for found, _ in branches if found is not None]
        return frozenset().union(*sets) if len(sets) == len(branches) else None, any(empty for _, empty in branches)
    if op is ops.SUBPATTERN:
        return _first(argument[-1])
    if op in _REPEATS:
        found, empty = _first(argument[2])
        return found, empty or argument[0] == 0
    return (frozenset(), True) if op in _NO_WIDTH else (None, False)


def _first_of_set(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found = set()
    for op, argument in items:
        if op is ops.LITERAL:
            found.add(_key(chr(argument)))
        elif op is ops.RANGE:
            found |= {_key(chr(code)) for code in range(argument[0], min(argument[1], 0x80) + 1)}
            found |= {OTHER} if argument[1] >= 0x80 else set()
        elif op is ops.CATEGORY and argument in _NOT_WORDS:
            found.add(OTHER)
        elif op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT:
            found |= {*"0123456789", OTHER}
        else:
            return None
    return frozenset(found)


def _key(character: str) -> str:
    return character.lower() if character.isascii() and character.isalnum() else OTHER


def first_key(line: str) -> str | None:
    """The key of a line's first character for `first_characters`; None where it could be more than one."""
    character = line[:1]
    if not character.isascii():
        return None  # "ſ" is also an "s"
    return _key(character)


def needed_words(pattern: str) -> frozenset[str] | None:
    """Stretches in lower case of which every match has one; None when there are none to be named."""
    return _needs(parser.parse(pattern, re.IGNORECASE))


def _needs(tree: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found: list[frozenset[str]] = []
    run = ""
    for op, argument in [*tree, (ops.AT, None)]:
        if op is ops.LITERAL:
            run += chr(argument).lower()
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        inside = None
        if op is ops.SUBPATTERN:
            inside = _needs(argument[-1])
        elif op in _REPEATS and argument[0] > 0:
            inside = _needs(argument[2])
        elif op is ops.BRANCH:
            sets = [_needs(branch) for branch in argument[1]]
            inside = None if None in sets else frozenset().union(*(words for words in sets if words))
        if inside:
            found.append(inside)
    # of those that are rarely found, the fewest are the quickest to look for
    return min(found, key=lambda words: (min(map(len, words)) < _RARE, len(words)), default=None)
