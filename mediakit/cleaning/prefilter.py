"""What a regular expression cannot match, told without trying: how a match begins, words it cannot do without.

Read off the pattern itself as Python parses it, so that it holds by construction. Most lines of an article are no
boilerplate, and this is how nearly all patterns are spared nearly all lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 2  # characters of a beginning
OTHER = "\x00"  # stands for all characters of ASCII that are neither letters nor digits
ANY = "\x01"  # stands for every character
_RARE = 4  # characters of a stretch that few lines have
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_NO_WIDTH = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)
_NOT_WORDS = (ops.CATEGORY_NOT_WORD, ops.CATEGORY_SPACE)
_KEYS = {chr(code): chr(code).lower() if chr(code).isalnum() else OTHER for code in range(0x80)}

Tree = Iterable[tuple[Any, Any]]


def beginnings(pattern: str) -> frozenset[str]:
    """How a match can begin, in the keys of `beginning`; a shorter one stands for all that begin so."""
    return _beginnings(parser.parse(pattern, re.IGNORECASE))


def beginning(text: str) -> str:
    """The keys of a text's first characters; ANY where a character has more than one form: "ſ" is also an "s"."""
    return "".join([_KEYS.get(character, ANY) for character in text[:LENGTH]])


def may_begin(found: frozenset[str], text: str) -> bool:
    """Whether a text with this `beginning` may match a pattern with these `beginnings`."""
    return any(all(a == b or ANY in (a, b) for a, b in zip(one, text, strict=False)) for one in found)


def _beginnings(tree: Tree) -> frozenset[str]:
    found = {""}
    for op, argument in tree:
        waiting = {one for one in found if len(one) < LENGTH}
        if not waiting:
            break
        more = _of(op, argument)
        found = (found - waiting) | {(one + other)[:LENGTH] for one in waiting for other in more}
    return frozenset(found)


def _of(op: Any, argument: Any) -> frozenset[str]:
    """How what one part of a pattern matches can begin; "" when it can be empty."""
    if op is ops.LITERAL:
        return frozenset({_KEYS.get(chr(argument), ANY)})
    if op is ops.IN:
        return _of_set(argument)
    if op is ops.BRANCH:
        return frozenset().union(*map(_beginnings, argument[1]))
    if op is ops.SUBPATTERN:
        return _beginnings(argument[-1])
    if op in _REPEATS:
        fewest, most, inside = argument
        once = _beginnings(inside)
        twice = {(one + other)[:LENGTH] for one in once for other in once} if most > 1 else set()
        return once | twice | ({""} if fewest == 0 else set())
    return frozenset({""} if op in _NO_WIDTH else {ANY})


def _of_set(items: Tree) -> frozenset[str]:
    found = set()
    for op, argument in items:
        if op is ops.LITERAL:
            found.add(_KEYS.get(chr(argument), ANY))
        elif op is ops.RANGE and argument[1] < 0x80:
            found |= {_KEYS[chr(code)] for code in range(argument[0], argument[1] + 1)}
        elif op is ops.CATEGORY and argument in _NOT_WORDS:
            found.add(OTHER)
        elif op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT:
            found |= set("0123456789")
        else:
            return frozenset({ANY})
    return frozenset(found)


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
