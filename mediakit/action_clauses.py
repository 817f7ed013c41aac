"""Predicates of a parsed sentence, and which words are their agents and patients.

Tokens are spaCy's, with the labels of its English models (ClearNLP). Agents and patients are grammatical: the subject
and object of an active verb, the by-phrase and subject of a passive one. Subjects that a verb shares with another are
found by the rules of `_Reader.subjects`; where no rule fits, there is none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

SUBJECTS = ("nsubj", "nsubjpass")
_NO_PREDICATE = frozenset("aux auxpass amod compound prep prt nmod quantmod predet det case mark cc punct".split())
_NO_NOUN = ("VERB", "AUX", "ADV", "ADP", "SCONJ", "CCONJ", "PUNCT", "PART")
_DEEPEST, _MOST = 40, 20  # steps up the tree; coordinated words: real sentences have fewer of either
_SPELLED = {"ll": "will", "'ll": "will", "’ll": "will", "d": "would", "'d": "would", "’d": "would", "wo": "will"}
_SPELLED |= {"ca": "can", "sha": "shall"}


@dataclass(frozen=True)
class Words:
    """The lists of data/actions.toml."""

    representatives: frozenset[str]
    of_person: frozenset[str]
    subject_control: frozenset[str]
    instrumental: frozenset[str]
    object_control: frozenset[str]
    object_prepositions: frozenset[str]
    times: frozenset[str]
    circumstances: frozenset[str]
    nobody: frozenset[str]
    ordinals: frozenset[str]
    deeds: frozenset[str]
    intransitive: frozenset[str]
    prepositions: frozenset[str]


@cache
def words() -> Words:
    """The word lists that ship with mediakit."""
    path = resources.files("mediakit") / "data" / "actions.toml"
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(**{field.name: frozenset(lists[field.name].split()) for field in fields(Words)})


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and the head words of its agents and patients."""

    verb: Any
    particle: Any | None
    predicate: str
    voice: str  # active, passive (with an agent), agentless
    negated: bool
    modal: str | None
    governor: str | None
    agents: list[Any]
    patients: list[Any]


def clauses(doc: Any) -> list[Clause]:
    """The predicates of a parsed sentence that have an agent or a patient, in order."""
    reader = _Reader()
    found = [reader.clause(token) for token in doc if _is_predicate(token)]
    return [clause for clause in found if clause.agents or clause.patients]


def _is_predicate(token: Any) -> bool:
    if token.pos_ != "VERB" or token.dep_ in _NO_PREDICATE or token.lemma_ == "be":
        return False
    return not _is_preposition(token)


def _is_preposition(token: Any) -> bool:
    """Whether it is a participle that has become a preposition: "following the attack", "including Russia"."""
    if token.lower_ not in words().prepositions or _child(token, "aux", "auxpass", "mark", *SUBJECTS) is not None:
        return False
    # "troops following orders" do follow
    return token.dep_ in ("advcl", "pcomp", "dep") or (token.dep_ == "acl" and token.lower_ != "following")


def _child(token: Any, *labels: str) -> Any | None:
    return next((child for child in token.children if child.dep_ in labels), None)


def _lemma(token: Any) -> str:
    particle = _child(token, "prt")
    return f"{token.lemma_.lower()} {particle.lower_}" if particle is not None else token.lemma_.lower()


def _is_infinitive(token: Any) -> bool:
    return any(child.tag_ == "TO" for child in token.children)


class _Reader:
    """The rules for one sentence; remembers what it has found, since verbs ask the verbs above them."""

    def __init__(self) -> None:
        self._subjects: dict[int, list[Any]] = {}
        self._passive: dict[int, bool] = {}

    def clause(self, verb: Any) -> Clause:
        agents, patients = self.agents(verb), self.patients(verb)
        voice = "active" if not self.passive(verb) else "passive" if self.by(verb) else "agentless"
        particle = _child(verb, "prt")
        beside = particle if particle is not None and particle.i == verb.i + 1 else None
        negated = self.negated(verb) or any(_is_none(head) for head in (*agents, *patients))
        return Clause(verb, beside, _lemma(verb), voice, negated, _modal(verb), _governor(verb), agents, patients)

    def agents(self, verb: Any) -> list[Any]:
        """Who does it."""
        return self.by(verb) if self.passive(verb) else self.subjects(verb)

    def patients(self, verb: Any) -> list[Any]:
        """Whom or what it is done to."""
        return self.subjects(verb) if self.passive(verb) else self.objects(verb)

    def passive(self, verb: Any) -> bool:
        """Whether the verb stands in the passive, the short forms of headlines and participles included."""
        if verb.i not in self._passive:
            self._passive[verb.i] = self._is_passive(verb)
        return self._passive[verb.i]

    def _is_passive(self, verb: Any) -> bool:
        auxiliary = _child(verb, "auxpass")
        if auxiliary is not None and auxiliary.lower_ in ("'s", "’s") and _child(verb, "dobj") is not None:
            return False  # "she's got an infection"
        if auxiliary is not None or _child(verb, "nsubjpass", "csubjpass") is not None:
            return True
        if verb.tag_ not in ("VBN", "VBD") or _child(verb, "aux") is not None:
            return False
        if _child(verb, "agent") is not None and _child(verb, "dobj") is None:
            return True  # "Bridge hit by drones", also where the model takes the participle for a past tense
        if verb.tag_ != "VBN":
            return False
        if verb.dep_ == "conj" and _child(verb, *SUBJECTS) is None and verb.head.pos_ == "VERB":
            return verb.head.i < verb.i and self.passive(verb.head)
        return _child(verb, "dobj") is None

    def by(self, verb: Any) -> list[Any]:
        """The agents of a passive verb that its by-phrase names."""
        heads = [noun for child in verb.children if child.dep_ == "agent" for noun in child.children]
        return [
            head
            for noun in heads
            if noun.dep_ == "pobj"
            for head in _coordinated(noun)
            if head.lemma_.lower() not in words().times and head.pos_ not in _NO_NOUN and head.tag_ != "CD"
        ]

    def objects(self, verb: Any) -> list[Any]:
        """The direct objects of an active verb; the noun that a relative clause is about where it is its object."""
        own = [child for child in verb.children if child.dep_ == "dobj"]
        if own:
            return _named([head for child in own for head in _resolved(child)])
        if _child(verb, "ccomp", "xcomp", "dative") is not None:
            return []
        return _gap(verb) or _shared_object(verb)

    def subjects(self, verb: Any, depth: int = 0) -> list[Any]:
        """The subjects of a verb: its own, else those it shares with the word it depends on.

        - A coordinated verb has the subject of the first one ("came and saw").
        - An infinitive or participle that completes a verb has its object ("forced Kyiv to accept", "accused him of
          lying"), or its subject where there is no object, the verb is passive or one such as "promise".
        - One that is an adverbial has the subject of the main clause, or the agent of a passive one where it gives the
          purpose ("bombed by X to force a deal").
        - A participle behind a noun has that noun; an infinitive ("a plan by X to attack", "X's plan to attack", "X has
          a plan to attack") the one whose plan it is.
        """
        if depth > _DEEPEST:
            return []
        if verb.i not in self._subjects:
            self._subjects[verb.i] = _named(self._find_subjects(verb, depth))
        return self._subjects[verb.i]

    def _find_subjects(self, verb: Any, depth: int) -> list[Any]:
        own = [child for child in verb.children if child.dep_ in SUBJECTS]
        if own:
            return [head for child in own for head in _resolved(child)]
        if _child(verb, "expl", "csubj", "csubjpass") is not None:
            return []
        head, role = verb.head, verb.dep_
        bare = verb.tag_ in ("VBG", "VBN") or _is_infinitive(verb)
        if role == "conj":
            return self.subjects(head, depth + 1)
        if role == "xcomp" or (role == "ccomp" and bare) or role == "oprd":
            return self._controller(verb, head, depth)
        if role in ("advcl", "pcomp", "pobj") and bare:
            return self._of_adverbial(verb, depth)
        if role in ("acl", "relcl") and bare:
            return self._of_noun(verb, head, depth)
        return []

    def _controller(self, verb: Any, head: Any, depth: int) -> list[Any]:
        """Who does what completes another verb or an adjective."""
        if head.pos_ not in ("VERB", "AUX") or head.lemma_ == "be":
            verb = head if head.lemma_ == "be" else head.head
            found = self.subjects(verb, depth + 1) if verb is head or head.dep_ in ("acomp", "attr", "oprd") else []
            return [noun for noun in found if noun.lower_ not in ("it", "that", "this")]  # "it was hard to find them"
        lemma = head.lemma_.lower()
        if self.passive(head):
            return self.by(head) if lemma in words().instrumental else self.subjects(head, depth + 1)
        found = [child for child in head.children if child.dep_ in ("dobj", "dative") and child.i < verb.i]
        if found and lemma not in words().subject_control:
            return [noun for child in found for noun in _resolved(child) if noun.pos_ != "ADP"]
        return self.subjects(head, depth + 1)

    def _of_adverbial(self, verb: Any, depth: int) -> list[Any]:
        """Who does what stands as an adverbial: "Speaking in Kyiv, she", "without asking", "to force a deal"."""
        head, link = verb.head, None
        if head.pos_ in ("ADP", "SCONJ") or head.dep_ in ("prep", "agent"):
            head, link = head.head, head
        if head.pos_ not in ("VERB", "AUX"):
            if link is None:
                return []
            blamed = link.lower_ in words().object_prepositions and head.head.lemma_.lower() in words().object_control
            # the parser often takes "of hiding it" in "accused him of hiding it" for a part of the object
            return _coordinated(head) if blamed and head.dep_ in ("dobj", "nsubjpass") else self._owners(head, depth)
        if link is not None and link.dep_ == "agent":
            return []
        if self.passive(head) and _is_infinitive(verb):
            return self.by(head)
        controlled = link is not None and link.lower_ in words().object_prepositions
        if controlled and head.lemma_.lower() in words().object_control and not self.passive(head):
            return self.objects(head) or self.subjects(head, depth + 1)
        return self.subjects(head, depth + 1)

    def _of_noun(self, verb: Any, noun: Any, depth: int) -> list[Any]:
        """Who does what stands behind a noun: "troops attacking the city", "the city attacked", "a plan to attack"."""
        if not _is_infinitive(verb):
            return _coordinated_before(noun, verb) if verb.dep_ == "acl" else []
        if verb.dep_ == "relcl" or any(child.lemma_.lower() in words().ordinals for child in noun.children):
            return [noun] if verb.dep_ == "acl" else []
        return self._owners(noun, depth)

    def _owners(self, noun: Any, depth: int) -> list[Any]:
        """Whose plan, right or decision a noun is."""
        for child in noun.children:
            if child.dep_ == "poss":
                return _coordinated(child)
            if child.dep_ in ("prep", "agent") and child.lower_ == "by":
                return [head for inner in child.children if inner.dep_ == "pobj" for head in _coordinated(inner)]
        above = noun.head
        if noun.dep_ in ("dobj", "attr") and above.pos_ in ("VERB", "AUX") and not self.passive(above):
            return self.subjects(above, depth + 1)
        return []

    def negated(self, verb: Any) -> bool:
        """Whether it is said not to happen: not, never, "without asking", "did not ask or tell"."""
        if any(child.dep_ == "neg" or child.lower_ in ("never", "neither") for child in verb.children):
            return True
        if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
            return True
        if verb.dep_ == "conj" and verb.head.i < verb.i and _child(verb, *SUBJECTS) is None:
            joined = any(child.lower_ in ("or", "nor") for child in verb.head.children if child.dep_ == "cc")
            return joined and self.negated(verb.head)
        return False


def _named(heads: list[Any]) -> list[Any]:
    """Without question words and what is no noun phrase, none twice, in order, at most `_MOST`."""
    kept = {
        head.i: head for head in heads if not head.tag_.startswith("W") and head.pos_ not in ("ADP", "SCONJ", "PUNCT")
    }
    return list(kept.values())[:_MOST]


def _is_none(head: Any) -> bool:
    return head.lower_ in words().nobody or any(
        child.dep_ == "det" and child.lower_ in ("no", "neither") for child in head.children
    )


def _coordinated(noun: Any) -> list[Any]:
    """The noun and those joined to it by "and" or commas."""
    found, at = [noun], 0
    while at < len(found) < _MOST:
        found += [child for child in found[at].children if child.dep_ == "conj" and child.pos_ not in _NO_NOUN]
        at += 1
    return found[:_MOST]


def _coordinated_before(noun: Any, verb: Any) -> list[Any]:
    return [head for head in _coordinated(noun) if head.i < verb.i]


def _resolved(noun: Any) -> list[Any]:
    """The words an argument stands for: a relative pronoun for the noun its clause is about."""
    if noun.tag_ not in ("WDT", "WP") and not (noun.lower_ == "that" and noun.tag_ in ("IN", "WDT")):
        return _coordinated(noun)
    verb = noun.head
    for _ in range(_DEEPEST):
        if verb.dep_ == "relcl":
            return [verb.head] if verb.head.pos_ not in _NO_NOUN else []
        if verb.dep_ not in ("conj", "xcomp", "ccomp"):
            return []
        verb = verb.head
    return []


def _gap(verb: Any) -> list[Any]:
    """The noun that is the object of a relative clause without saying so: "the city Russia attacked"."""
    if _is_infinitive(verb) and verb.dep_ == "relcl":
        return []
    top = verb
    while top.dep_ == "xcomp" and top.head.pos_ == "VERB":
        top = top.head
    if top.dep_ != "relcl" or top.head.pos_ in _NO_NOUN or top.head.lemma_.lower() in words().circumstances:
        return []
    for part in {top.i: top, verb.i: verb}.values():
        for child in part.children:
            stranded = child.dep_ == "prep" and not any(child.children)
            if child.tag_ in ("WRB", "WP$") or stranded or (child.dep_ in SUBJECTS and child.tag_.startswith("W")):
                return []
            if child.dep_ == "prep" and any(inner.tag_.startswith("W") for inner in child.subtree):
                return []
    subject = _child(top, *SUBJECTS)
    return [top.head] if subject is not None and subject.i > top.head.i else []


def _shared_object(verb: Any) -> list[Any]:
    """The object of the next verb where the two stand side by side: "arrested and questioned the student"."""
    after = [child for child in verb.children if child.i > verb.i]
    joined = next((child for child in after if child.dep_ == "conj"), None)
    if joined is None or joined.tag_ != verb.tag_ or verb.lemma_.lower() in words().intransitive:
        return []
    if any(child.dep_ not in ("conj", "cc", "punct", "prt") for child in after):
        return []
    if any(child.i < joined.i and child.dep_ not in ("advmod", "prt", "cc", "punct") for child in joined.children):
        return []
    own = [child for child in joined.children if child.dep_ == "dobj" and not child.tag_.startswith("W")]
    return [head for child in own for head in _coordinated(child)] or _shared_object(joined)


def _modal(verb: Any) -> str | None:
    for child in verb.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            return _SPELLED.get(child.lower_, child.lower_)
    if verb.dep_ == "conj" and _child(verb, "aux", "auxpass", *SUBJECTS) is None and verb.head.i < verb.i:
        return _modal(verb.head) if verb.tag_ == "VB" or verb.head.tag_ == verb.tag_ else None
    return None


def _governor(verb: Any) -> str | None:
    """The word that the predicate completes: refuse in "refused to meet", say in "said X left", plan in "plan to"."""
    for _ in range(_DEEPEST):
        if verb.dep_ != "conj":
            break
        verb = verb.head
    head = verb.head
    if verb.dep_ in ("xcomp", "ccomp") and head.lemma_ == "be":
        quality = _child(head, "acomp")  # "it was necessary to"
        return quality.lemma_.lower() if quality is not None and quality.i < verb.i else None
    if verb.dep_ in ("xcomp", "ccomp") or (verb.dep_ == "acl" and _is_infinitive(verb)):
        return _lemma(head)
    if verb.dep_ == "pcomp" and head.lower_ in words().object_prepositions:
        above = head.head
        blamed = above.dep_ in ("dobj", "nsubjpass") and above.head.lemma_.lower() in words().object_control
        return _lemma(above.head if blamed else above)
    return None
