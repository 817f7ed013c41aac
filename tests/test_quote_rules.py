"""Who speaks, in the ways news has of saying it: roles, bodies, passives, transcripts; no words across broken marks."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.quote_marks import quoted_spans


def read(text: str) -> list[tuple[str, str, str | None]]:
    """(kind, words, speaker) of each quotation."""
    frame = pd.DataFrame({"article_id": ["a"], "source": "Outlet", "title": "", "text": [text]})
    found = mk.quotes(frame).astype("object")
    found = found.where(found.notna(), None)
    return list(zip(found["kind"], found["text"], found["speaker"], strict=True))


LEE = "Ann Lee"


@pytest.mark.parametrize(
    "text",
    [
        "“We won,” said Acme senior vice president Ann Lee.",
        "“We won,” said the vice president and chairman of Acme Ltd. Ann Lee.",
        "“We won,” said Acme President and Chief Executive Officer, Ann Lee.",
        "“We won,” said chief investment officer at Delta Asset Management, Ann Lee.",
        "“We won,” the mayor, Ann Lee, said.",
        "Ann Lee, president and CEO of Delta Asset Management said, “We won.”",
        "Another view came from Ann Lee, an expert at Delta University, who said: “We won.”",
        "Ann Lee resigned in a letter to the board stating, “We won.”",
        "Ann Lee was quoted as saying: “We won.”",
        "The Ashton Gazette quoted Ann Lee as saying: “We won.”",
        "“We won,” enthused Ann Lee, a manager.",
        "“We won,” Ann Lee enthused.",
        "“We won,” Ann Lee, an analyst for Delta.",
        "Mayor Ann Lee: “We won.”",
        "Ann Lee left her staff with this farewell: “We won it all together.”",
        'Ann Lee said in a letter that"We won."',
        "A statement by Ann Lee said: “We won.”",
        "“We won,” read a statement from Ann Lee.",
        "Mayor Ann Lee came on Monday. “We won,” the mayor said.",
        "“No,” said Bob Ray. Ann Lee denied it. “We won.”",
        "Ann Lee won. “We won,” said Ann.",
        "Bob Ray spoke. “We won,” said European Commissioner for Trade Ann Lee.",
    ],
)
def test_who_says_we_won(text: str) -> None:
    direct = {words: speaker for kind, words, speaker in read(text) if kind == "direct"}
    assert [speaker for words, speaker in direct.items() if "We won" in words] == [LEE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote was described by Ann Lee as “a sham”.", [("partial", "a sham", LEE)]),
        ("The vote was slammed as “a sham” by Ann Lee.", [("partial", "a sham", LEE)]),
        ("Ann Lee said taxes will fall; the budget has not passed.", [("indirect", "taxes will fall", LEE)]),
        (
            "Ann Lee said taxes will fall, while Bob Ray has said that they will rise.",
            [("indirect", "taxes will fall", LEE), ("indirect", "they will rise", "Bob Ray")],
        ),
        (
            "Ann Lee said taxes will fall, but witnesses said that they rose.",
            [("indirect", "taxes will fall", LEE), ("indirect", "they rose", None)],
        ),
        ("Ann Lee on Monday said that taxes will fall.", [("indirect", "taxes will fall", LEE)]),
        ("Since then, Ann Lee says, taxes have fallen.", [("indirect", "taxes have fallen", LEE)]),
        ("The work, which Ann Lee estimates to be worth $18.", [("indirect", "to be worth $18", LEE)]),
        ("Acme Inc. announced that taxes will fall.", [("indirect", "taxes will fall", "Acme Inc")]),
        ("Ann Lee and Bob Ray said that taxes will fall.", [("indirect", "taxes will fall", None)]),
        ("Ann Lee, who asked not to be named, said that taxes will fall.", [("indirect", "taxes will fall", LEE)]),
        ("The National Council for Voluntary Work said it has won.", "National Council for Voluntary Work"),
        ("Delta Bank lost. Delta Bank said it was sorry. The bank said it has won.", "Delta Bank"),
        ("Nobody said that taxes will fall.", []),
        ("Also, oil related companies saw taxes that fell.", []),
        ("Ann Lee said the “Lion” release is near.", [("indirect", "the “Lion” release is near", LEE)]),
        ("The so-called “death grip”, however, is rare, said Ann Lee.", LEE),
    ],
)
def test_what_is_said_and_by_whom(text: str, expected: list[tuple[str, str, str | None]] | str) -> None:
    found = read(text)
    if isinstance(expected, str):
        assert found[-1][2] == expected
        assert {kind for kind, *_ in found} == {"indirect"}
    else:
        assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        'The screen is 27"Wide and costs 5 dollars.',
        "He is 5'11\" tall, said nobody.",
        "“We won, said the mayor.\nThe next day it rained.",
        'A mark" is closed that was never opened. It rained.',
    ],
)
def test_no_words_across_a_mark_without_partner(text: str) -> None:
    assert quoted_spans(text) == []


PIECES = (
    '“We won,” |Ann Lee |said |, |the mayor |was quoted |as saying |that |"|and |in a statement |The company |'
    "Acme Inc. |: |; |who |by |\n|enthused |. |’|to be |according to "
).split("|")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_order_of_words_gives_exact_spans(text: str) -> None:
    frame = pd.DataFrame({"article_id": ["a"], "source": "Outlet", "title": "", "text": [text]})
    for row in mk.quotes(frame).to_dict("records"):
        assert text[row["start"] : row["end"]] == row["text"] != ""
        for place, words in (("speaker", row["speaker_text"]), ("cue", row["cue"])):
            if not pd.isna(row[f"{place}_start"]):
                assert text[int(row[f"{place}_start"]) : int(row[f"{place}_end"])] == words


LEYEN, MEER = "Ursula von der Leyen", "Robert van der Meer"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"“Who cares?” asked {LEYEN}.", [LEYEN]),
        (f"“Who cares?” asked {LEYEN}. {LEYEN} left.", [LEYEN]),
        (f"“Who cares?” von der Leyen said. {LEYEN} left.", [LEYEN]),
        (f"“Maybe,” said {MEER}. “No,” van der Meer said.", [MEER, MEER]),
        (f"“Maybe,” {MEER} said. Robert added that it rained.", [MEER, MEER]),
        ("“Maybe,” said Carlos de la Cruz.", ["Carlos de la Cruz"]),
        ("Bob met Lee. Kew spoke. Kew said that it rained.", ["Kew"]),
    ],
)
def test_names_with_particles_are_whole_and_end_with_the_sentence(text: str, speakers: list[str]) -> None:
    assert [speaker for *_, speaker in read(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Hillary Clinton and Bill Clinton came. “We won,” Clinton said.", None),
        ("John Smith met Mary Smith. Smith said that it rained.", None),
        ("George H. W. Bush and George W. Bush met. Bush said he was glad.", None),
        ("George H. W. Bush came. The other men left. “We won,” said Bush.", "George H.W. Bush"),
        ("John Smith spoke. John A. Smith is a farmer. Smith said that it rained.", "John Smith"),
        ("John Smith spoke. Later Mary Smith came. Smith said that it rained.", "Mary Smith"),
        ("Hillary Clinton and Bill Clinton came. “We won,” said President Clinton.", "Bill Clinton"),
    ],
)
def test_a_surname_of_two_names_nobody(text: str, speaker: str | None) -> None:
    found = read(text)
    assert [name for *_, name in found] == [speaker]


def test_where_two_bear_the_name_the_words_that_name_them_stay() -> None:
    text = "John Smith met Mary Smith. Smith said that it rained."
    frame = pd.DataFrame({"article_id": ["a"], "source": "Outlet", "title": "", "text": [text]})
    row = mk.quotes(frame).iloc[0]
    assert (row["speaker_text"], row["speaker_kind"], row["speaker_start"]) == ("Smith", "named", 27)
    assert row["confidence"] < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "The question of security guarantees is also crucial for Europe and the whole continent.",
        "The other side of these trade claims has been seen by the whole continent.",
        "This change in tone suggests that nobody knows.",
        "The move signals that taxes will fall.",
        "The latest figures suggest that taxes will fall.",
        "Figures indicate that taxes will fall.",
    ],
)
def test_things_and_nouns_say_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Senior figures said that taxes will fall.",
        "The report suggests that taxes will fall.",
        "Ann Lee guarantees that taxes will fall.",
        "Critics claim that taxes will fall.",
    ],
)
def test_people_and_documents_do(text: str) -> None:
    assert [(kind, words) for kind, words, _ in read(text)] == [("indirect", "taxes will fall")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Lee said that talks would go on, which remains a hurdle for Ashton.",
            [("indirect", "talks would go on", LEE)],
        ),
        (
            "Ann Lee said that talks, which began in May, would go on.",
            [("indirect", "talks, which began in May, would go on", LEE)],
        ),
        (
            "The deal, according to Ann Lee, is dead for all of us.",
            [("indirect", "The deal, according to Ann Lee, is dead for all of us", LEE)],
        ),
        (
            "His recent comments, as reported by TIME, reveal a nuanced view of the war.",
            [("indirect", "His recent comments, as reported by TIME, reveal a nuanced view of the war", "TIME")],
        ),
        (
            "Yesterday, according to Ann Lee, talks went on as before.",
            [("indirect", "talks went on as before", LEE)],
        ),
    ],
)
def test_where_reported_words_begin_and_end(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text) == expected
