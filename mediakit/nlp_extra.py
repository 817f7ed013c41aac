"""Whether the extra `nlp` is there: asked without loading it."""

from __future__ import annotations

from importlib.util import find_spec

from .nlp_model import PACKAGES


def has_nlp() -> bool:
    """Whether spaCy and its small English model are installed, which the extra `nlp` brings.

    `actions` needs them, and so do `mentions(unknown="spacy")` and `unresolved(names="spacy")`; all else works without.
    """
    return find_spec("spacy") is not None and any(find_spec(package) is not None for package in PACKAGES)
