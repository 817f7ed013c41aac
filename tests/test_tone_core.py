"""The core model of tone: what it reads, that names do not matter, that numpy does what was trained."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit import tone_core
from mediakit.tone_reading import NAME, form, read

KNOWN = {"the", "praised", "attacked", "but", "he", "lied", "a", "liar", "is", "and", "while"}
NAMES = ("Ann Lee", "Wladimir Klitschko", "O'Hara", "Xi", "Nguyễn Văn Thiệu", "Mr. Smith", "Brown", "Angela Merkel")


def words_of(text, target):
    start = text.index(target)
    return read(text, start, start + len(target), KNOWN)


def test_names_and_numbers_are_symbols_and_places_are_counted_from_the_target():
    found = words_of("The Post praised Ann Lee 2,000 times", "Ann Lee")
    assert [(word.text, word.place) for word in found.left] == [("praised", -1), (NAME, -2), ("the", -3)]
    assert [(word.text, word.place) for word in found.right] == [("<number>", 1), ("times", 2)]


def test_the_rest_of_a_name_beside_the_target_is_not_read():
    assert words_of("Ann Lee lied", "Lee") == words_of("Lee lied", "Lee")._replace(
        right=words_of("Ann Lee lied", "Lee").right
    )


def test_clauses_and_quotations_are_told_apart():
    found = words_of("“Lee lied,” he said, but Roe, while Doe praised her", "Lee")
    borders = {word.text: (word.borders, word.quoted) for word in found.right}
    assert borders["lied"] == (0, True)
    assert borders["he"] == (1, False)
    assert borders["praised"][0] == 3
    assert found.quoted


@pytest.mark.parametrize(
    ("target", "kind"),
    [("He", "pronoun"), ("Ann Lee", "name"), ("the mayor", "description"), ("The mayor", "description")],
)
def test_forms(target, kind):
    assert form(target) == kind


def test_a_headline_is_read_like_a_sentence():
    found = words_of("Lee Praised While Roe Attacked A Liar", "Lee")
    assert [word.text for word in found.right] == ["praised", "while", NAME, "attacked", "a", "liar"]


@given(st.text(max_size=80), st.text(min_size=1, max_size=12), st.text(max_size=80))
def test_any_text_can_be_read_and_words_keep_their_place(left, target, right):
    text = left + target + right
    found = read(text, len(left), len(left) + len(target), KNOWN)
    for word in [*found.left, *found.right]:
        assert 0 <= word.start < word.end <= len(text)
        if word.text.isascii() and word.text.isalpha():
            assert text[word.start : word.end].lower() == word.text
    values = tone_core.probabilities([text], [len(left)], [len(left) + len(target)])
    np.testing.assert_allclose(values.sum(), 1)


SENTENCES = [
    "{} was praised for saving the child.",
    "Critics accused {} of lying about the scandal, but she denied it.",
    "“I trust {},” said Mr. Roe.",
    "The plan of {} failed.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_name_of_the_target_does_not_matter(sentence):
    starts = [sentence.index("{}")] * len(NAMES)
    found = tone_core.probabilities(
        [sentence.format(name) for name in NAMES], starts, [starts[0] + len(name) for name in NAMES]
    )
    np.testing.assert_allclose(found - found[0], 0, atol=1e-6)


def test_others_names_do_not_matter():
    texts = [f"{name} attacked him for the crime in {place}." for name, place in (("Ann Lee", "Kyiv"), ("Roe", "Rome"))]
    at = [text.index("him") for text in texts]
    found = tone_core.probabilities(texts, at, [start + 3 for start in at])
    np.testing.assert_allclose(found[0], found[1], atol=1e-6)


def test_a_text_does_not_depend_on_its_neighbours():
    texts = [sentence.format("Lee") for sentence in SENTENCES] * 80  # more than a batch
    starts = [text.index("Lee") for text in texts]
    ends = [start + 3 for start in starts]
    together = tone_core.probabilities(texts, starts, ends)
    alone = [tone_core.probabilities([t], [a], [b])[0] for t, a, b in zip(texts[:4], starts, ends, strict=False)]
    np.testing.assert_allclose(together[:4], alone, atol=1e-6)
    np.testing.assert_allclose(together[-4:], alone, atol=1e-6)


def test_the_networks_are_computed_as_they_are_defined():
    """One reading, word by word in plain Python, against what numpy does for all at once."""
    core = tone_core.load()
    text = "Critics accused Lee of lying, but she denied it."
    reading = read(text, 16, 19, core.small)
    words = [*reading.left[::-1], None, *reading.right]
    at = [(0, 0, reading.quoted) if w is None else (w.place, w.borders, w.quoted) for w in words]
    rows = [tone_core.TARGET if w is None else tone_core.row_of(core.rows, w.text) for w in words]
    inputs = np.concatenate([core.vectors[rows], tone_core.place_inputs(np.array(at))], axis=1)
    total = np.zeros(3)
    for network in core.networks:
        hidden = list(inputs)
        for number, (weights, bias, dilation) in enumerate(network.convolutions):
            blank = np.zeros_like(hidden[0])
            around = [
                np.concatenate([hidden[j] if 0 <= j < len(hidden) else blank for j in (i - dilation, i, i + dilation)])
                for i in range(len(hidden))
            ]
            found = [np.maximum(row @ weights + bias, 0) for row in around]
            hidden = found if number == 0 else [a + b for a, b in zip(hidden, found, strict=True)]
        scores = np.exp([row @ network.attention[0] + network.attention[1] for row in hidden])
        for head in range(scores.shape[1]):
            value = [(row @ network.value[0] + network.value[1])[3 * head : 3 * head + 3] for row in hidden]
            total += scores[:, head] / scores[:, head].sum() @ np.array(value)
        total += tone_core.target_inputs([reading])[0] @ network.target[0] + network.target[1]
    odds = np.exp(total / len(core.networks) / core.temperature)
    np.testing.assert_allclose(tone_core.probabilities([text], [16], [19])[0], odds / odds.sum(), atol=1e-5)


def test_the_file_holds_numbers_only():
    path = tone_core.resources.files("mediakit") / "data" / "tone" / "core.npz"
    with np.load(path, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= {"i", "u", "f"}
