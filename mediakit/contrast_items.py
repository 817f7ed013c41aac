"""Names, figures and terms that two sides share, and those that one of them has alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pandas as pd

from .contrast_numbers import Figure, figures
from .contrast_parts import Row, Side, Span, mirrored

_ROUNDED = 0.05  # "about 720" and 723 are the same
_NEAR = 2  # words in common that make two sums of money or shares the same thing
_TIMES = 10  # sums and shares that differ more are not about the same thing
_BOTH = 2  # times a term stands in each to be one of both


def name_rows(a: Side, b: Side, named: pd.DataFrame) -> Iterator[Row]:
    """Actors and places: named by both, or by one."""
    known = _by_name(named)
    for name, rows in known.items():
        in_a, in_b = _of(rows, a), _of(rows, b)
        if not in_a and not in_b:
            continue
        kind = "place" if rows[0]["type"] == "place" else "actor"
        note = rows[0]["type"] if rows[0]["known"] else f"{rows[0]['type']}, not in the registry"
        spelt = {row["text"] for row in rows}
        last = name.split()[-1]
        if rows[0]["type"] == "person" and not (a.find({last.lower()}) or b.find({last.lower()})):
            spelt |= {last}
        for side, found in ((a, in_a), (b, in_b)):
            if not found and (hits := side.find({*spelt, name})):
                found += hits
                note += "; in one found by its spelling alone"
        yield _row(kind, name, in_a, in_b, note)


def _by_name(named: pd.DataFrame) -> dict[str, list[dict]]:
    """Mentions by actor; a surname that only one other name ends in is that name."""
    rows = named.to_dict("records")
    full = {row["actor"]: row["type"] for row in rows}
    ends: dict[str, set[str]] = defaultdict(set)
    for name, kind in full.items():
        if kind == "person" and " " in name:
            ends[name.split()[-1]].add(name)
    grouped: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        name = row["actor"]
        if not row["known"] and row["type"] == "person" and len(ends.get(name, ())) == 1:
            name = next(iter(ends[name]))
        grouped[name].append(row)
    return grouped


def _of(rows: list[dict], side: Side) -> list[Span]:
    return [Span(row["article_id"], row["start"], row["end"]) for row in rows if row["article_id"] in side.texts]


def _row(kind: str, item: str, in_a: list[Span], in_b: list[Span], note: str) -> Row:
    side = "both" if in_a and in_b else "a only" if in_a else "b only"
    first_a, first_b = (found[0] if found else None for found in (in_a, in_b))
    return Row(kind, side, item, len(in_a), len(in_b), first_a, first_b, note)


def number_rows(a: Side, b: Side) -> Iterator[Row]:
    """Figures: the same in both, different ones about the same thing, and those of one side."""
    left, right = _figures(a), _figures(b)
    free_a, free_b = dict(left), dict(right)
    pairs = sorted(
        (not _agree(one[0][1], other[0][1]), -_shared(one, other), at_a, at_b)
        for at_a, (key_a, one) in enumerate(left.items())
        for at_b, (key_b, other) in enumerate(right.items())
        if key_a[1] == key_b[1] and _same_thing(one, other)
    )
    keys_a, keys_b = list(left), list(right)
    for differ, _, at_a, at_b in pairs:
        key_a, key_b = keys_a[at_a], keys_b[at_b]
        if key_a in free_a and key_b in free_b:
            yield _compared(free_a.pop(key_a), free_b.pop(key_b), differ)
    for found in free_a.values():
        yield _alone(found, b)
    for found in free_b.values():
        yield mirrored(_alone(found, a))


Found = list[tuple[Span, Figure]]


def _figures(side: Side) -> dict[tuple[float, str], Found]:
    """Figures by value and unit, in order."""
    grouped: dict[tuple[float, str], Found] = defaultdict(list)
    for key, text in side.texts.items():
        spans = [(s.span.start, s.span.end) for s in side.sentences if s.span.article_id == key]
        for figure in figures(text, spans):
            grouped[figure.value, figure.unit].append((Span(key, figure.start, figure.end), figure))
    return grouped


def _shared(one: Found, other: Found) -> int:
    return max(len(first.context & second.context) for _, first in one for _, second in other)


def _same_thing(one: Found, other: Found) -> bool:
    """Whether figures with one unit may be about one thing: a noun says it; money, shares and measures need context."""
    first, second = one[0][1], other[0][1]
    if _agree(first, second) or not first.generic:
        return True
    low, high = sorted((first.value, second.value))
    least = min(len(figure.context) for _, figure in [*one, *other])
    shared = _shared(one, other)
    return high <= _TIMES * low and shared >= 1 and shared >= min(_NEAR, least / 2)


def _agree(one: Figure, other: Figure) -> bool:
    if one.value == other.value:
        return True
    rounded = "~" in (one.bound, other.bound)
    return rounded and abs(one.value - other.value) <= _ROUNDED * max(one.value, other.value)


def _compared(one: Found, other: Found, differ: bool) -> Row:
    (here, first), (there, second) = max(
        ((x, y) for x in one for y in other), key=lambda pair: len(pair[0][1].context & pair[1][1].context)
    )
    common = ", ".join(sorted(first.context & second.context)[:5])
    near = f"words in common: {common}" if common else "no other word in common: read both"
    if not differ:
        item = first.text if first.value == second.value else f"{first.text} / {second.text}"
        return Row("number", "both", item, len(one), len(other), here, there, near)
    if _compatible(first, second) or _compatible(second, first):
        near += "; both can be true"
    return Row("number", "differs", f"{first.text} / {second.text}", len(one), len(other), here, there, near)


def _compatible(one: Figure, other: Figure) -> bool:
    """Whether "more than 700" leaves room for 723."""
    return (one.bound == ">" and other.value > one.value) or (one.bound == "<" and other.value < one.value)


def _alone(found: Found, there: Side) -> Row:
    span, figure = found[0]
    digits = [part for part in figure.text.split() if part[0].isdigit()]
    elsewhere = there.find(digits[:1])
    note = f"“{digits[0]}” stands in the other, counting something else" if elsewhere else ""
    return Row("number", "a only", figure.text, len(found), 0, span, None, note)


def term_rows(a: Side, b: Side, *, min_n: int, most: int) -> Iterator[Row]:
    """The words, other than names, that one side uses often and the other never, and those that both use."""
    left, right = _terms(a), _terms(b)
    for here, there, turn in ((left, b.stems, False), (right, a.stems, True)):
        alone = [(stem, found) for stem, found in here.items() if len(found) >= min_n and stem not in there]
        for _, found in sorted(alone, key=lambda entry: (-len(entry[1]), entry[0]))[:most]:
            row = _row("term", _usual(found), [span for span, _ in found], [], "")
            yield mirrored(row) if turn else row
    both = [stem for stem in left if len(left[stem]) >= _BOTH and len(right.get(stem, ())) >= _BOTH]
    for stem in sorted(both, key=lambda stem: (-min(len(left[stem]), len(right[stem])), stem))[:most]:
        in_a, in_b = ([span for span, _ in found] for found in (left[stem], right[stem]))
        yield _row("term", _usual(left[stem] + right[stem]), in_a, in_b, "")


def _terms(side: Side) -> dict[str, list[tuple[Span, str]]]:
    """Where each stem stands and in which form; stems that are only written with a capital are names."""
    coded = side.coded
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    small: set[str] = set()
    columns = (coded.article, coded.start, coded.end, coded.form, coded.term)
    for article, start, end, form, term in zip(*(column.tolist() for column in columns), strict=True):
        stem = side.stem_of_term[term]
        if stem:
            found[stem].append((Span(coded.ids[article], start, end), coded.terms[term]))
            if not coded.forms[form][0].isupper():
                small.add(stem)
    return {stem: places for stem, places in found.items() if stem in small}


def _usual(found: list[tuple[Span, str]]) -> str:
    counts = Counter(form for _, form in found)
    return min(counts, key=lambda form: (-counts[form], form))
