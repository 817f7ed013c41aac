"""The encoder: probabilities, the same for every name and whatever stands beside a text; what it cannot do it says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit import encoder

PRAISE = "Voters praised {} for a brilliant and honest campaign."
BLAME = "Voters blamed {} for a corrupt and disastrous campaign."
PLAIN = "{} will arrive in Vienna on Tuesday."
NAMES = [
    "Smith",
    "Angela Merkel",
    "Mr. Okonkwo",
    "Li",
    "Donald Trump",
    "Greenpeace",
    "O’Brien",
    "Sen. Ted Cruz (R-Texas)",
]


def tone_of(pattern, name="Smith"):
    start = pattern.index("{}")
    return encoder.tone([pattern.format(name)], [start], [start + len(name)])[0]


def test_probabilities_of_plain_cases():
    negative, neutral, positive = range(3)
    assert tone_of(PRAISE).argmax() == positive
    assert tone_of(BLAME).argmax() == negative
    assert tone_of(PLAIN).argmax() == neutral


def test_the_target_decides_not_the_sentence():
    text = "Reporters mocked Adams, who had lied to everyone, and admired Baker, who had told the truth."
    adams, baker = (encoder.tone([text], [text.index(name)], [text.index(name) + 5])[0] for name in ("Adams", "Baker"))
    assert adams[0] > baker[0]
    assert baker[2] > adams[2]


@pytest.mark.parametrize("pattern", [PRAISE, BLAME, PLAIN])
def test_no_name_carries_a_tone(pattern):
    found = np.array([tone_of(pattern, name) for name in NAMES])
    assert np.ptp(found, axis=0).max() == 0


def test_what_is_no_name_is_read_as_it_stands():
    assert not encoder.is_name("the murderer")
    assert not encoder.is_name("She")
    assert not encoder.is_name(" ")
    assert (tone_of("Police described {}.", "the murderer") != tone_of("Police described {}.", "the hero")).any()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_has_probabilities_that_its_neighbours_do_not_change(texts):
    ends = [min(3, len(text)) for text in texts]
    together = encoder.tone(texts, [0] * len(texts), ends)
    assert together.shape == (len(texts), 3)
    np.testing.assert_allclose(together.sum(axis=1), 1)
    alone = [encoder.tone([text], [0], [end])[0] for text, end in zip(texts, ends, strict=True)]
    np.testing.assert_array_equal(together, np.array(alone))
    rated = encoder.ratings(texts)
    assert (np.abs(rated) <= 1).all()


def test_a_long_text_is_read_round_its_target():
    filler = "The report has many pages and a long annex. " * 60
    text = filler + BLAME.format("Smith") + filler
    start = text.index("Smith")
    assert encoder.tone([text], [start], [start + 5])[0].argmax() == 0
    assert encoder.tone([text], [0], [3]).shape == (1, 3)
    assert encoder.tone([text], [len(text) - 6], [len(text) - 2]).shape == (1, 3)


def test_ratings_follow_what_is_said():
    bad, plain, good = encoder.ratings(
        ["A terrible disaster: forty people died.", "The meeting is on Tuesday.", "A wonderful success for everyone."]
    )
    assert bad < plain < good


def test_nothing_in_nothing_out():
    assert encoder.tone([], [], []).shape == (0, 3)
    assert encoder.ratings([]).shape == (0,)


def test_it_abstains_somewhere_between_chance_and_certainty():
    assert 1 / 3 < encoder.threshold() < 1


def test_without_the_extra_it_names_the_remedy(monkeypatch):
    encoder._load.cache_clear()
    monkeypatch.setattr(encoder, "find_spec", lambda _: None)
    assert not encoder.available()
    with pytest.raises(ImportError, match=r"mediakit\[tone\]"):
        encoder.ratings(["Good."])
