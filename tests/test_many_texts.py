"""Many articles read at once against reading them one by one, as plainly as can be."""

import random
from unittest.mock import patch

import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit import splitting_articles as many
from mediakit.laid_texts import lay, lay_blocks
from mediakit.splitting import split_sentences
from mediakit.tokenising import Lexicon, token_pattern, tokenise_laid

PIECES = (
    ". ! ? … “ ” \" ' ’ ( ) [ – — , : • 。 ！ Photo: credit: credits: U.S. Mr. p.m. No. J. 5 5. 12. a The the EST"
    " Trump-Putin I. iv. » « ; peace Peace's war. peace.” https://a.org/b. e\u0301 Путин. \u00ad pe\u00adace 😀 İ"
    " Monday Inc. ﬁ ß ... ?! (1) “1. “Yes.” said. WORD. Sgt. iPhone al-Qaeda 3.5 \u200b x@y.org"
).split()
BLANKS = [" "] * 12 + ["\n", "\n", "\u00a0", "\u2028", "  ", " \n", "\t", "", "\x1c", "\u3000"]


def drawn(seed, n_texts):
    draw = random.Random(seed)
    pairs = [[(draw.choice(PIECES), draw.choice(BLANKS)) for _ in range(draw.randint(0, 30))] for _ in range(n_texts)]
    return [draw.choice(["", "", " ", "\n"]) + "".join(map("".join, one)) for one in pairs]


def one_by_one(text, title):
    """paragraph_no, part, start, end of the sentences of an article, paragraph by paragraph."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at + len(line) - len(line.lstrip()), line.strip()))
        at += len(line) + 1
    part = ["heading" if many._may_be_heading(line) else "body" for _, line in lines]
    if lines and title is not None and lines[0][1] == title:
        part[0] = "title"
    body = [number for number, kind in enumerate(part) if kind == "body"]
    kept = list(part)
    for number, kind in enumerate(part):
        low = high = number
        while low > 0 and part[low - 1] == kind:
            low -= 1
        while high + 1 < len(part) and part[high + 1] == kind:
            high += 1
        if kind == "heading" and (high - low >= 2 or not body or not body[0] < number < body[-1]):
            kept[number] = "body"
    for number, ((at, line), kind) in enumerate(zip(lines, kept, strict=True)):
        for start, end in split_sentences(line) if kind == "body" else [(0, len(line))]:
            yield number, kind, at + start, at + end


@pytest.mark.parametrize("seed", range(4))
def test_sentences_of_many_articles_are_those_of_each(seed):
    texts = drawn(seed, 400)
    titles = [text.strip().split("\n")[0].strip() or None if number % 2 else None for number, text in enumerate(texts)]
    found = mk.sentences(
        make_articles(*({"text": text, "title": title} for text, title in zip(texts, titles, strict=True)))
    )
    rows = found[["article_id", "paragraph_no", "part", "start", "end", "text"]].itertuples(index=False, name=None)
    expected = [
        (f"a{number}", *row, text[row[2] : row[3]])
        for number, (text, title) in enumerate(zip(texts, titles, strict=True))
        for row in one_by_one(text, title)
    ]
    assert list(rows) == expected


def test_phrases_are_found_wherever_their_tokens_stand_together():
    texts = drawn(9, 400)
    articles = make_articles(*({"text": text} for text in texts))
    tokens = mk.tokens(articles)
    for query in (("peace",), ("the", "peace"), ("said", "the")):
        expected = set()
        for (article_id, _), own in tokens.groupby(["article_id", "sentence_no"]):
            terms = own["term"].tolist()
            for at in range(len(terms) - len(query) + 1):
                if tuple(terms[at : at + len(query)]) == query:
                    expected.add((article_id, own["start"].iloc[at], own["end"].iloc[at + len(query) - 1]))
        hits = mk.kwic(articles, " ".join(query))
        assert set(hits[["article_id", "start", "end"]].itertuples(index=False, name=None)) == expected
        assert len(hits) == len(expected)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="a\n \u00a0é”😀\u3000.", max_size=12), min_size=1, max_size=5))
def test_places_are_told_in_code_points_and_back(texts):
    laid, whole = lay(texts), "".join(texts)
    assert [laid.cut(low, high) for low, high in zip(laid.begin, laid.finish, strict=True)] == [
        run for text in texts for run in text.split()
    ]
    starts = laid.code_points(laid.begin)
    assert list(laid.from_code_points(starts)) == list(laid.begin)
    assert [whole[at] for at in starts] == [run[0] for text in texts for run in text.split()]


@pytest.mark.parametrize("bits", [1, 18])
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(alphabet="ab\0é ", max_size=60), min_size=1, max_size=4))
def test_tokens_do_not_depend_on_what_was_read_before(bits, texts):
    """Runs of up to sixteen bytes are told apart as numbers: those that share a slot, and zeros, among them."""
    laid = lay(texts)
    runs = [run for text in texts for run in text.split()]
    with patch("mediakit.tokenising._SLOT_BITS", bits):
        lexicon = Lexicon()
        found = [tokenise_laid(laid, lexicon) for _ in range(2)][-1]
    assert [lexicon.written()[form] for form in found.form] == [
        match.group() for run in runs for match in token_pattern().finditer(run)
    ]


def test_blocks_hold_every_text_once(monkeypatch):
    monkeypatch.setattr("mediakit.laid_texts._BLOCK", 40)
    monkeypatch.setattr("mediakit.term_grams._MANY", 30)
    monkeypatch.setattr("mediakit.term_grams._JOINED", 7)
    texts = [*drawn(3, 30), "", "word " * 30]
    found = [(low + at, text) for low, laid in lay_blocks(texts) for at, text in enumerate(laid.column.to_pylist())]
    assert found == list(enumerate(texts))
    articles = make_articles(*({"text": text, "source": f"s{at % 3}"} for at, text in enumerate(texts)))
    small = mk.term_counts(articles, by="source", n=(1, 2, 4), stop_words=None)
    monkeypatch.undo()
    assert small.equals(mk.term_counts(articles, by="source", n=(1, 2, 4), stop_words=None))
    assert small.equals(mk.term_counts(articles[::-1], by="source", n=(1, 2, 4), stop_words=None))
