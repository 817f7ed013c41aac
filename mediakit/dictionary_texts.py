"""The frames of what was read: articles and their parts."""

from __future__ import annotations

from .dictionary_parts import SENTENCE, SPAN, Frame, columns

TEXTS = (
    Frame(
        "articles",
        "an article",
        "read_articles(path), read_corpus(path).articles",
        columns(
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
            "text_basis? str what the text is when it is not the article's own: abstract, description, summary, "
            "start only, title, address (a title made from the words of the url); NaN when it is",
            "published_basis? str how the date is known",
            "crawled? str when the page was fetched or saved, as the web archive gives it",
            "path? str the file it was read from, inside the folder that was read",
        ),
    ),
    Frame(
        "cuts",
        "a stretch removed from an article's text",
        "read_corpus(path).cuts",
        columns(
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
        columns(
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
        columns(
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
        columns(
            "period datetime the period's first moment in UTC; NaT for articles without a date",
            "unit str the kind of period: day, week (from Monday), month, quarter or year",
            "n_articles int articles of the group in the period; 0 where none was read",
        ),
        grouped=True,
    ),
    Frame("sentences", "a sentence", "sentences(articles)", columns(*SENTENCE)),
    Frame(
        "tokens",
        "a word as it stands in the text",
        "tokens(articles)",
        columns(
            *SPAN[:2],
            "token_no int number of the token in the article, from 0",
            *SPAN[2:],
            "token str as written: `articles.text[start:end]`",
            "term str the normalised form that is counted",
        ),
    ),
)
