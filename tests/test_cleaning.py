"""Cleaning: what goes, what stays, and that nothing is lost."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit import cleaning
from mediakit.cleaning import Cleaned, Raw, clean
from mediakit.cleaning.boilerplate import patterns, whole

ROOT = Path(__file__).parent.parent
BODY = (
    "The ministers met in Geneva on Monday and talked for three hours about the border.",
    "No agreement was reached, and both sides plan to meet again within two weeks.",
    "Observers had expected little from the round, which was the fourth since the spring.",
)


def one(text: str, *, titled: bool = False, source: str | None = None) -> Cleaned:
    return clean([Raw(text, titled, source)])[0]


def article(*lines: str, title: str | None = None) -> Cleaned:
    return one("\n".join([*([title] if title else []), *lines]), titled=title is not None)


def boilerplate(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(cut.text.strip(), cut.reason) for cut in cleaned.cuts if cut.reason != "layout"]


def restored(cleaned: Cleaned) -> str:
    """Put the cuts back, in another way than `raw_text` does: from the last to the first."""
    text = cleaned.text
    for cut in reversed(cleaned.cuts):
        text = text[: cut.at] + cut.text + text[cut.at :]
    return text


# --- the seeds -------------------------------------------------------------------------------------------------------


def test_seeds_lose_their_boilerplate_and_nothing_else() -> None:
    cuts = mk.read_corpus(ROOT / "seeds").cuts
    assert [(row.article_id[:3], row.text.strip(), row.reason) for row in cuts.itertuples()] == [
        ("000", "– JP", "initials in title"),
        ("000", "Public Domain", "licence line"),
        (
            "000",
            "Please Follow us on Gab, Minds, Telegram, Rumble,Truth Social, Gettr, X , Youtube",
            "follow-us line",
        ),
        ("001", "image source from:latimes", "image credit"),
        ("002", "Related Sources:", "related links"),
        (
            "003",
            "What are your predictions for the future of the Russia-Ukraine conflict and the evolving relationship "
            "between the US and Russia? Share your thoughts in the comments below!",
            "comment prompt",
        ),
        (
            "004",
            "What are your predictions for the impact of a Trump-Putin meeting on the Ukraine conflict? "
            "Share your thoughts in the comments below!",
            "comment prompt",
        ),
    ]


def test_seeds_come_back_to_the_byte() -> None:
    corpus = mk.read_corpus(ROOT / "seeds")
    for article_id, text in mk.raw_text(corpus.articles, corpus.cuts).items():
        assert text == (ROOT / "seeds" / f"{article_id}.txt").read_bytes().decode()


# --- patterns --------------------------------------------------------------------------------------------------------

with (ROOT / "mediakit" / "data" / "boilerplate.csv").open(encoding="utf-8", newline="") as file:
    PATTERNS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: f"{row['name']}: {row['example'][:30]}")
def test_every_pattern_finds_its_example(row: dict[str, str]) -> None:
    assert whole(row["example"], row["place"]) == row["name"]


def test_places_in_the_pattern_file_are_all_in_use() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "mediakit" / "cleaning").glob("*.py"))
    assert {row["place"] for row in PATTERNS if f'"{row["place"]}"' not in source} == set()


@pytest.mark.parametrize(
    "line",
    [
        "Please follow us on Facebook, Twitter and Instagram!",
        "FOLLOW US ON TELEGRAM",
        "Follow Jane Doe on Twitter @janedoe",
        "Subscribe to our newsletter",
        "Sign up for The Morning Briefing newsletter here.",
        "Get our best stories delivered straight to your inbox every morning.",
        "Share this article",
        "Share on Facebook",
        "Join the conversation in the comments",
        "Let us know what you think in the comments below.",
        "Leave a comment below!",
        "image source from:latimes",
        "Image: Getty Images",
        "Photo: Carlos Barria/Reuters",
        "Photo by Jane Doe",
        "(AP Photo/Evan Vucci)",
        "REUTERS/Carlos Barria",
        "Credit: Getty Images",
        "Read more: What the summit means for Europe",
        "SEE ALSO: Five things to know about the talks",
        "Public Domain",
        "CC BY-NC-ND 4.0",
        "This article is licensed under a Creative Commons licence.",
        "© 2025 Example Media Ltd.",
        "Copyright 2025 The Associated Press. All rights reserved.",
        "All rights reserved.",
        "ADVERTISEMENT",
        "- Advertisement -",
        "Story continues below advertisement",
        "Continue reading below",
        "We use cookies to make this site better for you.",
        "By continuing to browse this site you agree to our use of cookies.",
        "This article was originally published by The Example Times.",
        "This story was first published on 3 May in the Example Review.",
        "The post Talks in Geneva appeared first on Example News.",
        "Click here to read the full report.",
        "Reporting by Jane Doe in Geneva and John Roe in London; Editing by Mary Major",
        "Support independent journalism",
        "3 min read",
    ],
)
def test_boilerplate_lines_go(line: str) -> None:
    cleaned = article(*BODY, line, title="Ministers Meet In Geneva")
    assert [text for text, _ in boilerplate(cleaned)] == [line]
    assert cleaned.text == "\n".join(["Ministers Meet In Geneva", *BODY])


CONTENT = [
    "Share your thoughts, he told the committee.",
    "Share your thoughts in the comments below, he told the committee.",
    "“Share your thoughts in the comments below,” the page said.",
    "Follow us, the guide said, and we went down into the shelter.",
    "Follow us on this journey through the ruins of the city.",
    "Subscribe to that view and the war looks different.",
    "Subscribe to our newsletter, the sign on the door said.",
    "Copyright is the subject of the law that parliament passed on Monday.",
    "Copyright law has not kept up with artificial intelligence, according to the report.",
    "All rights were reserved for the nobility until the revolution.",
    "The public domain is where these songs belong.",
    "Advertisement spending fell by a third last year.",
    "Cookies are what the bakery is known for.",
    "We use cookie cutters, the baker said.",
    "Photo finish: the sprinter won by a hundredth of a second.",
    "Photographs of the scene show a burnt-out car.",
    "Image problems have dogged the chancellor since the spring.",
    "Read more than one paper, she advises her students.",
    "Related questions were put to the minister.",
    "Also read: the minister’s letter, which the paper printed in full and which changed nothing.",
    "Click here, click there: that is how the fraud worked.",
    "This article of the constitution was published in 1949, the judge noted.",
    "Join the conversation they did, and it went on all night.",
    "Donate blood, the clinic asks.",
    "Editing by machines will change newsrooms.",
    "What are your predictions? The question was put to both leaders.",
    "Get out of my house.",
    "Print is dying.",
    "Loading the trucks took three hours.",
    "Ads on the metro now carry the slogan.",
    "Listen to the article of faith they recite.",
]


@pytest.mark.parametrize("line", CONTENT)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_content_that_looks_like_boilerplate_stays(line: str, place: int) -> None:
    lines = [*BODY[:place], line, *BODY[place:]]
    cleaned = article(*lines, title="Ministers Meet In Geneva")
    assert boilerplate(cleaned) == []
    assert cleaned.text == "\n".join(["Ministers Meet In Geneva", *lines])


def test_what_is_boilerplate_at_the_edge_is_content_in_the_middle() -> None:
    padding = [f"Paragraph {number} says something about the talks." for number in range(20)]
    assert boilerplate(article(*padding[:10], "Public Domain", *padding[10:])) == []
    assert boilerplate(article(*padding, "Public Domain")) == [("Public Domain", "licence line")]


def test_reader_question_goes_with_the_prompt_and_the_paragraph_before_stays() -> None:
    closing = "The war goes on. What do you expect from the U.S. and Russia? Share your thoughts in the comments below!"
    cleaned = article(*BODY, closing)
    assert cleaned.text == "\n".join([*BODY, "The war goes on."])
    assert [reason for _, reason in boilerplate(cleaned)] == ["comment prompt"]
    cleaned = article(*BODY, "What do you expect?", "Let us know in the comments.")
    assert cleaned.text == "\n".join(BODY)
    cleaned = article(*BODY, "Will the talks fail? Share your views below.")
    assert cleaned.text == "\n".join([*BODY, "Will the talks fail?"])


def test_image_credit_at_the_end_of_a_paragraph_goes() -> None:
    cleaned = article(f"{BODY[0]} (AP Photo/Evan Vucci) (Photo: Jane Doe)", *BODY[1:])
    assert cleaned.text == "\n".join(BODY)
    assert boilerplate(article(f"{BODY[0][:-1]} (Reuters).", *BODY[1:])) == []


def test_link_list_goes_to_the_end_but_not_when_sentences_follow() -> None:
    links = ["Related articles", "Talks in Geneva fail again", "Who is who at the border"]
    assert article(*BODY, *links).text == "\n".join(BODY)
    assert boilerplate(article(*links[:1], *BODY)) == []


def test_a_text_of_boilerplate_only_stays() -> None:
    assert one("Public Domain\n\nAll rights reserved.").text == "Public Domain\nAll rights reserved."
    assert one("A headline\nRead more: another headline", titled=True).text.endswith("another headline")


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "source", "kept"),
    [
        (
            "The Trump-Putin Meeting And The Search For Peace – JP",
            None,
            "The Trump-Putin Meeting And The Search For Peace",
        ),
        ("Russia says summit was a success | Reuters", None, "Russia says summit was a success"),
        ("Russia says summit was a success - BBC News", None, "Russia says summit was a success"),
        ("Russia says summit was a success - World - BBC News", None, "Russia says summit was a success - World"),
        ("Summit was a success – The Example Times", "The Example Times", "Summit was a success"),
        ("Summit – Example Times", "example times", "Summit"),
        ("Summit in Alaska ends early - exampletimes", "www.exampletimes.com", "Summit in Alaska ends early"),
        ("Russia says summit was a success | World | Example Daily", None, "Russia says summit was a success"),
        ("Russia says summit was a success - example.com", None, "Russia says summit was a success"),
    ],
)
def test_tails_that_are_no_part_of_a_title_go(title: str, source: str | None, kept: str) -> None:
    cleaned = one("\n".join([title, *BODY]), titled=True, source=source)
    assert cleaned.title == kept
    assert cleaned.text == "\n".join([kept, *BODY])
    assert restored(cleaned) == "\n".join([title, *BODY])


@pytest.mark.parametrize(
    "title",
    [
        "Trump-Putin Meeting: A Potential Reset – Or a Dangerous Gamble?",
        "Beyond Bilateral: The Zelensky Factor – And Why It's Complicated",
        "Russia struck a hospital in the night – UN",
        "Russia struck a hospital in the night – Kyiv",
        "Russia struck a hospital in the night – SBU",
        "Russia struck a hospital in the night – Zelensky",
        "Mother jailed after fire in an Austin school - TX",
        "Peace – or war",
        "Opinion | Why the talks in Geneva had to fail this time around",
        "Live | Day 900",
        "War in Ukraine – day 900",
        "Peace at last – JP",
    ],
)
def test_tails_that_may_be_part_of_a_title_stay(title: str) -> None:
    assert one("\n".join([title, *BODY]), titled=True, source="Outlet A").title == title


def test_a_tail_that_the_article_names_is_a_speaker() -> None:
    title = "Russia to cut its oil output by a tenth – Bloomberg"
    named = [*BODY, "Russia will cut its output, Bloomberg reported on Monday."]
    assert one("\n".join([title, *named]), titled=True).title == title
    assert one("\n".join([title, *BODY]), titled=True).title != title


def test_a_tail_that_half_of_a_sources_titles_have_goes() -> None:
    titles = [f"Talks in town number {number} end without result – Die Rundschau" for number in range(3)]
    others = ["Talks continue – Scholz", "Talks continue on the border – Macron"]
    raws = [Raw(f"{title}\nThe text of {title}.", True, "DR") for title in [*titles, *others]]
    assert [article.title for article in clean(raws)] == [title[:-16] for title in titles] + others
    assert [article.title for article in clean(raws[:2])] == titles[:2]


# --- lines that recur ------------------------------------------------------------------------------------------------


def story(number: int) -> list[str]:
    return [f"Story {number} is about town {number} and what happened there.", f"Nobody in town {number} will say why."]


def recurring(*extra: str, n: int = 4, source: str | None = "Example", first: bool = False) -> list[Cleaned]:
    stories = [story(number) for number in range(n)]
    return clean([Raw("\n".join([*extra, *s] if first else [*s, *extra]), False, source) for s in stories])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "lines",
    [("Example World Service",), ("Our reporters are there for you every day.", "Example – nearer to you")],
)
def test_lines_repeated_at_the_edge_go(lines: tuple[str, ...], first: bool) -> None:
    for number, cleaned in enumerate(recurring(*lines, first=first)):
        assert cleaned.text == "\n".join(story(number))
        assert {cut.reason for cut in cleaned.cuts} == {"repeated in this source"}
        assert "".join(cut.text for cut in cleaned.cuts).strip() == "\n".join(lines)


@pytest.mark.parametrize(
    ("lines", "n"),
    [
        (("Example World Service",), 2),  # too few articles
        (("Russia began its full-scale invasion in February 2022.",), 6),  # background, a sentence
        (("“We will give you everything,” the president has said.",), 6),
    ],
)
def test_repetition_that_proves_nothing_stays(lines: tuple[str, ...], n: int) -> None:
    assert all(cleaned.cuts == [] for cleaned in recurring(*lines, n=n))


def test_updates_of_one_story_keep_what_they_share() -> None:
    shared = ["Our team is on the ground for you.", "Towns under fire", *BODY]
    updates = [Raw("\n".join([f"Update {number}.", *shared]), False, "Example") for number in range(4)]
    assert all(cleaned.cuts == [] for cleaned in clean(updates))


def test_a_line_that_recurs_in_the_middle_stays() -> None:
    stories = [[*story(number), "What we know so far", *story(number + 100)] for number in range(5)]
    assert all(c.cuts == [] for c in clean([Raw("\n".join(lines), False, "Example") for lines in stories]))


def test_lines_are_compared_within_a_source() -> None:
    raws = [Raw("\n".join([*story(n), "World Service"]), False, f"Source {n}") for n in range(5)]
    assert all(cleaned.cuts == [] for cleaned in clean(raws))


# --- nothing is lost -------------------------------------------------------------------------------------------------

LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["", " ", "\t", "\u200b", *BODY, *(row["example"] for row in PATTERNS)]),
    st.sampled_from([f"{BODY[0]} {row['example']}" for row in PATTERNS]),
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join).filter(cleaning.has_content)
RAWS = st.builds(Raw, TEXTS, st.booleans(), st.sampled_from([None, "A", "B"]))


@given(st.lists(RAWS, max_size=6))
def test_cuts_give_the_raw_text_back(raws: list[Raw]) -> None:
    for raw, cleaned in zip(raws, clean(raws), strict=True):
        assert restored(cleaned) == raw.text
        assert [cut.at for cut in cleaned.cuts] == sorted(cut.at for cut in cleaned.cuts)
        assert all(cut.text and cut.reason for cut in cleaned.cuts)
        paragraphs = cleaned.text.split("\n")
        assert all(cleaning.has_content(paragraph) and paragraph == paragraph.strip() for paragraph in paragraphs)
        assert cleaned.title == (paragraphs[0] if raw.titled else None)
        layout = "".join(cut.text for cut in cleaned.cuts if cut.reason == "layout")
        assert not cleaning.has_content(layout)


@given(st.lists(RAWS, max_size=4))
def test_raw_text_agrees(raws: list[Raw]) -> None:
    cleaned = clean(raws)
    articles = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(raws))], "text": [c.text for c in cleaned]})
    rows = [(f"a{n}", *cut) for n, article in enumerate(cleaned) for cut in article.cuts]
    cuts = pd.DataFrame(rows, columns=["article_id", "at", "text", "reason"])
    texts = mk.raw_text(articles, cuts)
    assert texts.index.tolist() == articles["article_id"].tolist()
    assert texts.tolist() == [raw.text for raw in raws]


def test_raw_text_refuses_cuts_of_another_text() -> None:
    articles = pd.DataFrame({"article_id": ["a"], "text": ["short"]})
    cuts = pd.DataFrame({"article_id": ["a"], "at": [9], "text": ["x"], "reason": ["layout"]})
    with pytest.raises(mk.FrameError, match="'a': a cut at 9"):
        mk.raw_text(articles, cuts)
    with pytest.raises(mk.FrameError, match="missing column 'reason'"):
        mk.raw_text(articles, cuts.drop(columns="reason"))


def test_cuts_of_articles_that_were_filtered_out_do_no_harm() -> None:
    corpus = mk.read_corpus(ROOT / "seeds")
    some = corpus.articles.iloc[[2]]
    assert mk.raw_text(some, corpus.cuts).index.tolist() == some["article_id"].tolist()


def test_patterns_are_compiled_once() -> None:
    assert patterns("anywhere") is patterns("anywhere")
    assert all(isinstance(pattern.regex, re.Pattern) for pattern in patterns("ends"))
