"""Dispersion, collocates, phrases and lexical diversity against their formulas written out, and scipy."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

import mediakit as mk
from mediakit.frames import FrameError

WORDS = ["peace", "war", "talks", "the", "of", "summit"]
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda words: " ".join(words) + ". The end.")
text = st.lists(sentence, max_size=4).map("\n".join)
corpora = st.lists(text, min_size=1, max_size=5)


@settings(max_examples=80)
@given(corpora, st.sampled_from(["article", "paragraph", "source"]))
def test_dispersion_equals_its_formulas(texts, parts):
    articles = make_articles(*({"text": text, "source": "ab"[number % 2]} for number, text in enumerate(texts)))
    tokens = mk.tokens(articles)
    by_id = articles.set_index("article_id")
    where = pd.Series(
        [
            {
                "article": of,
                "paragraph": (of, by_id.loc[of, "text"][:start].count("\n")),
                "source": by_id.loc[of, "source"],
            }[parts]
            for of, start in zip(tokens["article_id"], tokens["start"], strict=True)
        ],
        dtype="object",
    )
    sizes = where.value_counts()
    found = mk.dispersion(articles, parts=parts, min_n=1).set_index("term")
    assert set(found.index) == set(tokens["term"])
    for term, row in found.iterrows():
        counts = where[tokens["term"] == term].value_counts().reindex(sizes.index, fill_value=0)
        share, part = sizes / sizes.sum(), counts / counts.sum()
        assert (row["n"], row["n_parts"], row["range"]) == (counts.sum(), len(sizes), (counts > 0).sum())
        if len(sizes) == 1:
            assert np.isnan(row["dp"])
            assert np.isnan(row["juilland_d"])
            continue
        dp = (part - share).abs().sum() / 2
        rate = counts / sizes
        assert row["dp"] == pytest.approx(dp, abs=1e-9)
        assert row["dp_norm"] == pytest.approx(dp / (1 - share.min()), abs=1e-9)
        d = 1 - rate.std(ddof=0) / rate.mean() / math.sqrt(len(sizes) - 1)
        assert row["juilland_d"] == pytest.approx(d, abs=1e-9)


def test_dispersion_of_a_published_example():
    # Gries (2008): parts of 9, 10, 10, 10, 11 tokens in which "a" stands 1, 2, 3, 4, 5 times has DP = .18
    texts = [" ".join(["a"] * n + ["b"] * (size - n)) for n, size in ((1, 9), (2, 10), (3, 10), (4, 10), (5, 11))]
    row = mk.dispersion(make_articles(*({"text": text} for text in texts))).set_index("term").loc["a"]
    assert row["dp"] == pytest.approx(0.18, abs=5e-3)
    with pytest.raises(FrameError, match="no column 'desk'"):
        mk.dispersion(make_articles({"text": "a"}), parts="desk")


@settings(max_examples=80)
@given(corpora, st.sampled_from(["peace", "war talks", "s*"]), st.integers(0, 3), st.integers(1, 3))
def test_collocates_equal_a_plain_loop(texts, query, left, right):
    articles = make_articles(*({"text": text} for text in texts))
    tokens = mk.tokens(articles)
    hits = mk.kwic(articles, query)
    near, behind, where = Counter(), Counter(), {}
    for hit in hits.itertuples():
        own = tokens[(tokens["article_id"] == hit.article_id) & (tokens["sentence_no"] == hit.sentence_no)]
        before = own.loc[own["end"] <= hit.start, "term"].tolist()
        after = own.loc[own["start"] >= hit.end, "term"].tolist()[:right]
        for term in before[max(len(before) - left, 0) :] + after:
            near[term] += 1
            where.setdefault(term, set()).add(hit.article_id)
        behind.update(after)
    found = mk.collocates(articles, query, window=(left, right), min_n=1, stop_words=None).set_index("term")
    assert dict(found["n_near"]) == dict(near)
    for term, row in found.iterrows():
        n, node, f = (tokens["term"] == term).sum(), len(hits), near[term]
        assert (row["n"], row["n_node"], row["n_right"]) == (n, node, behind[term])
        assert (row["n_left"], row["n_articles"]) == (f - behind[term], len(where[term]))
        assert row["log_dice"] == pytest.approx(14 + math.log2(2 * f / (node + n)), abs=1e-9)
        assert row["mi"] == pytest.approx(math.log2(f * len(tokens) / (node * n)), abs=1e-9)
        assert row["t"] == pytest.approx((f - node * n / len(tokens)) / math.sqrt(f), abs=1e-9)


def test_collocates_say_what_they_cannot_do(small):
    assert mk.collocates(small, "unheard of").empty
    assert "the" not in set(mk.collocates(small, "talks", min_n=1)["term"])
    with pytest.raises(ValueError, match="window is 0"):
        mk.collocates(small, "talks", window=0)
    with pytest.raises(ValueError, match="query is empty"):
        mk.collocates(small, " ")


def test_phrases_are_words_that_go_together():
    filler = "Rain fell on the hills. Trade was slow in the town. A bridge was built there. "
    texts = [filler + "The peace agreement failed. A cease-fire and the peace agreement of Minsk held."] * 3
    found = mk.phrases(make_articles(*({"text": text} for text in texts)), min_n=6).set_index("term")
    assert list(found.index) == ["peace agreement"]
    row, n_tokens = found.iloc[0], len(mk.tokens(make_articles(*({"text": text} for text in texts))))
    assert (row["n"], row["n_articles"]) == (6, 3)
    together = 6 / n_tokens
    assert row["npmi"] == pytest.approx(math.log(together / (6 / n_tokens) ** 2) / -math.log(together), abs=1e-9)
    assert row["c_value"] == pytest.approx(math.log2(3) * 6, abs=1e-9)
    with pytest.raises(ValueError, match="2 words or more"):
        mk.phrases(make_articles({"text": "a"}), longest=1)


def test_what_stands_in_longer_phrases_alone_counts_for_little():
    # Frantzi and others: 7 × "soft contact lens", of which "contact lens" 7 more times alone
    texts = ["Try the soft contact lens. Buy one contact lens. Sun, rain and wind came by turns again."] * 7
    found = mk.phrases(make_articles(*({"text": text} for text in texts))).set_index("term")
    assert found.loc["contact lens", "c_value"] == pytest.approx(math.log2(3) * (14 - 7), abs=1e-9)
    assert found.loc["soft contact lens", "c_value"] == pytest.approx(math.log2(4) * 7, abs=1e-9)


def one_way(terms):
    factors, start = 0.0, 0
    for end in range(1, len(terms) + 1):
        ratio = len(set(terms[start:end])) / (end - start)
        if ratio <= 0.72:
            factors, start = factors + 1, end
    if start < len(terms):
        factors += (1 - len(set(terms[start:])) / (len(terms) - start)) / (1 - 0.72)
    return len(terms) / factors if factors else math.nan


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), max_size=160), st.integers(1, 60))
def test_lexical_diversity_equals_its_formulas(numbers, window):
    terms = [f"w{number}" for number in numbers]
    row = mk.lexical_diversity(make_articles({"text": " ".join(terms)}), window=window).iloc[0]
    n, counts = len(terms), Counter(terms)
    assert (row["n_tokens"], row["n_types"]) == (n, len(counts))
    expected = {
        "ttr": len(counts) / n if n else math.nan,
        "mattr": np.mean([len(set(terms[at : at + window])) / window for at in range(n - window + 1)])
        if n >= window
        else math.nan,
        "mtld": (one_way(terms) + one_way(terms[::-1])) / 2 if n >= 50 else math.nan,
        "hdd": sum(1 - hypergeom.pmf(0, n, f, 42) for f in counts.values()) / 42 if n >= 42 else math.nan,
    }
    for name, value in expected.items():
        assert row[name] == pytest.approx(value, abs=1e-9, nan_ok=True), name


def test_nothing_to_measure():
    empty = make_articles({"text": ""}, {"text": None})
    assert mk.dispersion(empty).empty
    assert mk.collocates(empty, "peace").empty
    assert mk.phrases(empty).empty
    assert mk.lexical_diversity(empty)["n_tokens"].tolist() == [0, 0]
    for made in (mk.dispersion(empty[:0]), mk.phrases(empty[:0]), mk.lexical_diversity(empty[:0])):
        assert isinstance(made, pd.DataFrame)
        assert made.empty
