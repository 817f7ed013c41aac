"""The word lists that decide how a name beside them is read: data/names_context.toml and data/names_given.txt."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Context:
    """The word lists of data/names_context.toml and data/names_given.txt."""

    titles: frozenset[str]
    female_titles: frozenset[str]
    male_titles: frozenset[str]
    heads: frozenset[str]
    doubtful_heads: frozenset[str]
    of_heads: frozenset[str]
    openers: frozenset[str]
    days: frozenset[str]
    prefixes: frozenset[str]
    generic: frozenset[str]
    small_words: frozenset[str]
    caps_words: frozenset[str]
    us_states: tuple[str, ...]
    firm_words: frozenset[str]
    area_words: frozenset[str]
    states_of: frozenset[str]
    month_words: frozenset[str]
    common_bodies: frozenset[str]
    governing: frozenset[str]
    speaking: frozenset[str]
    spoken: frozenset[str]
    governments: tuple[str, ...]
    organisation_words: frozenset[str]
    given: frozenset[str]


@functools.cache
def context() -> Context:
    """The word lists that ship with mediakit."""
    data = resources.files("mediakit").joinpath("data")
    lists = tomllib.loads(data.joinpath("names_context.toml").read_text(encoding="utf-8"))
    given = data.joinpath("names_given.txt").read_text(encoding="utf-8").split("\n")
    names = frozenset(name.casefold() for name in given if name and not name.startswith("#"))
    states, governments = tuple(lists.pop("us_states")), tuple(lists.pop("governments"))
    words = {key: frozenset(words) for key, words in lists.items()}
    return Context(given=names, us_states=states, governments=governments, **words)
