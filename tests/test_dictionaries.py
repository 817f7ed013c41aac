"""Dictionaries: files, hits that are those of the concordance, rates, overlaps, categories over time."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.frames import FrameError, build

WORDS = [
    "peace",
    "talks",
    "talk",
    "econom",
    "economic",
    "economics",
    "war",
    "wars,",
    "Peace",
    "U.S.",
    "cease-fire",
    ".",
]


def dictionary(**categories):
    pairs = [(category, term) for category, terms in categories.items() for term in terms]
    return build("dictionary", {"category": [one for one, _ in pairs], "term": [term for _, term in pairs]})


def places(frame):
    return list(zip(frame["article_id"], frame["start"], frame["end"], strict=True))


def test_hits_of_the_framing_dictionary_are_those_of_the_concordance(seeds):
    framing = mk.read_dictionary()
    used = set(mk.dictionary_hits(seeds, framing)["term"])
    for term in [*sorted(used)[::4], "bailout*", "mass grave*"]:
        assert places(mk.dictionary_hits(seeds, dictionary(one=[term]))) == places(mk.kwic(seeds, term)), term


@given(
    st.lists(st.lists(st.sampled_from([*WORDS, "\n"]), max_size=12), min_size=1, max_size=3),
    st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=2),
    st.booleans(),
)
def test_hits_are_those_of_the_concordance(texts, words, wild):
    articles = make_articles(*({"text": " ".join(text)} for text in texts))
    term = " ".join(words) + ("*" if wild and words[-1].isalpha() else "")
    hits = mk.dictionary_hits(articles, dictionary(one=[term]))
    found = places(mk.kwic(articles, term))
    # hits that overlap ("peace peace peace") are one, the first
    last = ("", 0)
    expected = [(a, s, e) for a, s, e in found if (a, s) >= last and (last := (a, e))]
    assert places(hits) == expected
    texts = articles.set_index("article_id")["text"]
    assert [texts[a][s:e] for a, s, e in places(hits)] == hits["text"].tolist()


def test_the_longest_hit_of_a_category_counts():
    articles = make_articles({"text": "Peace talks in peace. Talks failed."})
    found = mk.dictionary_hits(articles, dictionary(a=["peace", "talks", "peace talks"], b=["peace"]))
    assert found[["category", "term", "text"]].values.tolist() == [
        ["b", "peace", "Peace"],
        ["a", "peace talks", "Peace talks"],
        ["a", "peace", "peace"],
        ["b", "peace", "peace"],
        ["a", "talks", "Talks"],
    ]


def test_counts_add_up_hits(seeds):
    hits, counts = mk.dictionary_hits(seeds), mk.dictionary_counts(seeds, by="source")
    source = hits["article_id"].map(seeds.set_index("article_id")["source"])
    expected = hits.groupby([source, "category"]).size()
    assert counts.set_index(["source", "category"])["n"].to_dict() == {
        key: expected.get(key, 0) for key in zip(counts["source"], counts["category"], strict=True)
    }
    n_tokens = mk.tokens(seeds).groupby("article_id").size().groupby(seeds.set_index("article_id")["source"]).sum()
    assert np.allclose(counts["per_1000"], 1000 * counts["n"] / counts["source"].map(n_tokens))
    assert len(counts) == 5 * 6


def test_no_hit_is_zero_and_no_text_is_missing():
    rates = mk.dictionary_rates(make_articles({"text": "Nothing here."}, {"text": None}), dictionary(a=["war"]))
    assert rates["n"].tolist() == [0, 0]
    assert rates["per_1000"].tolist()[0] == 0
    assert np.isnan(rates["per_1000"].tolist()[1])
    counts = mk.dictionary_counts(make_articles({"text": None}), dictionary(a=["war"]))
    assert np.isnan(counts["per_1000"].iloc[0])
    assert mk.dictionary_hits(make_articles({"text": "x"}).iloc[:0]).empty


def test_differences_are_tested_over_all_categories():
    rng = np.random.default_rng(0)

    def text(rate):
        return " ".join(rng.choice(["war", "tax", "and"], p=[rate, 0.1, 0.9 - rate], size=200))

    records = [{"source": source, "text": text(rate)} for source, rate in (("A", 0.05), ("B", 0.2)) for _ in range(12)]
    articles = make_articles(*records)
    rates = mk.dictionary_rates(articles, dictionary(conflict=["war"], economy=["tax"]))
    verdicts = mk.dictionary_differences(rates, articles).set_index("category")
    assert verdicts.loc["conflict", "verdict"] == "differs"
    assert verdicts.loc["economy", "verdict"] == "cannot be told apart"
    said = mk.describe_dictionary_differences(verdicts.reset_index())
    assert "Of 2 comparisons over 2 categories: 1 differ, 1 cannot be told apart, 0 too few" in said
    assert "conflict: A less B" in said
    few = mk.dictionary_differences(rates, articles[articles.index % 6 == 0])
    assert set(few["verdict"]) == {"too few"}
    assert few["p_adjusted"].isna().all()


def test_overlaps():
    found = mk.dictionary_overlaps(
        dictionary(a=["war", "econom*", "peace"], b=["War", "economic aid", "economics", "peace talks"])
    )
    kinds = found.set_index(["term", "other_term"])["kind"].to_dict()
    assert kinds == {
        ("war", "War"): "same term",
        ("econom*", "economics"): "wildcard takes it",
        ("econom*", "economic aid"): "part of it",
        ("peace", "peace talks"): "part of it",
    }
    assert mk.dictionary_overlaps(dictionary(a=["econom*", "economy"]))["kind"].tolist() == ["wildcard takes it"]


def test_the_framing_dictionary():
    framing = mk.read_dictionary()
    sizes = framing.groupby("category").size()
    assert list(sizes.index) == ["conflict", "diplomacy", "economy", "human cost", "legality", "security"]
    assert sizes.between(25, 60).all()
    assert mk.dictionary_overlaps(framing).empty


FILES = {
    "a.csv": "category,term,note\nwar,battle*,x\nwar,front line,\npeace,talks,\n",
    "a.yaml": "war: [battle*, front line]\npeace:\n  - talks\n",
    "a.dic": "%\n1\twar\n12\tpeace\n%\nbattle*\t1\nfront line\t1\ntalks\t12\n",
    "b.dic": "%\n1 war\n12 peace\n%\nbattle* 1\nfront line 1\ntalks 12\n",
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_dictionary_in_every_format(name, tmp_path):
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    expected = [["war", "battle*"], ["war", "front line"], ["peace", "talks"]]
    assert mk.read_dictionary(tmp_path / name).values.tolist() == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "category,word\nx,y\n", "no column 'term'"),
        ("a.csv", "category,term\nx,\n", "line 2: no term"),
        ("a.csv", "category,term\n", "no terms"),
        ("a.yaml", "- war\n- peace\n", "expected categories"),
        ("a.yaml", "war: battle\n", "no list of terms"),
        ("a.yaml", "war: [yes]\n", "Put it in quotes"),
        ("a.yaml", "war: [a\n", "no YAML"),
        ("a.dic", "%\n1\twar\nbattle\t1\n", "lines of '%'|no number and name"),
        ("a.dic", "%\n1\twar\n%\nlike\t(02 134)125/464\t1\n", r"line 4.*Conditions are not read"),
        ("a.dic", "%\n1\twar\n%\nlike\n", "line 4"),
    ],
)
def test_what_cannot_be_read_is_named(name, content, message, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FrameError, match=message):
        mk.read_dictionary(tmp_path / name)


def test_a_term_without_letters_is_refused(seeds):
    with pytest.raises(FrameError, match="no letter or digit"):
        mk.dictionary_hits(seeds, dictionary(a=["—"]))
    with pytest.raises(FrameError, match="dictionary"):
        mk.dictionary_hits(seeds, pd.DataFrame({"term": ["war"]}))


def test_terms_over_time():
    records = [
        {"published": f"2025-0{month}-1{day}", "text": "War and peace talks."} for month in (1, 3) for day in range(6)
    ]
    articles = make_articles(
        *records, {"published": None, "text": "War, war."}, {"published": "2025-04-01", "text": "Calm."}
    )
    frame = mk.term_timeline(articles, ["war", "peace talks"], period="month")
    war = frame[frame["term"] == "war"]
    assert war["n"].tolist() == [6, 0, 6, 0, 2]
    assert war["n_articles"].tolist() == [6, 0, 6, 1, 1]
    assert war["value"].iloc[[0, 2, 3, 4]].tolist() == [250, 250, 0, 1000]
    assert np.isnan(war["value"].iloc[1])
    assert war["caveat"].iloc[1] == "no articles"
    assert war["ci_low"].notna().tolist() == [True, False, True, False, False]
    used = mk.term_timeline(articles, "war", period="month", measure="used")
    assert used["n_using"].tolist() == [6, 0, 6, 0, 1]
    by_category = mk.term_timeline(articles, dictionary(violence=["war"], diplomacy=["peace talks"]), period="month")
    assert by_category["n"].tolist() == frame["n"].tolist()
    with pytest.raises(ValueError, match="named"):
        mk.term_timeline(articles, "war", measure="named")
    with pytest.raises(ValueError, match="empty"):
        mk.term_timeline(articles, [])


def test_terms_over_time_by_group_agree_with_the_concordance(seeds):
    frame = mk.term_timeline(seeds, "ceasefire*", by="source")
    hits = mk.kwic(seeds, "ceasefire*")["article_id"].map(seeds.set_index("article_id")["source"]).value_counts()
    assert frame.groupby("source")["n"].sum().to_dict() == {name: hits.get(name, 0) for name in set(seeds["source"])}
