"""Small frames of quotations made by hand, for the tests of figures."""

import numpy as np
import pandas as pd

from mediakit.frames import build

SPEAKERS = ["Ann", "Bob", "(unnamed)", "(collective)", "Cyd", "Dan", "Eve"]


def quote_counts(names: list[str], speakers: list[str] = SPEAKERS) -> pd.DataFrame:
    rows = []
    for at, name in enumerate(names):
        words = [10 + 7 * (len(speakers) - place) + at for place in range(len(speakers))]
        for place, speaker in enumerate(speakers):
            sure = at % 2 == 0
            share = words[place] / sum(words)
            rows.append(
                {
                    "source": name,
                    "speaker": speaker,
                    "n": 3 + place,
                    "n_direct": 1,
                    "n_partial": 1,
                    "n_indirect": 1 + place,
                    "n_words": words[place],
                    "n_words_direct": words[place] - 5,
                    "n_words_partial": 2,
                    "n_words_indirect": 3,
                    "share": share,
                    "ci_low": share / 2 if sure else np.nan,
                    "ci_high": share * 1.5 if sure else np.nan,
                    "n_articles": 2,
                    "n_articles_all": 6 if sure else 3,
                    "caveat": "" if sure else "3 articles with quotations: no interval below 5",
                }
            )
    return build("quote_counts", rows)


def quote_genders(names: list[str]) -> pd.DataFrame:
    rows = []
    for place, name in enumerate(names):
        women, men = (10 + place, 20) if place % 4 != 3 or place == len(names) - 1 else (0, 0)
        share = women / (women + men) if women + men else np.nan
        sure = place % 3 == 0 and women > 0
        rows.append(
            {
                "source": name,
                "n_women": women // 5,
                "n_men": men // 5,
                "n_unknown": 1,
                "n_words_women": women,
                "n_words_men": men,
                "share_women": share,
                "ci_low": share - 0.1 if sure else np.nan,
                "ci_high": share + 0.2 if sure else np.nan,
                "n_articles": 6 if sure else 2,
                "caveat": "" if sure else "2 articles with words of women or men: no interval below 5",
            }
        )
    return build("quote_genders", rows)


def unquoted(names: list[str], actors: list[str] = SPEAKERS) -> pd.DataFrame:
    rows = [
        {
            "source": name,
            "actor": actor,
            "type": ["person", "country"][place % 2],
            "n_mentions": max(1, 9 - place),
            "n_articles": 2,
        }
        for at, name in enumerate(names)
        for place, actor in enumerate(actors)
        if (at + place) % 4
    ]
    return build("unquoted", rows)
