"""Who speaks how much: counts by hand, intervals against their definition, and where nobody speaks."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import false_discovery_control, t

import mediakit as mk
from mediakit.frames import FrameError, build
from mediakit.intervals import hall_arms

NAMES = ["Ann", "Bob", None]
GENDERS = {"Ann": "female", "Bob": "male", None: None}


def quotes_of(*rows):
    """Quotations from (article number, speaker, words, kind), none inside another."""
    records = []
    for at, (article, speaker, n_words, kind) in enumerate(rows):
        text = " ".join(["word"] * n_words)
        records.append(
            {
                "article_id": f"a{article}",
                "sentence_no": at,
                "start": 1000 * at,
                "end": 1000 * at + len(text),
                "text": text,
                "kind": kind,
                "speaker": speaker,
                "speaker_text": speaker,
                "speaker_kind": "named" if speaker else None,
                "gender": GENDERS.get(speaker),
                "speaker_start": None,
                "speaker_end": None,
                "cue": None,
                "cue_start": None,
                "cue_end": None,
                "stance": None,
                "confidence": 0.9,
            }
        )
    return build("quotes", records or {"gender": []})


def corpus(n, sources="AB"):
    return make_articles(*({"text": "x", "source": sources[at % len(sources)]} for at in range(n)))


rows = st.lists(
    st.tuples(
        st.integers(0, 8), st.sampled_from(NAMES), st.integers(1, 9), st.sampled_from(["direct", "partial", "indirect"])
    ),
    max_size=30,
)


@given(rows)
def test_shares_of_a_group_make_one_and_lie_in_their_intervals(found):
    quotes, articles = quotes_of(*found), corpus(9)
    for by in (None, "source"):
        counts = mk.quote_counts(quotes, articles, by=by)
        sums = counts.groupby(by)["share"].sum() if by else pd.Series([counts["share"].sum()] if len(counts) else [])
        assert np.allclose(sums, 1)
        kinds = [f"n_words_{kind}" for kind in ("direct", "partial", "indirect")]
        assert (counts[kinds].sum(axis=1) == counts["n_words"]).all()
        sure = counts.dropna(subset=["ci_low"])
        assert (sure["n_articles_all"] >= 5).all()
        assert ((sure["ci_low"] >= 0) & (sure["ci_low"] <= sure["share"]) & (sure["share"] <= sure["ci_high"])).all()
        assert (sure["ci_high"] <= 1).all()
        assert (counts["ci_low"].isna() == (counts["caveat"] != "")).all()


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(found, rng):
    quotes, articles = quotes_of(*found), corpus(9)
    mixed = quotes.sample(frac=1, random_state=rng.randrange(1000))
    for by in (None, "source"):
        pd.testing.assert_frame_equal(mk.quote_counts(mixed, articles, by=by), mk.quote_counts(quotes, articles, by=by))
    pd.testing.assert_frame_equal(mk.quote_genders(mixed, articles), mk.quote_genders(quotes, articles))


def by_hand(y, x):
    """Logit interval of a share below a half with the jackknife of the ratio, step by step; the far end is Hall's."""
    y, x = (np.array(values, dtype=float) for values in (y, x))
    share, k = y.sum() / x.sum(), len(x)
    left_out = np.array([(y.sum() - y[at]) / (x.sum() - x[at]) for at in range(k)])
    squares = (left_out - left_out.mean()) ** 2
    variance = (k - 1) / k * squares.sum()
    assert variance > share * (1 - share) / x.sum()
    freedom = min(k - 1, max(1, 3 * squares.sum() ** 2 / (squares**2).sum() - 1))
    far = min(freedom, x.sum() ** 2 / (x**2).sum() - 1)
    near, further = (t.ppf(0.975, one) for one in (freedom, far))
    further = 2 * share * near + (1 - 2 * share) * further
    below, above = (one * np.sqrt(variance) / (share * (1 - share)) for one in (near, further))
    rest = x - y
    odds = y.sum() / rest.sum()
    pseudo = np.array([k * odds - (k - 1) * (y.sum() - y[at]) / (rest.sum() - rest[at]) for at in range(k)])
    tail = odds + hall_arms(pseudo, further, 5.0)[1]
    return expit(logit(share) - below), max(expit(logit(share) + above), tail / (1 + tail))


def test_intervals_are_those_of_the_definition():
    words = [(0, 3, 7), (1, 0, 4), (2, 5, 5), (3, 1, 30), (4, 2, 2), (5, 6, 9)]
    found = [(at, "Ann", y, "direct") for at, y, _ in words if y]
    found += [(at, "Bob", x - y, "direct") for at, y, x in words if x > y]
    quotes, articles = quotes_of(*found), corpus(8)  # two articles quote nobody
    ann = mk.quote_counts(quotes, articles).set_index("speaker").loc["Ann"]
    low, high = by_hand([y for _, y, _ in words], [x for *_, x in words])
    assert (ann["ci_low"], ann["ci_high"]) == pytest.approx((low, high))
    assert (ann["n_articles"], ann["n_articles_all"]) == (5, 6)
    women = mk.quote_genders(quotes, articles, by=None).iloc[0]
    assert (women["ci_low"], women["ci_high"]) == pytest.approx((low, high))
    assert women["share_women"] == ann["share"] == pytest.approx(17 / 57)


def test_a_share_of_none_or_all_has_the_interval_of_as_many_articles():
    quotes = quotes_of(*((at, "Bob", 3 + at, "direct") for at in range(6)))
    found = mk.quote_genders(quotes, corpus(6), by=None).iloc[0]
    least = 0.05 ** (1 / 6)  # mid-P for 0 of 6: half the chance of none is 2.5 %
    assert found["share_women"] == found["ci_low"] == 0
    assert found["ci_high"] == pytest.approx(1 - least)
    bob = mk.quote_counts(quotes, corpus(6)).iloc[0]
    assert (bob["ci_low"], bob["ci_high"]) == (pytest.approx(least), 1)


def test_what_rests_on_one_article_has_no_interval():
    found = [(at, "Bob", 5, "direct") for at in range(30)] + [(3, "Ann", 4, "direct")]
    counts = mk.quote_counts(quotes_of(*found), corpus(30)).set_index("speaker")
    assert counts["ci_low"].isna().all()  # Bob has everything but what one article gives Ann
    assert (counts["caveat"] == "rests on one article; no interval").all()
    more = mk.quote_counts(quotes_of(*found, (4, "Ann", 4, "direct")), corpus(30))
    assert more["ci_low"].notna().all()
    assert (more["caveat"] == "").all()


def test_below_five_articles_there_is_no_interval_and_it_is_said():
    quotes = quotes_of(*((at, "Ann", 4, "direct") for at in range(4)))
    counts = mk.quote_counts(quotes, corpus(30))
    assert counts["ci_low"].isna().all()
    assert counts["caveat"].tolist() == ["4 articles with quotations; no interval below 5"]
    genders = mk.quote_genders(quotes, corpus(30), by="source")
    assert genders["caveat"].str.contains("2 articles with words of women or men").all()


def test_rates_have_a_row_for_every_article_and_speaker():
    quotes = quotes_of(
        (0, "Ann", 3, "direct"), (0, "Bob", 1, "direct"), (2, None, 5, "indirect"), (99, "Cy", 9, "direct")
    )
    rates = mk.speaker_rates(quotes, corpus(3))
    assert len(rates) == 9
    assert set(rates["speaker"]) == {"Ann", "Bob", "(nobody)"}
    ann = rates[rates["speaker"] == "Ann"]
    assert ann["article_id"].tolist() == ["a0", "a1", "a2"]
    assert ann["n_words_all"].tolist() == [4, 0, 5]
    assert ann["share"].tolist()[0] == 0.75
    assert np.isnan(ann["share"].tolist()[1])  # the article quotes nobody: no share of nothing
    assert ann["share"].tolist()[2] == 0
    assert ann["quoted"].tolist() == [1, 0, 0]
    assert mk.speaker_rates(quotes, corpus(3), speakers=["Zoe"])["n"].tolist() == [0, 0, 0]
    assert mk.speaker_rates(quotes, corpus(3), top=1)["speaker"].unique().tolist() == ["(nobody)"]


def test_rates_add_up_to_the_counts(seeds):
    quotes = mk.quotes(seeds)
    counts = mk.quote_counts(quotes, seeds).set_index("speaker")
    rates = mk.speaker_rates(quotes, seeds, top=99)
    sums = rates.groupby("speaker")[["n", "n_words", "quoted"]].sum().loc[counts.index]
    assert (sums.to_numpy() == counts[["n", "n_words", "n_articles"]].to_numpy()).all()


def halves():
    """Twelve articles of A that quote Bob at length and Ann at times, twelve of B the other way round."""
    found = [(at, "Ann" if at % 2 else "Bob", 8, "direct") for at in range(24)]
    found += [(at, "Bob" if at % 2 else "Ann", 1 + at % 3, "direct") for at in range(24)]
    return quotes_of(*found), corpus(24)


def test_sources_are_compared_by_articles_or_too_few():
    quotes, articles = halves()
    found = mk.speaker_differences(mk.speaker_rates(quotes, articles), articles)
    assert found["measure"].tolist() == ["share of Ann", "share of Bob"]
    assert found["speaker"].tolist() == ["Ann", "Bob"]
    assert found["verdict"].tolist() == ["differs", "differs"]
    assert (found["n_a"] == 12).all()
    alone = mk.differences(mk.speaker_rates(quotes, articles, speakers="Ann"), value="share", articles=articles)
    assert found["difference"].iloc[0] == alone["difference"].iloc[0]
    women = mk.gender_differences(mk.quote_genders(quotes, articles), articles)
    assert women["verdict"].tolist() == ["differs"]
    assert women["measure"].tolist() == ["share of women"]


@pytest.mark.parametrize("n", [2, 3, 9])
def test_single_articles_are_articles_and_too_few(n):
    quotes, articles = halves()
    rates = mk.speaker_rates(quotes, articles.head(n), speakers="Ann")
    for few in (
        mk.speaker_differences(rates, articles.head(n)),
        mk.gender_differences(mk.quote_genders(quotes, articles.head(n)), articles.head(n)),
    ):
        assert few["verdict"].tolist() == ["too few"]
        assert few["unit"].tolist() == ["article"]
        assert few["caveat"].tolist() == ["at least 5 articles on each side are needed"]
        assert (few["n_a"] + few["n_b"] == n).all()
        assert few[["ci_low", "p"]].isna().all(axis=None)


def test_many_speakers_are_corrected_together():
    rng = np.random.default_rng(3)
    found = [
        (at, name, int(rng.integers(1, 9)), "direct") for at in range(30) for name in rng.choice(list("PQRSTUVW"), 4)
    ]
    quotes, articles = quotes_of(*found), corpus(30)
    all_of_them = mk.speaker_differences(mk.speaker_rates(quotes, articles), articles)
    expected = false_discovery_control(all_of_them["p"], method="bh")
    assert all_of_them["p_adjusted"].to_numpy() == pytest.approx(expected)


def test_no_speaker_and_no_group_give_no_pair():
    quotes, articles = halves()
    assert mk.speaker_differences(mk.speaker_rates(quotes, articles, speakers=[]), articles).empty
    assert mk.gender_differences(mk.quote_genders(quotes, articles), articles.assign(source="A")).empty
    with pytest.raises(ValueError, match="per_1000"):
        mk.speaker_differences(mk.speaker_rates(quotes, articles), articles, value="per_1000")


def test_groups_of_genders_add_up():
    quotes = quotes_of(
        (0, "Ann", 3, "direct"), (1, "Bob", 2, "partial"), (2, None, 5, "indirect"), (3, "Ann", 1, "direct")
    )
    articles = corpus(5).assign(source=["A", "A", "A", None, "B"])
    each = mk.quote_genders(quotes, articles)
    assert each["article_id"].tolist() == articles["article_id"].tolist()
    by = mk.quote_genders(quotes, articles, by="source").set_index("source")
    assert by.index.tolist() == ["A", "B", "unknown"]
    assert by["n_words_women"].tolist() == [3, 0, 1]
    assert by.loc["A", "share_women"] == 0.6
    assert np.isnan(by.loc["B", "share_women"])
    assert by["n_articles"].tolist() == [2, 0, 1]
    sums = ["n_women", "n_men", "n_unknown", "n_words_women", "n_words_men", "n_articles"]
    assert by[sums].sum().tolist() == each[sums].sum().tolist()
    with pytest.raises(FrameError, match="n_women"):
        mk.quote_genders(quotes, articles.assign(n_women="x"), by="n_women")


def test_nobody_quoted_gives_empty_frames_with_their_types():
    empty = quotes_of()
    for frame, name in (
        (mk.quote_counts(empty, corpus(3)), "quote_counts"),
        (mk.quote_counts(empty, corpus(3), by="source"), "quote_counts"),
        (mk.speaker_rates(empty, corpus(3)), "speaker_rates"),
        (mk.quote_genders(empty, corpus(0)), "quote_genders"),
    ):
        assert frame.empty
        mk.require(frame, name)
    everything = mk.quote_genders(empty, corpus(3), by=None).iloc[0]
    assert np.isnan(everything["share_women"])
    assert everything["n_articles"] == 0
