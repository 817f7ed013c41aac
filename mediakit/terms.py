"""Counting words: term counts, tf-idf, keyness, concordance."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from .frames import FrameError, build, group_keys, labels, require
from .languages import require_english
from .text import sentences, tokens
from .text import stop_words as stop_word_list
from .uncertainty import ALPHA, benjamini_hochberg

WILDCARD = "ⁿ"  # stands for "*" while a query is tokenised: a letter to the tokenizer, and none that news uses


def term_counts(
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    n: int = 1,
    stop_words: str | Iterable[str] | None = "english",
) -> pd.DataFrame:
    """How often each term is used, in all articles or in each group of them.

    Parameters
    ----------
    articles
        One row per article.
    by
        One or several columns of `articles`; missing values form the group "unknown".
    n
        1 counts words, 2 pairs of neighbours, and so on; n-grams do not run across sentences.
    stop_words
        A language that `stop_words` knows, your own words, or None to count every word. An n-gram is left out when its
        first or last word is a stop word.

    Returns
    -------
    One row per (group and) term, most frequent first within the group: the `by` columns, term, n, per_1000 (tokens of
    the group, stop words included), n_articles.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        English stop words would be applied to articles whose `language` is another one; pass their own or None.
    ValueError
        `n` is below 1, or the stop-word language is unknown.
    """
    require(articles, "articles", "article_id", "text")
    keys = group_keys(by, "term_counts", articles.columns)
    if n < 1:
        raise ValueError(f"n is {n}; it takes 1 (words), 2 (pairs) or more.")
    if isinstance(stop_words, str) and stop_words == "english":
        why = "English stop words are for English articles (stop_words=None counts every word)"
        require_english(articles, "term_counts", why)
    words = tokens(articles)
    groups = articles[["article_id"]].assign(**{key: labels(articles[key]) for key in keys})
    words = words[["article_id", "sentence_no", "term"]].merge(groups, on="article_id", how="left")
    grams = _ngrams(words, n, _stop_set(stop_words))
    counts = (
        grams.groupby([*keys, "term"], sort=False)
        .agg(n=("term", "size"), n_articles=("article_id", "nunique"))
        .reset_index()
    )
    if keys:
        totals = words.groupby(keys).size().rename("size").reset_index()
        size = counts[keys].merge(totals, on=keys, how="left")["size"].to_numpy()
    else:
        size = np.full(len(counts), len(words))
    counts["per_1000"] = 1000 * counts["n"] / size
    order = counts.sort_values([*keys, "n", "term"], ascending=[True] * len(keys) + [False, True])
    return build("term_counts", order.reset_index(drop=True))


def _stop_set(stop_words: str | Iterable[str] | None) -> frozenset[str]:
    if stop_words is None:
        return frozenset()
    return stop_word_list(stop_words) if isinstance(stop_words, str) else frozenset(stop_words)


def _ngrams(words: pd.DataFrame, n: int, stop: frozenset[str]) -> pd.DataFrame:
    """Rows of `words` at which an n-gram starts, its term being all n words."""
    inside = words["term"].isin(list(stop))
    keep = ~inside
    term = words["term"]
    for step in range(1, n):
        same = (words["article_id"].shift(-step) == words["article_id"]) & (
            words["sentence_no"].shift(-step) == words["sentence_no"]
        )
        keep &= same
        if step == n - 1:
            keep &= ~inside.shift(-step, fill_value=True)
        term = term + " " + words["term"].shift(-step)
    return words[keep].assign(term=term[keep])


def tf_idf(counts: pd.DataFrame, *, by: str = "source") -> pd.DataFrame:
    """How much each term stands out in a group, against how many groups have it.

    Parameters
    ----------
    counts
        One row per (`by`, term), made by `term_counts(articles, by=by)`.
    by
        The grouping column: its values are the documents.

    Returns
    -------
    One row per (`by`, term), highest first within the group: n, and tf_idf = n · (ln((1 + N) / (1 + df)) + 1) for N
    groups of which df have the term, each group's vector scaled to length 1.

    Raises
    ------
    FrameError
        A column is missing.

    References
    ----------
    The smoothed form of scikit-learn's TfidfTransformer.
    """
    require(counts, "term_counts")
    _require_group(counts, by)
    weighted = counts[[by, "term", "n"]].copy()
    df = weighted.groupby("term")[by].transform("nunique")
    weighted["tf_idf"] = weighted["n"] * (np.log((1 + weighted[by].nunique()) / (1 + df)) + 1)
    weighted["tf_idf"] /= np.sqrt((weighted["tf_idf"] ** 2).groupby(weighted[by]).transform("sum"))
    order = weighted.sort_values([by, "tf_idf", "term"], ascending=[True, False, True])
    return build("tf_idf", order.reset_index(drop=True))


def keyness(counts: pd.DataFrame, *, target: str | None = None, by: str = "source", min_n: int = 3) -> pd.DataFrame:
    """Terms that set one group apart from all the others together.

    Parameters
    ----------
    counts
        One row per (`by`, term), made by `term_counts(articles, by=by)`, rare terms included: they are the reference of
        other groups. Corpus sizes are all tokens, stop words included.
    target
        One value of `by`, or None for every value in turn.
    by
        The grouping column.
    min_n
        Leave out terms with fewer occurrences in target and reference together.

    Returns
    -------
    One row per (target, term), highest g2 first within a target: n_target, n_reference, g2 (signed; > 0 is over-used in
    the target), log_ratio (base 2, 0.5 in place of 0), ci_low and ci_high (95 % of log_ratio, Wald), p_adjusted
    (Benjamini–Hochberg over all rows), n_articles and n_articles_reference (of the target and of the others that
    have the term). No rows when there are fewer than two groups.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `target` is not in `by`, or is its only value.

    References
    ----------
    Dunning (1993), log-likelihood of the 2×2 table, four cells; Hardie (2014), log ratio. The p-value treats words as
    independent draws, which they are not: one article that repeats a word makes it "key". Read n_articles.
    """
    require(counts, "term_counts")
    _require_group(counts, by)
    groups = sorted(counts[by].unique())
    if target is not None and target not in groups:
        raise ValueError(f"target {target!r} is not a value of {by!r}; there are {groups}.")
    if len(groups) < 2:
        if target is not None:
            raise ValueError(f"target {target!r} is the only value of {by!r}: there is nothing to compare it with.")
        return build("keyness", [])
    n = counts.pivot(index="term", columns=by, values="n").fillna(0)
    n_articles = counts.pivot(index="term", columns=by, values="n_articles").fillna(0)
    sizes = (1000 * counts["n"] / counts["per_1000"]).groupby(counts[by]).max().round()
    total, whole = n.sum(axis=1), sizes.sum()
    parts = []
    for name in [target] if target is not None else groups:
        part = _keyness_of(n[name], total - n[name], sizes[name], whole - sizes[name])
        part.insert(0, "target", name)
        part["n_articles"] = n_articles[name].astype("int64")
        part["n_articles_reference"] = (n_articles.sum(axis=1) - n_articles[name]).astype("int64")
        parts.append(part[(total >= min_n).to_numpy()])
    result = pd.concat(parts).reset_index()
    result["p_adjusted"] = benjamini_hochberg(result.pop("p").to_numpy())
    order = result.sort_values(["target", "g2", "term"], ascending=[True, False, True])
    return build("keyness", order.reset_index(drop=True))


def _keyness_of(a: pd.Series, b: pd.Series, size_a: float, size_b: float) -> pd.DataFrame:
    """The statistics for counts `a` of `size_a` tokens against `b` of `size_b`."""
    from scipy.special import chdtrc, ndtri, xlogy

    share = (a + b) / (size_a + size_b)
    observed = (a, b, size_a - a, size_b - b)
    expected = (size_a * share, size_b * share, size_a * (1 - share), size_b * (1 - share))
    # o ln(o/e) as two terms, so that a cell with o = e = 0 (a corpus of one term) adds nothing
    g2 = sum(2 * (xlogy(o, o) - xlogy(o, e)) for o, e in zip(observed, expected, strict=True)).clip(lower=0)
    a5, b5 = a.where(a > 0, 0.5), b.where(b > 0, 0.5)
    log_ratio = np.log2((a5 / size_a) / (b5 / size_b))
    error = np.sqrt(1 / a5 - 1 / size_a + 1 / b5 - 1 / size_b) / np.log(2)
    half = ndtri(1 - ALPHA / 2) * error
    return pd.DataFrame(
        {
            "n_target": a.astype("int64"),
            "n_reference": b.astype("int64"),
            "g2": np.where(a / size_a >= b / size_b, g2, -g2),
            "log_ratio": log_ratio,
            "ci_low": log_ratio - half,
            "ci_high": log_ratio + half,
            "p": chdtrc(1, g2),
        }
    )


def _require_group(counts: pd.DataFrame, by: str) -> None:
    if by in counts and counts.duplicated([by, "term"]).any():
        raise FrameError(f"term_counts: a term stands more than once in a group of {by!r}. Count by {by!r} alone.")
    if by not in counts:
        raise FrameError(
            f"term_counts: no column {by!r} to group by; has {list(counts.columns)}. "
            f"Pass the frame made by mediakit.term_counts(articles, by={by!r})."
        )


def kwic(articles: pd.DataFrame, query: str, *, window: int = 8, regex: bool = False) -> pd.DataFrame:
    """Key word in context: every occurrence of a word or phrase, with what stands around it.

    Parameters
    ----------
    articles
        One row per article.
    query
        A word or a phrase, compared with terms as `term_counts` counts them (case, possessive 's and the shape of
        apostrophes do not matter), so that the hits of a term are exactly its count; "*" stands for any letters. With
        `regex`, a regular expression searched in the text as written.
    window
        Words of context on each side, within the paragraph.
    regex
        Read `query` as a regular expression.

    Returns
    -------
    One row per hit, in the order of the articles: article_id, sentence_no, start, end, left, node, right.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `query` is empty or not a valid regular expression.
    """
    require(articles, "articles")
    if not query.strip():
        raise ValueError("query is empty: name a word or a phrase.")
    articles = articles.assign(text=articles["text"].fillna(""))
    spans = _regex_spans(articles, query) if regex else _term_spans(articles, query)
    texts = articles.set_index("article_id")["text"]
    context = [_context(texts[row.article_id], row.start, row.end, window) for row in spans.itertuples()]
    spans[["left", "node", "right"]] = pd.DataFrame(context, columns=["left", "node", "right"], index=spans.index)
    return build("kwic", spans)


def _term_spans(articles: pd.DataFrame, query: str) -> pd.DataFrame:
    wanted = tokens(pd.DataFrame({"article_id": ["q"], "text": [query.replace("*", WILDCARD)], "title": [None]}))[
        "term"
    ]
    patterns = [re.compile(re.escape(term).replace(WILDCARD, r"[^\W_]*") + r"\Z") for term in wanted]
    if not patterns:
        return build("kwic", [])[["article_id", "sentence_no", "start", "end"]]
    words = tokens(_with_any(articles, query))
    vocabulary = pd.Series(words["term"].unique(), dtype="str")
    hit = pd.Series(True, index=words.index)
    for step, pattern in enumerate(patterns):
        matching = vocabulary[vocabulary.map(lambda term, p=pattern: p.match(term) is not None)]
        hit &= words["term"].isin(matching).shift(-step, fill_value=False)
        for column in ("article_id", "sentence_no"):
            hit &= words[column].shift(-step) == words[column]
    last = words["end"].shift(-(len(patterns) - 1))[hit].astype("int64")
    return words.loc[hit, ["article_id", "sentence_no", "start"]].assign(end=last).reset_index(drop=True)


def _with_any(articles: pd.DataFrame, query: str) -> pd.DataFrame:
    """The articles that can hold the query: those with its longest plain piece, so that the rest is not tokenised."""
    piece = max(re.split(r"[^a-z0-9]+", query.casefold()), key=len)
    if not piece or not query.isascii():
        return articles
    # tokens drop soft hyphens, so they do not matter here either
    return articles.loc[[piece in text.replace("\u00ad", "").casefold() for text in articles["text"]]]


def _regex_spans(articles: pd.DataFrame, query: str) -> pd.DataFrame:
    try:
        pattern = re.compile(query)
    except re.error as error:
        raise ValueError(f"query {query!r} is not a regular expression: {error}.") from None
    rows = [
        (article_id, match.start(), match.end())
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for match in pattern.finditer(text)
        if match.group().strip()  # white space alone stands in no sentence
    ]
    found = pd.DataFrame(rows, columns=["article_id", "start", "end"])
    table = sentences(articles[articles["article_id"].isin(found["article_id"])])
    numbers = []
    for article_id, part in found.groupby("article_id", sort=False):
        starts = table.loc[table["article_id"] == article_id, ["start", "sentence_no"]]
        place = np.searchsorted(starts["start"], part["start"], side="right") - 1
        numbers.append(pd.Series(starts["sentence_no"].to_numpy()[place.clip(0)], index=part.index))
    return found.assign(sentence_no=pd.concat(numbers) if numbers else pd.Series(dtype="int64"))


def _context(text: str, start: int, end: int, window: int) -> tuple[str, str, str]:
    """`window` words on each side of the span, not beyond its paragraph."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    after = text[end : stop if stop >= 0 else len(text)]
    left, right = before.rsplit(None, window), after.split(None, window)
    left_text = before[len(left[0]) :] if len(left) > window else before
    right_text = after[: len(after) - len(right[-1])] if len(right) > window else after
    return left_text.strip(), text[start:end], right_text.strip()
