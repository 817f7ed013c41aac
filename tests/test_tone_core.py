"""The core model of tone: what it reads, that names do not matter, that numpy does what was trained."""

import numpy as np
import pytest
from hypothesis import given, settings
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


def test_others_are_counted_between_a_word_and_the_target_and_beside_it():
    found = words_of("Roe said he praised Doe, but Lee and Ann Poe attacked them while it is a lie", "Lee")
    between = {word.text: (word.names, word.pronouns) for word in [*found.left, *found.right]}
    assert between["praised"] == (1, 0)
    assert between["said"] == (1, 1)
    assert between["and"] == (0, 0)
    assert between["attacked"] == (1, 0)  # Ann Poe is one name
    assert between["lie"] == (1, 1)
    assert found.others() == ((2, 1), (1, 1))


def test_what_a_network_is_told_of_places():
    """Every column against its definition, word by word."""
    reading = words_of("“Roe lied,” he said, while Lee, who praised 3,000 liars but not Doe, is a liar", "Lee")
    rows = tone_core.place_inputs([reading])
    left, right = reading.others()
    beside = [most for n in (left.names, right.names, left.pronouns, right.pronouns) for most in (n == 1, n >= 2)]
    words = [*reading.left[::-1], None, *reading.right]
    assert rows.shape == (len(words), tone_core.N_PLACE)
    for row, word in zip(rows, words, strict=True):
        place, borders, names, pronouns, quoted = word[3:] if word else (0, 0, 0, 0, reading.quoted)
        far = sum(abs(place) >= d for d in tone_core.DISTANCES)
        expected = [far == n for n in range(8)] + [place < 0, place > 0] + [min(borders, 2) == n for n in range(3)]
        expected += [quoted]
        expected += [names == 1, names == 2, names >= 3, pronouns == 1, pronouns == 2, pronouns >= 3]
        np.testing.assert_array_equal(row, [*expected, *beside])


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
    rows = [tone_core.TARGET if w is None else tone_core.row_of(core.rows, w.text) for w in words]
    inputs = np.concatenate([core.vectors[rows], tone_core.place_inputs([reading])], axis=1)
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


def test_what_a_word_adds_is_what_of_it_alone_goes_through():
    """Each word sent through alone, where the network is open for the sentence, without biases: an independent sum."""
    core = tone_core.load()
    text = "Roe praised the court but attacked Lee, who denied that she had lied."
    readings = [read(text, 35, 38, core.small)]
    found = tone_core.run(core, readings)
    told = tone_core.explained(core, readings)
    span = found.spans[0]
    for at in range(span.start, span.stop):
        total = np.zeros(3)
        for network, passed in zip(core.networks, found.passes, strict=True):
            hidden = np.zeros_like(found.inputs)
            hidden[at] = found.inputs[at]
            for number, (weights, _, dilation) in enumerate(network.convolutions):
                n = hidden.shape[1]
                heard = np.zeros((len(hidden), weights.shape[1]))
                for place in range(span.start, span.stop):
                    for third, other in enumerate((place - dilation, place, place + dilation)):
                        if 0 <= other < len(hidden):
                            heard[place] += hidden[other] @ weights[third * n : (third + 1) * n]
                heard *= passed.alive[number]
                hidden = heard if number == 0 else hidden + heard
            values = (hidden @ network.value[0]).reshape(len(hidden), -1, 3)
            total += np.einsum("th,thc->c", passed.weights, values)
        expected = total / len(core.networks) / core.temperature
        np.testing.assert_allclose(told.words[0][at - span.start], expected, atol=1e-4)


@given(st.lists(st.sampled_from("praised attacked the a liar but Roe , he not “ ” .".split()), max_size=30))
@settings(max_examples=15)
def test_words_and_constant_add_up_to_the_odds(words):
    text = " ".join([*words, "Lee", *reversed(words)])
    start = len(" ".join([*words, ""]))
    end = start + 3
    (sums,) = tone_core.contributions([text], [start], [end])
    logits = sums.words[0].sum(axis=0) + sums.constant[0]
    odds = np.log(tone_core.probabilities([text], [start], [end])[0])
    np.testing.assert_allclose(logits - logits[0], odds - odds[0], atol=1e-4)


def test_the_target_itself_has_little_say_beside_the_words_about_it():
    texts = ["Critics accused Lee of a shameful lie.", "Lee, a hero to many, was praised by the president."]
    starts = [text.index("Lee") for text in texts]
    for sums in tone_core.contributions(texts, starts, [start + 3 for start in starts]):
        for words, tokens in zip(sums.words, sums.tokens, strict=True):
            tone = np.abs(words @ [-1, 0, 1])
            assert tone[tokens.index(None)] < 0.3 * tone.max()


def test_the_file_holds_numbers_only():
    path = tone_core.resources.files("mediakit") / "data" / "tone" / "core.npz"
    with np.load(path, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= {"i", "u", "f"}
