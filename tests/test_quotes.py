"""Quotations, their speakers and cues: what a reader finds in invented sentences, and properties over any string."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.quote_marks import quoted_spans


def articles(*texts: str) -> pd.DataFrame:
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "source": "Outlet", "title": "", "text": list(texts)})


def read(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """(kind, words, speaker, cue) of each quotation."""
    found = mk.quotes(articles(text)).astype("object")
    found = found.where(found.notna(), None)
    return list(zip(found["kind"], found["text"], found["speaker"], found["cue"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” Mary Miller said.", ("direct", "We won,", "Mary Miller", "said")),
        ('"We won," said Mary Miller, the mayor of Ashton.', ("direct", "We won,", "Mary Miller", "said")),
        ("Mary Miller said, “We won.”", ("direct", "We won.", "Mary Miller", "said")),
        ("Mary Miller, the mayor, said: “We won.”", ("direct", "We won.", "Mary Miller", "said")),
        ("Mayor Mary Miller told the Ashton Gazette: “We won.”", ("direct", "We won.", "Mary Miller", "told")),
        ("‘We won’t go,’ Mary Miller said.", ("direct", "We won’t go,", "Mary Miller", "said")),
        ("„We won“, Mary Miller said.", ("direct", "We won", "Mary Miller", "said")),
        ("« We won », Mary Miller said.", ("direct", "We won", "Mary Miller", "said")),
        ("Mary Miller called the vote “a sham”.", ("partial", "a sham", "Mary Miller", "called")),
        ("Mary Miller said that taxes would fall.", ("indirect", "taxes would fall", "Mary Miller", "said")),
        ("Mary Miller has also claimed taxes will fall.", ("indirect", "taxes will fall", "Mary Miller", "claimed")),
        (
            "According to Mary Miller, taxes will fall soon.",
            ("indirect", "taxes will fall soon", "Mary Miller", "According to"),
        ),
        (
            "Taxes are going to fall, according to Mary Miller.",
            ("indirect", "Taxes are going to fall", "Mary Miller", "according to"),
        ),
        ("Taxes are going to fall, Mary Miller says.", ("indirect", "Taxes are going to fall", "Mary Miller", "says")),
        ("Mary Miller urged voters to stay calm.", ("indirect", "to stay calm", "Mary Miller", "urged")),
    ],
)
def test_one_quotation(text: str, expected: tuple[str, str, str, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "She read “War and Peace” on the train.",
        "The so-called “experts” went home.",
        "Mary Miller did not say that taxes would fall.",
        "It was said that taxes would fall.",
        "The report came out in March.",
        "Mary Miller would say that taxes fall.",
        "The band's “Greatest Hits” sold well in the state of Ohio.",
        "“We never closed this mark and the text goes on.",
    ],
)
def test_no_quotation(text: str) -> None:
    assert read(text) == []


def test_a_listener_or_a_medium_that_is_told_is_not_the_speaker() -> None:
    found = read("Mary Miller told the Financial Times that taxes would fall.")
    assert found == [("indirect", "taxes would fall", "Mary Miller", "told")]


def test_a_quotation_goes_on_with_its_speaker() -> None:
    text = "“We won,” said Mary Miller. “We did it together.”\n“Nobody helped us at all.”"
    assert [(kind, speaker) for kind, _, speaker, _ in read(text)] == [("direct", "Mary Miller")] * 3


def test_marks_reopened_in_the_next_paragraph() -> None:
    text = "Mary Miller said: “We won.\n“We did it together.”\nThe end was near."
    assert [(words, speaker) for _, words, speaker, _ in read(text)] == [
        ("We won.", "Mary Miller"),
        ("We did it together.", "Mary Miller"),
    ]


def test_no_quotation_across_an_unclosed_mark() -> None:
    text = "Mary Miller said: “We won and left.\nLater, Tom Baker said: “They lost.”"
    assert [(words, speaker) for _, words, speaker, _ in read(text)] == [("They lost.", "Tom Baker")]


def test_surname_and_pronouns_mean_the_person_introduced() -> None:
    text = "Mayor Mary Miller spoke first. “We won,” she said. Miller added that taxes would fall."
    assert [speaker for _, _, speaker, _ in read(text)] == ["Mary Miller", "Mary Miller"]


def test_he_is_not_a_woman() -> None:
    text = "Mrs. Mary Miller met Mr. Tom Baker. Miller said she was glad. “Me too,” he said."
    assert read(text)[-1][2] == "Tom Baker" or read(text)[-1][2] is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Both leaders said that talks would go on.", "collective"),
        ("A European official said that talks would go on.", "unnamed"),
        ("The statement said that talks would go on.", "document"),
        ("The newspaper reported that talks would go on.", "media"),
        ("Vladimir Putin said that talks would go on.", "named"),
    ],
)
def test_kinds_of_speakers(text: str, kind: str) -> None:
    found = mk.quotes(articles(text))
    assert list(found["speaker_kind"]) == [kind]
    assert found["speaker"].notna().tolist() == [kind == "named"]


@pytest.mark.parametrize(
    ("cue", "stance"), [("said", "neutral"), ("claimed", "distancing"), ("admitted", "supportive")]
)
def test_stance_of_the_cue(cue: str, stance: str) -> None:
    found = mk.quotes(articles(f"Mary Miller {cue} that taxes had fallen."))
    assert list(found["stance"]) == [stance]


def test_a_name_of_the_registry_is_its_actor() -> None:
    assert read("President Trump spoke. “We won,” Trump said.")[0][2] == "Donald Trump"


def test_the_ten_direct_quotations_of_the_seeds() -> None:
    found = mk.quotes(mk.read_articles("seeds"))
    direct = found[found["kind"] == "direct"]
    speakers = [(text[:12], speaker) for text, speaker in zip(direct["text"], direct["speaker"], strict=True)]
    assert speakers == [
        ("It was deter", "Donald Trump"),
        ("We had an ex", "Donald Trump"),
        ("I believe Pu", "Darren Kew"),
        ("This could t", "Darren Kew"),
        ("I would like", "Vladimir Putin"),
        ("Those are po", "Donald Trump"),
        ("We’re convin", "Vladimir Putin"),
        ("The root cau", "Vladimir Putin"),
        ("We have agre", "Donald Trump"),
        ("President Pu", "Marc Fogel"),
    ]


def test_other_languages_are_refused() -> None:
    with pytest.raises(mk.LanguageError):
        mk.quotes(articles("„Wir“, sagte er.").assign(language="de"))


def test_no_articles() -> None:
    empty = articles("x").iloc[:0]
    found = mk.quotes(empty)
    assert len(found) == 0
    assert set(mk.FRAMES["quotes"].required) <= set(found.columns)
    assert len(mk.quote_counts(found, empty)) == len(mk.quote_genders(found, empty)) == 0


WORDS = "said|told|he|she|that|Mary Miller|Trump|according to|We won|the|and|who|by|as reported by|’s|of|Dr.|has"
PIECES = st.sampled_from([*"“”\"'‘’„«» \n():—\x01\x00", "``", "''", ". ", ", ", *WORDS.split("|")])
ANY_TEXT = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_any_string_gives_exact_spans(text: str) -> None:
    for row in mk.quotes(articles(text)).itertuples():
        assert text[row.start : row.end] == row.text != ""
        assert row.text.strip() == row.text
        if isinstance(row.speaker_text, str):
            assert text[int(row.speaker_start) : int(row.speaker_end)] == row.speaker_text
        if isinstance(row.cue, str):
            assert text[int(row.cue_start) : int(row.cue_end)] == row.cue
        assert 0 <= row.confidence <= 1


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_marks_enclose_and_do_not_overlap(text: str) -> None:
    reached = 0
    for span in quoted_spans(text):
        assert reached <= span.outer_start < span.start < span.end <= span.outer_end <= len(text)
        reached = span.outer_end


STORY = (
    "{name} spoke in Ashton on Friday. “We won,” {last} said. “It is over.”\n{last} claimed that taxes would fall. "
    "According to {last}, the vote was fair.\n“Thank you all,” {last} added."
)


@given(st.sampled_from(["Mary", "Peter", "Ann"]), st.from_regex(r"[B-DF-H][aeiou]v[aeiou]rt", fullmatch=True))
@settings(max_examples=25, deadline=None)
def test_renaming_the_speaker_renames_the_result(first: str, last: str) -> None:
    name = f"{first} {last}"
    found = mk.quotes(articles(STORY.format(name=name, last=last)))
    assert list(found["speaker"]) == [name] * 5


def test_order_of_articles_changes_nothing() -> None:
    corpus = mk.read_articles("seeds")
    order = list(corpus.index)
    random.Random(1).shuffle(order)
    keys = ["article_id", "start", "kind", "end"]
    plain, shuffled = (mk.quotes(frame).sort_values(keys, ignore_index=True) for frame in (corpus, corpus.loc[order]))
    pd.testing.assert_frame_equal(plain, shuffled)


def test_counts_of_speakers() -> None:
    corpus = articles("“We won,” Mary Miller said. Mary Miller said it was “a good day”.", "Tom Baker spoke.")
    found = mk.quotes(corpus)
    counts = mk.quote_counts(found, corpus)
    assert counts[
        ["speaker", "n", "n_direct", "n_partial", "n_indirect", "n_words", "n_articles"]
    ].to_numpy().tolist() == [
        ["Mary Miller", 3, 1, 1, 1, 7, 1]  # We won · it was a good day: the words inside the marks count once
    ]
    assert counts["share"].tolist() == [1.0]


def test_women_and_men() -> None:
    corpus = articles("“We won,” said Mrs. Miller. “They really did,” said Mr. Baker.", "Nobody spoke.")
    genders = mk.quote_genders(mk.quotes(corpus), corpus)
    assert genders["n_women"].tolist() == genders["n_men"].tolist() == [1, 0]
    assert genders["share_women"].tolist()[0] == pytest.approx(2 / 5)
    assert genders["share_women"].isna().tolist() == [False, True]


def test_who_is_named_and_never_quoted() -> None:
    corpus = articles("Vladimir Putin met Donald Trump. “We won,” Trump said.")
    named = mk.mentions(corpus)
    assert mk.unquoted(named, mk.quotes(corpus, named), corpus)["actor"].tolist() == ["Vladimir Putin"]
