"""Where the sentences of many articles begin, told at their stops alone.

The same rules as `split_sentences` has, for those who need no more than the number of a sentence. What stands before a
stop and what stands behind it is looked up in a few bytes; a paragraph in which more matters is left to
`split_sentences`, an article with a heading that holds a stop to `split_articles`.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from . import splitting as one
from . import splitting_articles as many
from .laid_texts import Laid
from .laid_windows import Windows
from .splitting import Kind, split_sentences

_BEFORE, _BEHIND, _FIRST = 8, 24, 32  # bytes looked at
_LONGEST = 13  # no word that opens sentences or belongs to a time of day is longer
_BLANK, _BREAK = ord(" "), ord("\n")
# what stands before a full stop, beside the kinds of words; a list number has its width in the higher bits
_ASK, _END, _LIST = 5, 6, 8
_ASK_BIT, _SMALL_BIT = 1 << len(Kind), 2 << len(Kind)
_WEB = ("http://", "https://", "www.")
_VOWELS = frozenset("aeiouyAEIOUY")  # no abbreviation that is known by its form has one
_BULLETS = "•▪●‣◦"  # begin a sentence without a stop


def _bytes_in(characters: str) -> np.ndarray:
    table = np.zeros(256, dtype=bool)
    table[list(characters.encode("latin-1"))] = True
    return table


_WHITE = _bytes_in("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f ")
_STOPS = _bytes_in(".!?")
_CLOSERS = _bytes_in("\"')]")
_PLAIN = _bytes_in(string.ascii_uppercase + string.digits)
_IN_SENTENCE = _bytes_in(string.ascii_letters + string.digits + ",")
_GOES_ON = ~(_STOPS | _WHITE | _bytes_in("\"')]}"))  # behind a stop that ends nothing
_GOES_ON[[0xC2, 0xE1, 0xE2, 0xE3, 0xEF]] = False  # characters that are white space or marks begin with these
_PLAIN_CLOSING = _bytes_in(".!:;,")


def sentence_starts(laid: Laid, titles: Sequence[object]) -> np.ndarray:
    """Where the sentences of articles with these texts and titles begin, in bytes: those of `split_articles`."""
    start, end = _paragraphs(laid)
    stop, follows, ask, small = _stops(laid)
    doubtful = np.zeros(len(start), dtype=bool)
    doubtful[np.searchsorted(start, small, side="right") - 1] = True
    doubtful &= _begin_small(laid, start, doubtful)
    doubtful[np.searchsorted(start, ask, side="right") - 1] = True
    paragraph = np.searchsorted(start, stop, side="right") - 1
    inner = follows < end[paragraph]
    follows, paragraph = follows[inner], paragraph[inner]
    split = doubtful.copy()
    split[paragraph] = True
    whole, elsewhere = _unsplit(laid, titles, start, end, np.flatnonzero(split))
    article = laid.text_of(start)
    left = ~np.isin(article, elsewhere)
    doubtful &= ~whole & left
    follows = follows[~whole[paragraph] & ~doubtful[paragraph] & left[paragraph]]
    slow = [
        place for number in np.flatnonzero(doubtful).tolist() for place in _starts_in(laid, start[number], end[number])
    ]
    found = [start[left], follows, np.array(slow, dtype=np.int64)]
    if len(elsewhere):
        some = laid.only(elsewhere)
        first = some.from_code_points(many.split_articles(some, [titles[place] for place in elsewhere.tolist()]).start)
        text = some.text_of(first)
        found.append(first - some.first[text] + laid.first[elsewhere[text]])
    starts = np.sort(np.concatenate(found))
    return starts[np.diff(starts, prepend=-1) > 0]


def _starts_in(laid: Laid, start: int, end: int) -> list[int]:
    """Where the sentences of a paragraph begin, but for the first."""
    paragraph = laid.cut(start, end)
    return [start + len(paragraph[:low].encode()) for low, _ in split_sentences(paragraph)[1:]]


def _paragraphs(laid: Laid) -> tuple[np.ndarray, np.ndarray]:
    """Where the paragraphs that are not blank begin, and where their lines end."""
    bounds = np.sort(np.concatenate([laid.first, laid.breaks + 1]))
    bounds = bounds[np.diff(bounds, prepend=-1) > 0]
    start, end = bounds[:-1], bounds[1:]
    end = end - (laid.data[end - 1] == _BREAK)
    unsure = np.flatnonzero(~_IN_SENTENCE[laid.data[start]])
    low, high = Windows(laid).words_behind(start[unsure], end[unsure], 1)
    start[unsure] = np.where(high > low, low, end[unsure])
    some = start < end
    return start[some], end[some]


def _begin_small(laid: Laid, start: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Which of these paragraphs may begin with a small letter: `split_sentences` lets their sentences do so too."""
    small = asked & ~_PLAIN[laid.data[start]]
    for place in np.flatnonzero(small).tolist():
        text = laid.data[start[place] : start[place] + _FIRST].tobytes().decode(errors="ignore")
        small[place] = (one.first_letter(text) or "a").islower()
    return small


def _unsplit(
    laid: Laid, titles: Sequence[object], start: np.ndarray, end: np.ndarray, asked: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which of these paragraphs are titles, and so a single sentence; which articles may hold a heading of several."""
    whole, article = np.zeros(len(start), dtype=bool), laid.text_of(start)
    first = np.diff(article, prepend=-1) != 0
    length = end[asked] - start[asked]
    short = (length <= 4 * many._HEADING_LENGTH) & ~_PLAIN_CLOSING[laid.data[end[asked] - 1]]
    titled = [isinstance(titles[place], str) for place in article[asked[first[asked]]].tolist()]
    wanted = short.copy()
    wanted[np.flatnonzero(first[asked])[titled]] = True
    elsewhere = []
    for number in asked[wanted].tolist():
        text = laid.cut(start[number], end[number]).rstrip()
        title = titles[article[number]] if first[number] else None
        if isinstance(title, str) and title.strip() == text:
            whole[number] = True
        elif len(text) <= many._HEADING_LENGTH and many._may_be_heading(text):
            elsewhere.append(article[number])
    return whole, np.unique(np.array(elsewhere, dtype=np.int64))


def _stops(laid: Laid) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The stops that end a sentence; where what follows begins; places in paragraphs that must be looked at whole.

    The last are those in paragraphs of which that holds if they begin with a small letter.
    """
    data = laid.data
    at = np.flatnonzero((data == ord(".")) | (data == ord("!")) | (data == ord("?")) | (data == ord(":")))
    colon = data[at] == ord(":")
    ask = [laid.holding(one.WIDE_STOPS), _credits(laid, at[colon])]
    dots = laid.holding("…") + 2
    at = np.sort(np.append(at[~colon], dots))
    following = _byte(laid, at + 1)
    at = at[~_GOES_ON[following] & ~_STOPS[following]]
    text = laid.text_of(at)
    low, high = laid.first[text], laid.first[text + 1]
    behind, apart, left, unsure = _passed(laid, at, high)
    at, low, high = at[left], low[left], high[left]
    ask.append(at[unsure])
    kind = _kinds(laid, at, apart, low)
    list_mark = kind >= _LIST
    ask.append(at[list_mark][_may_be_list(laid, at[list_mark], kind[list_mark] >> 4, low[list_mark])])
    kind &= _LIST - 1
    quoted = (_byte(laid, at + 1) == ord('"')) | _is(laid, at + 1, "”")
    kind[(kind == Kind.EITHER) & quoted] = Kind.WORD
    ask.append(at[kind == _ASK])
    opens = np.full(len(at), 1 << Kind.WORD, dtype=np.int64)
    usual = ((kind == Kind.WORD) | (kind == _END)) & _begin_plainly(laid, behind, high)
    look = np.flatnonzero(~usual & (kind != Kind.BEFORE_NAME) & (kind != _ASK))
    opens[look] = _looked_up(_run_behind(laid, behind[look], high[look]), _behind)
    ask.append(at[opens == _ASK_BIT])
    kind[kind == _END] = Kind.WORD
    ends = (opens >> kind & 1 == 1) & (kind != Kind.BEFORE_NAME) & (kind != _ASK)
    bullets = laid.holding(_BULLETS)
    apart = _byte(laid, np.maximum(bullets - 1, 0))
    ask.append(bullets[apart >= 0x80])  # white space beyond ASCII, perhaps
    bullets = bullets[_WHITE[apart]]
    found = np.append(at[ends], bullets), np.append(behind[ends], bullets)
    return *found, np.concatenate(ask), at[opens == _SMALL_BIT]


def _begin_plainly(laid: Laid, at: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether a capital or digit stands there, or a quotation mark and then one."""
    first = _byte(laid, at)
    plain = _PLAIN[first]
    other = np.flatnonzero(~plain)
    at, first, high = at[other], first[other], high[other]
    width = np.where((first == ord('"')) | (first == ord("'")), 1, np.where(_is(laid, at, "“‘"), 3, 0))
    plain[other] = (width > 0) & (at + width < high) & _PLAIN[_byte(laid, at + width)]
    return plain


def _kinds(laid: Laid, at: np.ndarray, apart: np.ndarray, low: np.ndarray) -> np.ndarray:
    """What `_before` says of the full stops that stand alone; all others end a sentence as that behind a word does."""
    kind = np.full(len(at), Kind.WORD, dtype=np.int64)
    before = laid.data[at - 1]
    single = (laid.data[at] == ord(".")) & ~apart & ~(_STOPS[before] & (at > low))
    kind[single & (before == _BLANK) & (at > low)] = _END
    asked = np.flatnonzero(single & (kind != _END))
    kind[asked] = _looked_up(_run_before(laid, at[asked], low[asked]), _before)
    return kind


def _may_be_list(laid: Laid, at: np.ndarray, width: np.ndarray, low: np.ndarray) -> np.ndarray:
    """Whether what stands before a stop, of this width, may be all of the sentence."""
    blank = at - width - 1
    inside = (blank > low) & (laid.data[blank] == _BLANK) & _IN_SENTENCE[laid.data[blank - 1]]
    return ~inside


def _credits(laid: Laid, colons: np.ndarray) -> np.ndarray:
    """Which of these colons may be that of a photo credit."""
    text = laid.text_of(colons)
    low, high = laid.first[text], laid.first[text + 1]
    apart = (colons + 1 == high) | ~_GOES_ON[_byte(laid, colons + 1)]
    colons, low = colons[apart], low[apart]
    return colons[_looked_up(_run_before(laid, colons, low, _BEHIND), _is_credit).astype(bool)]


def _passed(laid: Laid, at: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Where what follows these stops begins, if anything in the line does; whether a closing mark stands apart.

    The stops that end nothing are left out: which are left is the third array. The fourth tells for which of them that
    cannot be told.
    """

    def byte(place: np.ndarray) -> np.ndarray:
        return np.where(place < high, _byte(laid, place), _BREAK)

    behind = at + 1
    for _ in range(2):
        behind = behind + _CLOSERS[byte(behind)] + 3 * _is(laid, behind, "”’")
    here = byte(behind)
    blank = here == _BLANK
    goes_on = _GOES_ON[here] | _is(laid, behind, "–—") | (here == _BREAK)
    behind = behind + blank
    mark = blank & ((byte(behind) == ord('"')) | _is(laid, behind, "”"))
    width = np.where(byte(behind) == ord('"'), 1, 3)
    beside = byte(behind + width)
    apart, perhaps = mark & _WHITE[beside], mark & (beside >= 0x80)
    behind = behind + np.where(apart, width + (beside == _BLANK), 0)
    behind = behind + (blank & (byte(behind) == _BLANK))
    last = byte(behind)
    unsure = ~blank | perhaps | (_WHITE[last] & (last != _BREAK)) | _is(laid, behind, "»")
    left = ~goes_on & (last != _BREAK)
    return behind[left], apart[left], np.flatnonzero(left), unsure[left]


def _byte(laid: Laid, at: np.ndarray) -> np.ndarray:
    return laid.data[np.minimum(at, len(laid.data) - 1)]


def _is(laid: Laid, at: np.ndarray, characters: str) -> np.ndarray:
    """Whether one of these characters beyond ASCII stands there."""
    found = np.zeros(len(at), dtype=bool)
    beyond = np.flatnonzero(_byte(laid, at) >= 0xC2)
    for character in characters:
        same = np.ones(len(beyond), dtype=bool)
        for step, value in enumerate(character.encode()):
            same &= (_byte(laid, at[beyond] + step) == value) & (at[beyond] + step < len(laid.data))
        found[beyond[same]] = True
    return found


def _looked_up(near: np.ndarray, look: Callable[[bytes], int]) -> np.ndarray:
    """What `look` says of each row of bytes."""
    import pyarrow as pa

    size = near.shape[1]
    rows = pa.FixedSizeBinaryArray.from_buffers(pa.binary(size), len(near), [None, pa.py_buffer(near.tobytes())])
    coded = (pa.array(near.view(np.uint64).ravel()) if size == _BEFORE else rows).dictionary_encode()
    different = coded.dictionary.to_pylist()
    if size == _BEFORE:  # numbers are told apart in less time
        different = [each.to_bytes(size, sys.byteorder) for each in different]
    return np.array([look(each) for each in different], dtype=np.int64)[coded.indices.to_numpy()]


def _near(laid: Laid, at: np.ndarray, size: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The bytes from each place on, white space for those that are not between two others."""
    if len(laid.data) < size:
        near = np.full((len(at), size), _BREAK, dtype=np.uint8)
        far = np.ones(len(at), dtype=bool)
    else:
        near = np.lib.stride_tricks.sliding_window_view(laid.data, size)[np.clip(at, 0, len(laid.data) - size)]
        far = (at < low) | (at + size > high)
    places = at[far][:, None] + np.arange(size)
    within = (places >= low[far][:, None]) & (places < high[far][:, None])
    near[far] = np.where(within, laid.data[np.clip(places, 0, len(laid.data) - 1)], _BREAK)
    return near


def _run_before(laid: Laid, at: np.ndarray, low: np.ndarray, size: int = _BEFORE) -> np.ndarray:
    """The last bytes before each place, white space for all before the last white space among them."""
    near = _near(laid, at - size, size, low, at)
    some = np.flatnonzero((near[:, :-1] <= _BLANK).any(axis=1))
    seen = np.logical_or.accumulate(_WHITE[near[some]][:, ::-1], axis=1)[:, ::-1]
    part = near[some]
    part[:, :-1][seen[:, 1:]] = _BREAK
    near[some] = part
    return near


def _run_behind(laid: Laid, at: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The first bytes from each place on, blanks for all behind the first white space among them."""
    near = _near(laid, at, _BEHIND, at, high)
    white = _WHITE[near]
    white[:, 1:4] = False  # behind a mark that opens
    near[np.logical_or.accumulate(white, axis=1)] = _BLANK
    return near


@lru_cache(maxsize=100_000)
def _before(near: bytes) -> int:
    """The kind of what stands before a full stop, _LIST and its width where it may be a list number; _END; or _ASK."""
    text = near.decode(errors="ignore")
    if not text:
        return _ASK
    if text[-1].isspace():
        return _END
    words, pieces = one.abbreviations(), text.split()
    piece = pieces[-1]
    word = one.last_word(piece)
    if text[0].isspace() or len(pieces) > 1:
        kind = int(one.kind_of(word, ".", words))
        return kind + _LIST + (len(piece.encode()) << 4) if one.is_list_mark(piece, word) else kind
    if word != piece:
        return int(one.kind_of(word, ".", words))
    return _ASK if word[-2:-1] == "." or word in _tails(len(word)) or not _VOWELS.intersection(word) else Kind.WORD


@lru_cache
def _tails(length: int) -> frozenset[str]:
    """How abbreviations of at least this length end."""
    words = one.abbreviations()
    listed = words.before_name | words.before_number | words.either | words.clock
    return frozenset(word[-length:] for word in listed if len(word) >= length)


@lru_cache(maxsize=100_000)
def _behind(near: bytes) -> int:
    """The kinds of stop behind which such a beginning opens a sentence, each a bit; or _ASK_BIT."""
    words = one.abbreviations()
    after = one.after_opening(near.decode(errors="ignore"), 0)
    if not after or after[0].isspace():
        return _ASK_BIT
    cut = not any(map(str.isspace, after))
    if cut and (len(after) < _LONGEST or (after[0].islower() and not after.startswith(_WEB))):
        return _ASK_BIT
    if not one.can_open(after, small=False):
        return _SMALL_BIT if after[0].islower() else 0
    return sum(1 << kind for kind in Kind if one.may_end(kind, after, words))


@lru_cache(maxsize=10_000)
def _is_credit(near: bytes) -> int:
    """Whether a colon behind these bytes may be that of a photo credit."""
    return near.decode(errors="ignore").split()[-1:] in [[word] for word in one.abbreviations().credits]
