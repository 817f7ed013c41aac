"""Repair of decoded text: what broke on the way is mended, and nothing else is touched.

Mojibake, line ends, control characters, lone surrogates, and lines broken at a column. Quotes, dashes, ligatures,
Unicode forms and HTML entities stay as the newsroom wrote them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_C0_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# mojibake needs two high characters in a row, or a C1 control, or what "à" becomes when its second byte gets lost
_SUSPECT = re.compile("[^\x00-\x7f][^\x00-\x7f]|[\x80-\x9f]|Ã ")
# the codecs in which ftfy looks for mojibake: UTF-8's first bytes read in them, and its further bytes; � is a lost one
_CODECS = ("latin-1", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman", "cp437")
_NO_LEADS = frozenset("‘’“”…")  # in mac-roman they would begin Armenian and the like; "l’été" is French
_LEADS = {codec: frozenset(bytes(range(0xC2, 0xF5)).decode(codec, "ignore")) - _NO_LEADS for codec in _CODECS}
_TRAILS = {codec: frozenset(bytes(range(0x80, 0xC0)).decode(codec, "ignore") + "�") for codec in _CODECS}
_ASCII = bytes(range(0x80))
_ODD_BYTES = bytes({*range(32), 127} - {9, 10, 13})
_ODD = re.compile("[\x80-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffffÃ]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")
NEWLINE = "\n"
LONE_SURROGATE = "half characters (lone surrogates) stand as �"

_MIN_WIDTH, _MAX_WIDTH = 40, 120  # columns at which people and programs break lines
_MIN_BROKEN = 4  # broken lines it takes to believe that a text is hard-wrapped
_SLACK = 10  # the last line of a paragraph may exceed the longest broken line by less than a word
_HYPHEN_END = re.compile(r"\w[-—]$")
_ENDS_SENTENCE = re.compile(r"[.!?:][”’\"')\]]*$")


class Repaired(NamedTuple):
    """A text as it was meant; what was lost on the way, and what was mended, None when nothing."""

    text: str
    lost: str | None
    mended: str | None


def repair(text: str) -> Repaired:
    """The text as it was meant, and what was done to it."""
    lost, n_mended = None, 0
    if _is_sound(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    else:
        text, lost, n_mended = _mend_characters(text)
    joined = unwrap(text)
    mended = [f"{n_mended} broken characters mended (decoded in a wrong encoding)"] * bool(n_mended)
    mended += [f"{text.count(NEWLINE) - joined.count(NEWLINE)} lines broken at a column joined"] * (joined != text)
    return Repaired(joined, lost, "; ".join(mended) or None)


def _is_sound(text: str) -> bool:
    """Whether a look at which characters occur shows that none needs mending: most texts, and soon told."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _ODD_BYTES)) < len(data):
        return False
    high = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if not high:
        return True
    if _ODD.search(high):
        return False
    found = set(high)
    both = tuple(
        codec for codec in _CODECS if not (found.isdisjoint(_LEADS[codec]) or found.isdisjoint(_TRAILS[codec]))
    )
    return not both or _pair(both).search(text) is None


@lru_cache(maxsize=64)
def _pair(codecs: tuple[str, ...]) -> re.Pattern[str]:
    """A first byte of UTF-8 with a further one behind it, as the codecs read them."""
    leads, trails = (frozenset().union(*(table[codec] for codec in codecs)) for table in (_LEADS, _TRAILS))
    return re.compile(f"[{re.escape(''.join(sorted(leads)))}][{re.escape(''.join(sorted(trails)))}]")


def _mend_characters(text: str) -> tuple[str, str | None, int]:
    """The text without broken characters; what was lost; how many were mended."""
    lost, n_mended = None, 0
    text = _C0_CONTROL.sub("", text)
    if not text.isascii():
        text, n_mended = _mend_mojibake(text)
        sound = whole_characters(text)
        lost = LONE_SURROGATE if sound.count("�") > text.count("�") else None
        text = sound
    text = _NEWLINES.sub("\n", text)
    return _CONTROL.sub("", text), lost, n_mended


def whole_characters(text: str) -> str:
    """The text with surrogate pairs joined and lone ones replaced: nothing downstream can store or write them."""
    if text.isascii() or not _LONE.search(text):
        return text
    text = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _LONE.sub("�", text)


def tidy(text: str) -> str:
    """A repaired value of one line, such as a name or a title, blanks around it and doubled ones removed."""
    return " ".join((text if text.isascii() and text.isprintable() else repair(text).text).split())


@cache
def _ftfy() -> tuple[Any, Any, Any, Any]:
    """ftfy, with all but the encoding steps off; loaded only when a text needs it."""
    import ftfy
    from ftfy.badness import badness, is_bad

    return ftfy.fix_encoding, ftfy.TextFixerConfig(explain=False), is_bad, badness


def _mend_mojibake(text: str) -> tuple[str, int]:
    """Undo text that was decoded in the wrong encoding, line by line, so that a sound line is left alone."""
    if not _SUSPECT.search(text):
        return text, 0
    fix_encoding, config, is_bad, badness = _ftfy()
    lines, n_mended = text.split("\n"), 0
    for number, line in enumerate(lines):
        if _SUSPECT.search(line) and is_bad(line):
            lines[number] = fix_encoding(line, config)
            n_mended += badness(line) if lines[number] != line else 0
    return "\n".join(lines), n_mended


def unwrap(text: str) -> str:
    """Join lines that were broken at a column, as in old plain-text dumps; other texts come back unchanged.

    A line counts as broken when the first word of the next line would not have fitted into the longest line. A block
    (lines without a blank one between them) is joined when all its lines are broken so; and only in a text most of
    whose blocks are, and which breaks at least half of those lines inside a sentence.
    """
    n_breaks = text.count("\n")
    if n_breaks < _MIN_BROKEN or len(text) / (n_breaks + 1) > _MAX_WIDTH:
        return text
    lines = text.split("\n")
    blocks = [list(block) for _, block in groupby(lines, key=lambda line: bool(line.strip()))]
    several = [block for block in blocks if len(block) > 1 and block[0].strip()]
    broken = [line.strip() for block in several for line in block[:-1]]
    width = max(map(len, broken), default=0)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return text
    wrapped = [block for block in several if _is_wrapped(block, width)]
    broken = [line for block in wrapped for line in block[:-1]]
    inside = sum(not _ENDS_SENTENCE.search(line.rstrip()) for line in broken)
    if len(wrapped) <= len(several) / 2 or len(broken) < _MIN_BROKEN or inside < len(broken) / 2:
        return text
    return "\n".join(_joined(block) if _is_wrapped(block, width) else "\n".join(block) for block in blocks)


def _is_wrapped(block: list[str], width: int) -> bool:
    lines = [line.strip() for line in block]
    if len(lines) < 2 or not lines[0] or len(lines[-1]) > width + _SLACK:
        return False
    return all(len(line) + 1 + len(after.split(None, 1)[0]) > width for line, after in pairwise(lines))


def _joined(block: list[str]) -> str:
    joined = ""
    for line in block:
        line = line.strip()
        # programs also break after a hyphen or dash inside a word: no space belongs there
        glue = "" if not joined or (_HYPHEN_END.search(joined) and line[0].isalnum()) else " "
        joined += glue + line
    return joined
