"""The data dictionary: every frame, what a row is, its columns, dtypes and units.

docs/frames.md is this module printed (`python -m mediakit.dictionary`); a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

DTYPES = {"str": "str", "int": "int64", "float": "float64", "datetime": "datetime64[us, UTC]", "bool": "bool"}


@dataclass(frozen=True)
class Column:
    """One column: its name, the kind of its values (a key of DTYPES), what it means and in which unit."""

    name: str
    kind: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True)
class Frame:
    """One frame: what a row is, the call that makes it, its columns in order."""

    name: str
    row: str
    made_by: str
    columns: tuple[Column, ...]
    grouped: bool = False  # may start with grouping columns, under the names the caller gave in `by`

    @property
    def required(self) -> list[str]:
        """The columns that the frame always has."""
        return [column.name for column in self.columns if not column.optional]


def _columns(*specs: str) -> tuple[Column, ...]:
    """Read "name kind meaning" lines; a "?" after the name marks an optional column."""
    columns = []
    for spec in specs:
        name, kind, meaning = spec.split(" ", 2)
        columns.append(Column(name.rstrip("?"), kind, meaning, optional=name.endswith("?")))
    return tuple(columns)


_SPAN = (
    "article_id str the article the span lies in",
    "sentence_no int number of the sentence in the article, from 0",
    "start int first code point of the span in `articles.text`",
    "end int code point after the last",
)
_INTERVAL = (
    "ci_low float lower end of the 95 % interval; NaN when there are too few to say",
    "ci_high float upper end of the 95 % interval",
)
_SENTENCE = (
    "article_id str the article",
    "sentence_no int number of the sentence in the article, from 0",
    "paragraph_no int number of the paragraph in the article, from 0; the title is paragraph 0 where there is one",
    "part str title, heading or body",
    "start int first code point in `articles.text`",
    "end int code point after the last",
    "text str the sentence: `articles.text[start:end]`",
    "language? str language of the article, where `articles` has it",
)

FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        Frame(
            "articles",
            "an article",
            "read_articles(path), read_corpus(path).articles",
            _columns(
                "article_id str unique in the frame",
                "source str the publishing outlet; NaN when unknown",
                "published datetime time of publication in UTC; NaT when unknown",
                "title str the headline; NaN when the input has none",
                "text str cleaned text: paragraphs split by one newline, the title (if any) being the first",
                "author? str the byline",
                "url? str where it was published",
                "source_given? str the source as the input has it, where `source` is another name for it",
                "source_basis? str how the source is known: given, inferred from the address; NaN when unknown",
                "language? str ISO 639-1 code in small letters (en, de); NaN when unknown",
                "language_basis? str how the language is known: given, identified (from the text); NaN when unknown",
                "kind? str news report, commentary … as given",
                "text_basis? str what the text is when it is not the article's own: abstract, description, start only, "
                "title, address (a title made from the words of the url); NaN when it is",
                "published_basis? str how the date is known",
                "crawled? str when the page was fetched or saved, as the web archive gives it",
                "path? str the file it was read from, inside the folder that was read",
            ),
        ),
        Frame(
            "cuts",
            "a stretch removed from an article's text",
            "read_corpus(path).cuts",
            _columns(
                "article_id str the article it was removed from",
                "at int the place in `articles.text`, in code points, where it stood",
                "text str what was removed",
                "reason str why: a pattern's name, repeated in this source, layout …",
            ),
        ),
        Frame(
            "problems",
            "something to know of a file or record: not read, read in part, passed over, taken as",
            "read_corpus(path).problems",
            _columns(
                "path str the file",
                "record str the record in the file (a line or row number, an id); NaN for the whole file",
                "reason str what was wrong",
                "kind str not read (lost), in part (something is lost, unsure or flagged), passed over (on purpose), "
                "taken as (a guess that can be corrected)",
            ),
        ),
        Frame(
            "outlets",
            "a name, domain or place of an outlet",
            "read_outlets()",
            _columns(
                "outlet str the name used for the outlet",
                "alias str a name or domain it goes by, or a place that may stand in brackets behind its names",
                "kind str name, short, domain; shared (a name of several outlets, which counts only together with the "
                "outlet's address); place",
                "type str newspaper, agency, broadcaster, magazine, online",
                "country str where it is published; NaN where that is several countries",
            ),
        ),
        Frame(
            "coverage",
            "a period (of a group)",
            "coverage(articles, by=…)",
            _columns(
                "period datetime the period's first moment in UTC; NaT for articles without a date",
                "unit str the kind of period: day, week (from Monday), month, quarter or year",
                "n_articles int articles of the group in the period; 0 where none was read",
            ),
            grouped=True,
        ),
        Frame("sentences", "a sentence", "sentences(articles)", _columns(*_SENTENCE)),
        Frame(
            "tokens",
            "a word as it stands in the text",
            "tokens(articles)",
            _columns(
                *_SPAN[:2],
                "token_no int number of the token in the article, from 0",
                *_SPAN[2:],
                "token str as written: `articles.text[start:end]`",
                "term str the normalised form that is counted",
            ),
        ),
        Frame(
            "term_counts",
            "a term (in a group)",
            "term_counts(articles, by=…)",
            _columns(
                "term str a normalised word, or several joined by a space",
                "n int occurrences",
                "per_1000 float occurrences per 1,000 tokens of the group, stop words included",
                "n_articles int articles of the group that have it",
            ),
            grouped=True,
        ),
        Frame(
            "tf_idf",
            "a term in a group",
            "tf_idf(term_counts)",
            _columns(
                "term str the term",
                "n int occurrences",
                "tf_idf float n · (ln((1 + groups) / (1 + groups with the term)) + 1), each group scaled to length 1",
            ),
            grouped=True,
        ),
        Frame(
            "keyness",
            "a term of a target",
            "keyness(term_counts)",
            _columns(
                "target str the group whose use is compared with all the others together",
                "term str the term",
                "n_target int occurrences in the target",
                "n_reference int occurrences in the others",
                "g2 float log-likelihood G² of the four-cell table; negative when under-used in the target",
                "log_ratio float log2 of the ratio of relative frequencies, 0.5 in place of 0",
                *(line.replace("interval", "interval of log_ratio") for line in _INTERVAL),
                "p_adjusted float Benjamini–Hochberg over all terms of all targets",
                "n_articles int articles of the target that have it",
                "n_articles_reference int articles of the others that have it",
            ),
        ),
        Frame(
            "kwic",
            "a hit",
            "kwic(articles, pattern)",
            _columns(*_SPAN, "left str context before, same paragraph", "node str the hit", "right str context after"),
        ),
        Frame(
            "actors",
            "an alias of an actor",
            "read_actors(path)",
            _columns(
                "actor str the name the actor is counted under",
                "alias str a name as it stands in articles",
                "type str person, country, organisation, group, media, or other (no actor: a treaty, a US state)",
                "form str name, surname, variant, title, metonym or demonym",
                "wikidata? str identifier, where one was read from a source",
                "country? str the state that a government, ministry or person belongs to",
                "when? str always, or introduced: only after a full name or title in the same article",
                "titles? str offices that may stand before the name",
                "gender? str as given in the source",
            ),
        ),
        Frame(
            "mentions",
            "a mention of an actor",
            "mentions(articles)",
            _columns(
                *_SPAN,
                "text str as written: `articles.text[start:end]`",
                "actor str the name the actor is counted under",
                "type str person, country, organisation, group or media",
                "form str name, surname, variant, title, metonym or demonym",
                "part str title, heading or body",
            ),
        ),
        Frame(
            "mention_counts",
            "an actor (in a group)",
            "mention_counts(mentions, articles)",
            _columns(
                "actor str the actor",
                "type str person, country, organisation, group or media",
                "n int mentions",
                "per_1000 float mentions per 1,000 tokens of the group",
                "n_articles int articles of the group that mention the actor",
            ),
            grouped=True,
        ),
        Frame(
            "co_mentions",
            "a pair of actors named in one sentence",
            "co_mentions(mentions)",
            _columns(
                "actor_a str the first of the two by name",
                "actor_b str the second",
                "n_sentences int sentences that name both",
                "n_articles int articles with such a sentence",
            ),
        ),
        Frame(
            "sentiment",
            "a sentence as one engine scores it",
            "sentiment(sentences)",
            _columns(
                *_SENTENCE,
                "engine str the engine's name",
                "polarity float from -1 (negative) to 1 (positive); NaN when the engine knows no word of the sentence",
                "subjectivity float from 0 to 1; NaN when unscored, or when the engine has no such measure",
                "n_scored int words or phrases of the sentence that the engine knows",
            ),
        ),
        Frame(
            "summaries",
            "a group",
            "summaries(rows, value=…, by=…)",
            _columns(
                "measure str the column that was averaged",
                "n int values the mean is made of",
                "n_missing int rows without a value",
                "n_articles int articles they come from",
                "value float mean of the article means (of the values, within a single article)",
                *_INTERVAL,
                "unit str article, or sentence within one article: what the interval treats as a draw",
                "caveat str what the interval cannot say; empty when nothing",
            ),
            grouped=True,
        ),
        Frame(
            "differences",
            "a pair of groups",
            "differences(rows, value=…, by=…)",
            _columns(
                "measure str the column that was compared",
                "group_a str the first group",
                "group_b str the second",
                "difference float mean of a less mean of b",
                *_INTERVAL,
                "p float permutation test",
                "p_adjusted float Benjamini–Hochberg over all pairs",
                "n_a int articles (or sentences) in a",
                "n_b int articles (or sentences) in b",
                "unit str article, or sentence within one article",
                "verdict str differs, cannot be told apart, or too few",
                "caveat str what the verdict does not cover",
                "n_left_out? int groups that were not compared: those with the fewest articles",
            ),
        ),
        Frame(
            "source_profile",
            "a source",
            "source_profile(articles)",
            _columns(
                "source str the outlet",
                "n_articles int articles",
                "n_words int tokens",
                "n_sentences int sentences",
                "words_per_article float mean",
                "words_per_sentence float mean",
                "n_undated int articles without a date",
                "first_published datetime earliest date",
                "last_published datetime latest date",
            ),
        ),
        Frame(
            "source_similarity",
            "a pair of sources",
            "source_similarity(articles)",
            _columns(
                "source_a str the first of the two by name",
                "source_b str the second",
                "cosine float cosine of the tf-idf vectors, from 0 to 1",
                "shared_passages int passages that both have word for word",
            ),
        ),
        Frame(
            "reused_passages",
            "a passage that two articles share word for word",
            "reused_passages(articles)",
            _columns(
                "article_a str the first article",
                "start_a int first code point in its text",
                "end_a int code point after the last",
                "article_b str the second article",
                "start_b int first code point in its text",
                "end_b int code point after the last",
                "n_tokens int length of the passage",
                "text str as it stands in the first article",
            ),
        ),
        Frame(
            "near_duplicates",
            "an article that tells the same story as another in nearly the same words",
            "near_duplicates(articles)",
            _columns(
                "cluster int number of the story, from 0, the one with most articles first",
                "article_id str the article",
                "source str the outlet",
                "published datetime time of publication in UTC; NaT when unknown",
                "n_articles int articles of the cluster",
                "kept? bool whether `drop_duplicates` keeps it: whether article_id is kept_id",
                "kept_id str the article of the cluster that is kept",
                "similarity float Jaccard similarity of word 5-grams to the one kept",
                "shared float share of its words that stand in passages which the one kept has too",
            ),
        ),
        Frame(
            "shared_terms",
            "a term that two sources have",
            "shared_terms(articles, source_a, source_b)",
            _columns(
                "term str the term",
                "n_a int occurrences in the first source",
                "n_b int occurrences in the second",
                "contribution float its part of the pair's cosine",
            ),
        ),
        Frame(
            "evidence",
            "a span and the sentence it stands in",
            "evidence(rows, articles)",
            _columns(
                "article_id str the article",
                "source str the outlet",
                "sentence_no int number of the sentence",
                "start int first code point of the span in `articles.text`",
                "end int code point after the last",
                "hit str the span: `articles.text[start:end]`",
                "sentence_start int first code point of the sentence",
                "sentence_end int code point after the last",
                "text str the sentence",
                "before str the sentences before it",
                "after str the sentences after it",
            ),
        ),
    )
}


def dictionary() -> str:
    """The data dictionary as Markdown: what docs/frames.md holds."""
    lines = [
        "# Frames",
        "",
        "Generated by `python -m mediakit.dictionary`; a test compares the two. Every frame is a plain pandas",
        "DataFrame; columns of your own are kept. `start` and `end` are half-open code-point offsets into",
        "`articles.text` of the row's `article_id`. A frame marked *by group* starts with the columns named in `by`.",
    ]
    for frame in FRAMES.values():
        lines += ["", f"## {frame.name}", ""]
        lines += [f"A row is {frame.row}{' (by group)' if frame.grouped else ''}. Made by `{frame.made_by}`.", ""]
        lines += ["| column | dtype | meaning |", "|---|---|---|"]
        for column in frame.columns:
            name = f"{column.name} (optional)" if column.optional else column.name
            lines.append(f"| {name} | {DTYPES[column.kind]} | {column.meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(dictionary(), end="")
