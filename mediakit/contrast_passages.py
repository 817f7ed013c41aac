"""Quotations and passages that two sides share, and those that one of them has alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
import pandas as pd

from .contrast_parts import Row, Sentence, Side, Span, mirrored
from .duplicate_passages import passages
from .duplicate_words import SIZE, Reader, Words

_QUOTED = 4  # words of the shortest quotation compared
_WORDED = 0.5  # share of a quotation's words that the other side has to have word for word
_TOLD = 0.6  # share of the content words that one sentence of the other side has to have
_LEAST = 4  # content words that must be shared
_ALONE = 1 / 3  # share of the content words of a passage that the other side may have, anywhere


def quotation_rows(a: Side, b: Side, quotes: pd.DataFrame) -> Iterator[Row]:
    """Direct and partial quotations of one side that the other has word for word, in other words, or not at all."""
    matched: set[Span] = set()
    for row in _quotations(a, b, quotes):
        if row.b:
            matched.add(row.b)
        yield row
    for row in _quotations(b, a, quotes):
        # told already, from the other side
        if not (row.b and row.a and any(_overlap(row.a, span) for span in matched)):
            yield mirrored(row)


def _quotations(here: Side, there: Side, quotes: pd.DataFrame) -> Iterator[Row]:
    reader, seen = Reader(), set()
    chosen = quotes[quotes["article_id"].isin(here.texts) & quotes["kind"].isin(["direct", "partial"])]
    columns = (chosen[name].tolist() for name in ("article_id", "start", "end", "speaker", "speaker_text"))
    for key, start, end, speaker, written in zip(*columns, strict=True):
        span = Span(key, int(start), int(end))
        words, text = reader.words(here.text(span)), here.text(span)
        if len(words.hashes) < _QUOTED or words.hashes.tobytes() in seen:
            continue
        seen.add(words.hashes.tobytes())
        who = next((name for name in (speaker, written) if isinstance(name, str)), "speaker not named")
        found = _word_for_word(words, there)
        if found:
            yield Row("quotation", "both", text, 1, 1, span, found, f"{who}; word for word")
            continue
        other = _retold(frozenset().union(*(s.stems for s in here.sentences if _overlap(s.span, span))), text, there)
        if other:
            yield Row("quotation", "both", text, 1, 1, span, other, f"{who}; in other words: read both")
        else:
            yield Row("quotation", "a only", text, 1, 0, span, None, who)


def _word_for_word(words: Words, there: Side) -> Span | None:
    """Where at least half of the words stand in the same order, in runs of five or more; short ones whole."""
    for key, others in there.words.items():
        size = len(words.hashes)
        if size < SIZE:
            places = np.flatnonzero(others.hashes == words.hashes[0])
            runs = [(0, int(at), size) for at in places if np.array_equal(others.hashes[at : at + size], words.hashes)]
        else:
            runs = passages(words, others)
        if runs and sum(length for *_, length in runs) >= _WORDED * size:
            _, at, length = max(runs, key=lambda run: run[2])
            return Span(key, int(others.starts[at]), int(others.ends[at + length - 1]))
    return None


def _retold(around: frozenset[str], text: str, there: Side) -> Span | None:
    """The sentence that has most of the content words of a quotation, if it has enough of them."""
    own = around & Side(pd.DataFrame({"article_id": ["q"], "title": [None], "text": [text]})).stems - {""}
    best = max(there.sentences, key=lambda sentence: len(own & sentence.stems), default=None)
    if best is None or len(own & best.stems) < max(_LEAST, _TOLD * len(own)):
        return None
    return best.span


def passage_rows(a: Side, b: Side, min_words: int) -> Iterator[Row]:
    """Passages that both have, word for word or in other words, and those that one has alone."""
    shared = list(_shared(a, b, min_words))
    yield from shared
    yield from _alike(a, b, shared)
    yield from _alone(a, b)
    yield from map(mirrored, _alone(b, a))


def _shared(a: Side, b: Side, min_words: int) -> Iterator[Row]:
    for key_a, words in a.words.items():
        for key_b, others in b.words.items():
            for first, second, length in passages(words, others, max(min_words, SIZE)):
                here = Span(key_a, int(words.starts[first]), int(words.ends[first + length - 1]))
                there = Span(key_b, int(others.starts[second]), int(others.ends[second + length - 1]))
                yield Row("passage", "both", a.text(here), 1, 1, here, there, f"{length} words, word for word")


def _alike(a: Side, b: Side, shared: list[Row]) -> Iterator[Row]:
    """Pairs of sentences that have most of their content words in common, each sentence in one pair at most."""
    taken = [span for row in shared for span in (row.a, row.b) if span]
    left, right = (
        [s for s in side.sentences if len(s.stems) >= _LEAST and not any(_overlap(s.span, span) for span in taken)]
        for side in (a, b)
    )
    pairs = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            n = len(one.stems & other.stems)
            if n >= max(_LEAST, _TOLD * min(len(one.stems), len(other.stems))):
                pairs.append((-n / len(one.stems | other.stems), i, j, n))
    used: set[tuple[str, int]] = set()
    for _, i, j, n in sorted(pairs):
        if not {("a", i), ("b", j)} & used:
            used |= {("a", i), ("b", j)}
            here, there = left[i].span, right[j].span
            yield Row("passage", "both", a.text(here), 1, 1, here, there, f"{n} content words in common: read both")


def _alone(here: Side, there: Side) -> Iterator[Row]:
    """Neighbouring sentences most of whose content words stand nowhere in the other side."""

    def group(sentence: Sentence) -> tuple[str, int, bool]:
        known = len(sentence.stems & there.stems)
        alone = sentence.part == "body" and len(sentence.stems) > _LEAST and known <= _ALONE * len(sentence.stems)
        return sentence.span.article_id, sentence.paragraph, alone

    for (key, _, alone), run in groupby(here.sentences, key=group):
        members = list(run)
        if alone:
            span = Span(key, members[0].span.start, members[-1].span.end)
            stems = frozenset().union(*(sentence.stems for sentence in members))
            note = f"{len(stems - there.stems)} of {len(stems)} content words stand nowhere in the other"
            yield Row("passage", "a only", here.text(span), 1, 0, span, None, note)


def _overlap(one: Span, other: Span) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end
