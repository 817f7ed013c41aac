"""The concordance against one made as plainly as can be, and initialisms that are not function words."""

import random
import re

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from test_many_texts import PIECES, drawn, one_by_one

import mediakit as mk
from mediakit import laid_windows
from mediakit.laid_texts import lay
from mediakit.splitting_articles import split_articles
from mediakit.tokenising import normalise

MORE = (
    'said US Said peaces the. said. said.” said." “The "The (The $5 he 12. 2019. D.C. Sen. e.g. Dr. \'". \'Inc.” Jr."'
    ' St. Jan. ." .” ...” St.” announced governmental." Photograph: No! Why? ?” al. a.m. xSgt. electrifSgt. (a) II. II'
    " 3rd iPhone, www.x.org abc.def/x “Ja.“ (Inc.) Corp.). I US-led"
).split()

KEYS = ["article_id", "sentence_no"]


def mixed(seed, n_texts):
    """Texts of pieces that make it hard to tell where sentences end; with every third seed fewer signs of their own."""
    draw = random.Random(seed)
    texts = [text.replace(" peace ", f" {draw.choice(MORE)} ") for text in drawn(seed, n_texts)]
    texts = ["".join(piece + draw.choice(MORE) + " " for piece in re.split("(?<=[ \n])", text)) for text in texts]
    return [re.sub("[。！•…\u2028\u3000\u00a0]", " ", text) for text in texts] if seed % 3 == 0 else texts


def titled(texts):
    return [text.strip().split("\n")[0].strip() or None if number % 2 else None for number, text in enumerate(texts)]


@pytest.mark.parametrize("seed", range(9))
def test_sentences_begin_where_each_article_alone_has_them(seed):
    texts = mixed(seed, 60)
    titles = titled(texts)
    laid = lay(texts)
    found = split_articles(laid, titles).start.tolist()
    expected, base = [], 0
    for text, title in zip(texts, titles, strict=True):
        expected += [base + start for _, _, start, _ in one_by_one(text, title)]
        base += len(text)
    assert found == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*PIECES, *MORE, "\n"]), max_size=9), min_size=1, max_size=3))
def test_short_texts_leave_no_room_beside_a_stop(texts):
    texts = [" ".join(text) for text in texts]
    laid = lay(texts)
    found, base, expected = split_articles(laid, titled(texts)).start.tolist(), 0, []
    for text, title in zip(texts, titled(texts), strict=True):
        expected += [base + start for _, _, start, _ in one_by_one(text, title)]
        base += len(text)
    assert found == expected


def rows_of(articles, sentences, query, window):
    """The hits of a query of plain terms, token by token."""
    for (article_id, number), terms, starts, ends, bounds in sentences:
        text = articles["text"].iloc[int(article_id.removeprefix("a"))]
        for at in range(len(terms) - len(query) + 1):
            if terms[at : at + len(query)] != query:
                continue
            start, end = starts[at], ends[at + len(query) - 1]
            low, high = text.rfind("\n", 0, start) + 1, (text + "\n").find("\n", end)
            if window == "sentence":
                low, high = bounds
            before, behind = (list(re.finditer(r"\S+", each)) for each in (text[low:start], text[end:high]))
            before, behind = (before, behind) if window == "sentence" else (before[-window:], behind[:window])
            left = text[low + before[0].start() : low + before[-1].end()] if before and window else ""
            right = text[end + behind[0].start() : end + behind[-1].end()] if behind and window else ""
            yield article_id, number, start, end, left, text[start:end], right


@pytest.mark.parametrize("narrow", [False, True])
def test_every_row_is_what_a_plain_loop_finds(narrow, monkeypatch):
    if narrow:  # windows that do not do at first, and few rows at once
        for name, value in {"_RUN": 2, "_WORD": 1, "_FIRST": 3, "_MOST": 64}.items():
            monkeypatch.setattr(laid_windows, name, value)
        monkeypatch.setattr("mediakit.laid_texts._BLOCK", 500)
    texts = mixed(5 if narrow else 2, 20 if narrow else 40)
    articles = make_articles(
        *({"text": text, "title": title} for text, title in zip(texts, titled(texts), strict=True))
    )
    bounds = {row[:2]: row[2:] for row in mk.sentences(articles)[[*KEYS, "start", "end"]].itertuples(index=False)}
    sentences = [
        (key, *(own[name].tolist() for name in ("term", "start", "end")), bounds[key])
        for key, own in mk.tokens(articles).groupby(KEYS, sort=False)
    ]
    asked = [
        ("said", 3),
        ("the", "sentence"),
        ("peace", 40),
        ("US", 1),
        ("5", 0),
        ("said the", 2),
        ("https://a.org/b", 8),
    ]
    for query, window in asked:
        hits = mk.kwic(articles, query, window=window)
        expected = list(rows_of(articles, sentences, [normalise(each) for each in query.split()], window))
        assert list(hits.itertuples(index=False, name=None)) == expected, query


def terms_of(text, title=None):
    rows = mk.tokens(make_articles({"text": text, "title": title}))
    return rows["term"].tolist()


def test_an_initialism_is_not_the_function_word():
    assert terms_of("The US told us. It said IT is in demand at WHO.")[1:4] == ["US", "told", "us"]
    assert terms_of("“US’s” (US), US-led, pro-US: US$5 in the US.") == "US US us-led pro US US 5 in the US".split()
    assert terms_of("The WHO's chief, who's ill, met IS.") == "the WHO chief who's ill met IS".split()
    assert terms_of("U.S. and u.s. are one term, U\u00adS another.")[0] == "u.s."  # and "US" stays apart from it
    assert "US" in terms_of("NEW YORK (AP) — US stocks fell.")
    assert [normalise(each) for each in ("US", "us", "US'S", "US's")] == ["US", "us", "us", "US"]


def test_among_capitals_an_initialism_cannot_be_told():
    assert terms_of("TRUMP TELLS US ALLIES\nThe US did.", "TRUMP TELLS US ALLIES")[2] == "us"
    assert terms_of("CLICK IF YOU MISSED IT TODAY The US spoke.")[4] == "it"
    assert [terms_of(each)[0] for each in ("US", "US: 3", "WHO TOLD US?")] == ["US", "US", "who"]
    assert terms_of("Votes from the US EPA and in the UK, US, EU.").count("US") == 2


def among_capitals(line, number):
    """The rule as it is stated, for the piece of this number."""
    pieces = line.split()
    words = [word for piece in pieces for word in re.findall(r"[^\W\d_]{2,}", piece)]
    if line == line.upper() and set(words) - {"US", "IT", "IS", "WHO"}:
        return True
    low = high = number
    while low and pieces[low][0].isalpha() and pieces[low - 1][-1].isalpha() and pieces[low - 1].isupper():
        low -= 1
    while pieces[high][-1].isalpha() and pieces[high + 1 :] and pieces[high + 1][0].isalpha():
        if not pieces[high + 1].isupper():
            break
        high += 1
    beside = pieces[low:number] + pieces[number + 1 : high + 1]
    return pieces[number].isupper() and sum(len(piece) > 1 for piece in beside) >= 2


def test_capitals_beside_an_initialism_are_counted_as_said():
    draw = random.Random(1)
    pieces = "US IT (US) US, us TELLS TELLS told É é A — “US US’s 5 WHO Us US/UK UN. (THE THEM) É,".split()
    lines = [" ".join(draw.choice(pieces) for _ in range(draw.randint(1, 6))) for _ in range(500)]
    rows = mk.tokens(make_articles({"text": "\n".join(lines)}))
    tokens = dict(zip(rows["start"], zip(rows["token"], rows["term"], strict=True), strict=True))
    at, seen = 0, set()
    for line in lines:
        for number, piece in enumerate(line.split()):
            for token, term in (tokens[place] for place in range(at, at + len(piece)) if place in tokens):
                if normalise(token) in {"US", "IT", "WHO"}:
                    folded = among_capitals(line, number)
                    assert term == (normalise(token).lower() if folded else normalise(token)), (line, number)
                    seen.add(folded)
            at += len(piece) + 1
    assert seen == {True, False}


def test_counts_concordance_and_dictionaries_tell_the_country_from_us():
    articles = make_articles(
        {"text": "The US president told us. US presidents tell us.", "title": None},
        {"text": "LET US PRAY\nUS president and US president.", "title": "LET US PRAY"},
    )
    counts = mk.term_counts(articles, n=(1, 2)).set_index("term")["n"]
    assert (counts["US"], counts["US president"]) == (4, 3)
    assert "us" not in counts.index
    assert mk.term_counts(articles, stop_words=None).set_index("term")["n"]["us"] == 3
    assert [len(mk.kwic(articles, query)) for query in ("US", "us", "US president", "us president")] == [4, 3, 3, 0]
    entries = pd.DataFrame({"category": ["country", "people"], "term": ["US", "us"]})
    found = mk.dictionary_hits(articles, entries)
    assert found["category"].value_counts().to_dict() == {"country": 4, "people": 3}
    assert found["text"].tolist().count("US") == 5  # the one among capitals is a hit of "us"
