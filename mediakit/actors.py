"""Who is named: the actor registry, mentions, how often, and who is named together."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pandas as pd

from .frames import FrameError, as_list, build, group_keys, labels, require
from .languages import require_english
from .matching import Names, Row, Sentence, compile_names, context
from .naming import read_names
from .progress import progress
from .text import sentences, tokens

TYPES = ("person", "country", "organisation", "group", "media", "other")
FORMS = ("name", "surname", "variant", "title", "metonym", "demonym")
WHEN = ("always", "introduced")
_OPTIONAL = ("when", "titles", "gender", "country", "wikidata")


def read_actors(path: str | Path | None = None, *, builtin: bool = True) -> pd.DataFrame:
    """The actor registry: the one that ships with mediakit, your own, or yours on top of it.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with the columns actor and alias, one row per alias; optional: type, form, when, titles,
        gender, country, wikidata. None reads no file.
    builtin
        Start from the registry that ships with mediakit. An alias that your file also has belongs to your actor alone.

    Returns
    -------
    One row per alias, your own first:

    - actor: the name it is counted under; alias: a name as it stands in articles.
    - type: person, country, organisation, group, media, or other (a name that must not be read as another). Without
      one: that of the built-in actor of this name; organisation for an acronym or a name with a word such as Party;
      else person.
    - form: name, surname, variant, title, metonym or demonym. Without one: name where the alias is the actor, surname
      where it is the last word of a person's name, else variant.
    - when: always, or introduced: only in an article that names the actor in another way too. A person of yours
      without a surname row gets one, for use once the full name has introduced it.
    - titles: of office, divided by semicolons, that tell people of one surname apart; gender: female or male;
      country: whose politician, government or medium it is. NaN where not known.

    Raises
    ------
    FrameError
        The file lacks a column; a line has no actor or no alias, or a value that is not allowed; two actors claim
        one alias. The message names file, line and remedy.
    FileNotFoundError
        There is no such file.
    """
    shipped = _builtin() if builtin else _builtin().iloc[:0]
    if path is None:
        return shipped.copy()
    own = _read_csv(Path(path), _builtin())
    shipped = shipped[~shipped["alias"].isin(own["alias"])]
    own = pd.concat([own, _surnames(own, shipped)], ignore_index=True)
    return build("actors", pd.concat([own, shipped], ignore_index=True))


@cache
def _builtin() -> pd.DataFrame:
    with resources.files("mediakit").joinpath("data", "actors.csv").open(encoding="utf-8") as file:
        return build("actors", pd.read_csv(file, dtype="str", keep_default_na=False, na_values=[""]))


def _read_csv(path: Path, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of a user's file, checked line by line and with the defaults filled in."""
    facts = known.drop_duplicates("actor").set_index("actor")
    rows: list[dict[str, str | None]] = []
    owners: dict[str, tuple[str, int]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        columns = reader.fieldnames or []
        for column in ("actor", "alias"):
            if column not in columns:
                raise FrameError(
                    f"{path.name}: no column {column!r}; has {list(columns)}. "
                    "Write a first line that names the columns: actor,alias,type,form."
                )
        for record in reader:
            row = {
                key: (record.get(key) or "").strip() or None for key in ("actor", "alias", "type", "form", *_OPTIONAL)
            }
            if not any(row.values()):
                continue
            _check_line(row, f"{path.name}, line {reader.line_num}", owners, reader.line_num)
            rows.append(_with_defaults(row, facts))
    return build("actors", {key: [row[key] for row in rows] for key in ("actor", "alias", "type", "form", *_OPTIONAL)})


def _check_line(row: dict[str, str | None], place: str, owners: dict[str, tuple[str, int]], line: int) -> None:
    actor, alias = row["actor"], row["alias"]
    if not actor or not alias:
        missing = "actor" if not actor else "alias"
        raise FrameError(f"{place}: no {missing}. Every row needs an actor and one alias; give each alias a row.")
    for column, allowed in (("type", TYPES), ("form", FORMS), ("when", WHEN)):
        if row[column] is not None and row[column] not in allowed:
            raise FrameError(f"{place}: {column} {row[column]!r} is none of {', '.join(allowed)}.")
    if row["when"] == "introduced":
        return
    owner, first = owners.setdefault(alias, (actor, line))
    if owner != actor:
        raise FrameError(
            f"{place}: alias {alias!r} belongs to {owner!r} (line {first}) and to {actor!r}. Give one of them a longer "
            "alias, or write introduced in a column named when: then it counts only where the article names the actor."
        )


def _with_defaults(row: dict[str, str | None], facts: pd.DataFrame) -> dict[str, str | None]:
    actor, alias = str(row["actor"]), str(row["alias"])
    if actor in facts.index:
        inherited = facts.loc[actor]
        for column in ("type", "titles", "gender", "country", "wikidata"):
            if row[column] is None and pd.notna(inherited[column]):
                row[column] = inherited[column]
    if row["type"] is None:
        acronym = any(name.isupper() and " " not in name and len(name) > 1 for name in (actor, alias))
        row["type"] = "organisation" if acronym or context().organisation_words & set(actor.split()) else "person"
    if row["form"] is None:
        surname = row["type"] == "person" and " " in actor and actor.endswith(" " + alias)
        row["form"] = "name" if alias == actor else "surname" if surname else "variant"
    row["when"] = row["when"] or "always"
    return row


def _surnames(own: pd.DataFrame, shipped: pd.DataFrame) -> pd.DataFrame:
    """A surname row, for use once introduced, for each person in `own` who has none."""
    have = set(own.loc[own["form"] == "surname", "actor"]) | set(shipped.loc[shipped["form"] == "surname", "actor"])
    full = own[(own["type"] == "person") & own["alias"].str.contains(" ", regex=False) & ~own["actor"].isin(have)]
    full = full[full["form"].isin(["name", "variant"])].drop_duplicates("actor")
    return full.assign(alias=full["alias"].str.split(" ").str[-1], form="surname", when="introduced")


def mentions(articles: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where actors are named in the articles.

    All names are looked for in one pass (Aho–Corasick), the longest first and on whole words; docs/actors.md lists the
    rules for surnames, namesakes, names inside longer names, hyphens, possessives and headlines. A span covers the
    name alone: no title before it ("President"), no possessive ending behind it.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, made by `read_actors`; None takes the built-in one.

    Returns
    -------
    One row per mention, in the order of `articles` and of the text: article_id, sentence_no, start, end, text (as
    written, `articles.text[start:end]`), actor, type, form, part (title, heading, body). Names of type other are
    matched, so that nothing inside them is, and not returned.

    Raises
    ------
    FrameError
        A column is missing, or a row of `actors` has no alias.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    """
    require(articles, "articles", "article_id", "text")
    require_english(articles, "mentions", "its names and rules are for English articles")
    names = _builtin_names() if actors is None else _names(actors)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    columns: dict[str, list] = {
        name: [] for name in ("article_id", "sentence_no", "start", "end", "text", "actor", "type", "form", "part")
    }
    for article_id, spans in _by_article(sentences(articles)):
        _collect(columns, article_id, texts[article_id], spans, names)
    return build("mentions", columns)


def _by_article(split: pd.DataFrame) -> Iterator[tuple[str, list[Sentence]]]:
    """Each article's sentences, which stand together."""
    places = [split[column].tolist() for column in ("start", "end", "sentence_no", "part")]
    spans = [Sentence(*row) for row in zip(*places, strict=True)]
    ids = split["article_id"].tolist()
    firsts = [at for at in range(len(ids)) if not at or ids[at] != ids[at - 1]]
    for first, last in progress(pairwise([*firsts, len(ids)]), "mentions", total=len(firsts)):
        yield ids[first], spans[first:last]


def _collect(columns: dict[str, list], article_id: str, text: str, spans: Sequence[Sentence], names: Names) -> None:
    sentence = iter(spans)
    current, following = next(sentence), next(sentence, None)
    for start, end, candidate in read_names(text, spans, names):
        while following is not None and following.start <= start:
            current, following = following, next(sentence, None)
        values = (article_id, current.number, start, end, text[start:end], *candidate.labels, current.part)
        for column, value in zip(columns.values(), values, strict=True):
            column.append(value)


@cache
def _builtin_names() -> Names:
    return _names(_builtin())


def _names(actors: pd.DataFrame) -> Names:
    require(actors, "actors")
    for column in ("actor", "alias"):
        empty = actors[column].isna() | (actors[column].str.strip() == "")
        if empty.any():
            raise FrameError(f"actors: row {actors.index[empty][0]!r} has no {column}. Drop it or fill it in.")
    optional = {"when": "always", "titles": "", "gender": "", "country": ""}
    values = [actors[column].astype("object") for column in ("actor", "alias", "type", "form")]
    for column, default in optional.items():
        column_values = actors[column].astype("object") if column in actors else pd.Series(default, index=actors.index)
        values.append(column_values.where(column_values.notna(), default))
    return compile_names(tuple(Row(*row) for row in zip(*values, strict=True)))


def mention_counts(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """How often each actor is named, in all articles or in each group of them.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    articles
        The articles they were found in, also those that name nobody: they count towards per_1000. Mentions in other
        articles are left out.
    by
        One or several columns of `articles`; missing values form the group "unknown".
    forms
        Count only these forms (name, surname, variant, title, metonym, demonym); None counts all. Leave out demonym
        to count Russia without "Russian forces".

    Returns
    -------
    One row per (group and) actor, most mentions first within the group: the `by` columns, actor, type, n, per_1000
    (mentions per 1,000 tokens of the group), n_articles (articles of the group that name the actor).

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    ValueError
        `forms` holds a word that is no form.
    """
    require(mentions, "mentions", "article_id", "actor", "type", "form")
    require(articles, "articles", "article_id", "text")
    keys, wanted = group_keys(by, "mention_counts", articles.columns), FORMS if forms is None else as_list(forms)
    unknown = [form for form in wanted if form not in FORMS]
    if unknown:
        raise ValueError(f"forms: {unknown[0]!r} is none of {', '.join(FORMS)}.")
    # private names: a column of articles may be called as one that the steps below make, such as size or article_id
    private = [f"group {number}" for number in range(len(keys))]
    groups = articles[["article_id"]].assign(
        **{name: labels(articles[key]) for name, key in zip(private, keys, strict=True)}
    )
    rows = mentions.loc[mentions["form"].isin(wanted), ["article_id", "actor", "type"]].merge(groups, on="article_id")
    counts = rows.groupby([*private, "actor"], sort=False, as_index=False).agg(
        type=("type", "first"), n=("actor", "size"), n_articles=("article_id", "nunique")
    )
    words = tokens(articles).groupby("article_id").size()
    sizes = groups.assign(size=groups["article_id"].map(words).fillna(0).astype("int64"))
    if private:
        group_sizes = sizes.groupby(private, as_index=False)["size"].sum()
        total = counts.merge(group_sizes, on=private, how="left")["size"].to_numpy()
    else:
        total = sizes["size"].sum()
    counts["per_1000"] = 1000 * counts["n"] / total
    order = counts.sort_values([*private, "n", "actor"], ascending=[True] * len(keys) + [False, True])
    named = order.rename(columns=dict(zip(private, keys, strict=True)))
    return build("mention_counts", named.reset_index(drop=True))


def co_mentions(mentions: pd.DataFrame) -> pd.DataFrame:
    """Which actors are named in the same sentences.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`; keep only the forms or types you want to pair.

    Returns
    -------
    One row per pair of different actors named in one sentence at least once, most sentences first: actor_a and
    actor_b (actor_a comes first in code-point order), n_sentences, n_articles.

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(mentions, "mentions", "article_id", "sentence_no", "actor")
    named = mentions[["article_id", "sentence_no", "actor"]].drop_duplicates()
    pairs = named.merge(named, on=["article_id", "sentence_no"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["actor_a"] < pairs["actor_b"]]
    counts = pairs.groupby(["actor_a", "actor_b"], as_index=False).agg(
        n_sentences=("article_id", "size"), n_articles=("article_id", "nunique")
    )
    order = counts.sort_values(
        ["n_sentences", "n_articles", "actor_a", "actor_b"], ascending=[False, False, True, True]
    )
    return build("co_mentions", order.reset_index(drop=True))
