"""How often a difference is claimed where there is none, found where there is one, and an interval holds the truth.

python tools/accuracy_claims.py [DATA] [--shuffles 1000] [--first 1] [--keyness 60] [--log FILE] [--corpora 1000]
                                [--only shuffles power coverage]

"shuffles" needs DATA with gum_news, meantime_en and persent; the values of the articles are computed once, and every
verdict is that of the public functions on the shuffled sources. With a log, a run that was stopped goes on where it
was. The other parts need no data.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pandas as pd
from claims_corpus import DEFAULT, claims_corpus, missing, shuffled
from claims_simulated import coverage, power

import mediakit as mk

Rows = pd.DataFrame
FEW = 6  # actors, terms and speakers that are compared
KEYNESS = "terms: keyness"
COLUMNS = ["family", "shuffle", "comparisons", "tested", "claims"]


def by_article(articles: pd.DataFrame) -> dict[str, Callable[[pd.DataFrame], Rows]]:
    """For each family the verdicts of a corpus of which only the sources change: what else there is is computed now."""
    scored = mk.sentiment(mk.sentences(articles), engine="textblob")
    tone = scored.dropna(subset=["polarity"]).groupby("article_id", as_index=False)["polarity"].mean()
    reading = mk.readability(articles)
    mentions, quotes = mk.mentions(articles), mk.quotes(articles)
    rates = mk.actor_rates(mentions, articles, top=FEW)
    towards = mk.tone(mentions, articles, model="core", quotes=quotes)
    towards = towards[towards["actor"].isin(rates["actor"])]
    speakers, women = mk.speaker_rates(quotes, articles, top=FEW), mk.quote_genders(quotes, articles)
    counts = mk.term_counts(articles, by="article_id")
    frequent = counts.groupby("term")["n_articles"].sum().nlargest(FEW).index
    words = mk.dictionary_rates(articles, pd.DataFrame({"category": frequent, "term": frequent}))
    print(f"actors: {', '.join(rates['actor'].unique())}; terms: {', '.join(frequent)}")
    print(f"speakers: {', '.join(speakers['speaker'].unique())}")
    return {
        "tone: mean polarity": lambda corpus: mk.differences(tone, value="polarity", articles=corpus),
        "tone towards an actor (core)": lambda corpus: mk.tone_differences(towards, corpus),
        "actors: mentions per 1,000": lambda corpus: mk.actor_differences(rates, corpus, value="per_1000"),
        "actors: share of mentions": lambda corpus: mk.actor_differences(rates, corpus, value="share"),
        "quotations: share of a speaker": lambda corpus: mk.speaker_differences(speakers, corpus, most=FEW),
        "quotations: share of women": lambda corpus: mk.gender_differences(women, corpus),
        "terms: rates": lambda corpus: mk.dictionary_differences(words, corpus),
        "readability: Flesch": lambda corpus: mk.differences(reading, value="flesch", articles=corpus),
        "readability: LIX": lambda corpus: mk.differences(reading, value="lix", articles=corpus),
        KEYNESS: lambda corpus: mk.keyness(mk.term_counts(corpus, by="source")),
    }


def shuffles(data: Path, first: int, last: int, keyness: int, log: Path | None) -> None:
    """Comparisons that are said to differ, and shuffles with any such; of keyness up to that shuffle only."""
    if absent := missing(data):
        print(f"shuffles: not run, {', '.join(absent)} not in the folder given.")
        return
    articles = claims_corpus(data)
    families = by_article(articles)
    sizes = articles["source"].value_counts()
    print(f"{len(articles)} articles of {len(sizes)} sources ({', '.join(map(str, sizes))})", flush=True)
    rows = pd.read_csv(log).to_dict("records") if log and log.exists() else []
    done = {(row["family"], row["shuffle"]) for row in rows}
    for turn, name in product(range(first, last + 1), families):
        if (name, turn) in done or (name == KEYNESS and turn > keyness):
            continue
        found = families[name](shuffled(articles, turn))["verdict"]
        tested = int((~found.isin(["too few", "too few articles"])).sum())
        claims = int(found.isin(["differs", "key"]).sum())
        rows.append(dict(zip(COLUMNS, (name, turn, len(found), tested, claims), strict=True)))
        if log:
            pd.DataFrame(rows[-1:]).to_csv(log, mode="a", header=not log.exists(), index=False)
    report(pd.DataFrame(rows, columns=COLUMNS))


def report(rows: pd.DataFrame) -> None:
    """The table of the shuffles."""
    print("\n| family | shuffles | comparisons in each | said to differ | shuffles with any |\n|---|---|---|---|---|")
    for name, own in rows.groupby("family", sort=False):
        compared, tested = own["comparisons"].mean(), own["tested"].mean()
        each = f"{compared:,.0f}" + (f" ({tested:,.1f} tested)" if tested < compared else "")
        differ = 100 * own["claims"].sum() / max(own["tested"].sum(), 1)
        print(f"| {name} | {len(own):,} | {each} | {differ:.3f} % | {100 * (own['claims'] > 0).mean():.1f} % |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--shuffles", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1, help="to go on after a run that was stopped")
    parser.add_argument(
        "--keyness", type=int, default=60, help="shuffles on which keyness is computed, with 16,000 tests"
    )
    parser.add_argument("--log", type=Path, help="a CSV file that keeps each shuffle")
    parser.add_argument("--corpora", type=int, default=1000, help="simulated, for each cell of power and coverage")
    parser.add_argument("--only", nargs="*", default=["shuffles", "power", "coverage"])
    options = parser.parse_args()
    if "power" in options.only:
        power(options.corpora)
    if "coverage" in options.only:
        coverage(options.corpora)
    if "shuffles" in options.only:
        shuffles(options.data, options.first, options.shuffles, options.keyness, options.log)


if __name__ == "__main__":
    main()
