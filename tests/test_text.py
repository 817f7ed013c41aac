"""Sentences, tokens and stop words: invented hard cases, and properties that hold for any text."""

import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit import frames, splitting, text
from mediakit.tokenising import token_pattern

SEEDS = Path(__file__).parent.parent / "seeds"


def corpus(*texts, titles=None):
    titles = titles or [None] * len(texts)
    return frames.build(
        "articles",
        {
            "article_id": [f"a{number}" for number in range(len(texts))],
            "source": ["Outlet"] * len(texts),
            "published": [pd.NaT] * len(texts),
            "title": titles,
            "text": list(texts),
        },
    )


def split(paragraph):
    return [paragraph[start:end] for start, end in text.split_sentences(paragraph)]


def words(string):
    return list(text.tokens(corpus(string))["token"])


def parts(string, title=None):
    return list(text.sentences(corpus(string, titles=[title]))[["part", "text"]].itertuples(index=False, name=None))


# "|" marks where one sentence ends and the next begins
SPLIT = [
    "He lives in the U.S. | They do not.",
    "The U.S. President met U.N. Secretary-General Ann Doe in Washington, D.C. | It rained.",
    "Ann Doe teaches at the Joan B. Kroc School. | It is in San Diego.",
    "The talks began at 5 p.m. EST. | Sen. Ann Doe was late.",
    "They landed at 11:40 a.m. | President Doe waved.",
    "They left at 6 a.m. Monday. | Nobody saw them.",
    "A doctrine from 1992/1993. which says little.",
    "He said: “We had many points… | One is probably the most important, but … we will see.” | Then he left.",
    "She recalled “the former minister, who spoke. | Such a statement is dangerous. | Nobody listened.",
    'He said "we won” and “you lost". | They agreed.',
    "Mr. Smith met Mrs. Jones and Dr. Doe. | Prof. Roe stayed away.",
    "Rule No. 5 is plain. | Rule no. 6 is not.",
    "He said no. | They left.",
    "They flew to St. Petersburg on Jan. 6. | On Sept. 11 they came back.",
    "The house on Main St. | The street was empty.",
    "It was Doe vs. Roe. | Roe won.",
    'He said: "No." | Then he left.',
    "“We agree.” | “So do we,” said Roe. | (Nobody clapped.) | They left.",
    "It is true (he said so.) | Nobody believed it.",
    "What?! | No!! | Really? | Yes.",
    "She paused… | Then she went on … and on.",
    "He waited... | Nothing happened.",
    "Prices rose 3.5 percent to $1,000.50. | Wages fell 0.2 percent.",
    "Read it at https://example.org/a.b?c=d. | Write to desk@example.org. | It is free.",
    "The list is long. | https://example.org has it. | pic.example.org/xyz shows it.",
    "Yahoo! said it would pay. | It did not.",
    "It was late, i.e. that was all, e.g. Doe left.",
    "J. D. Vance spoke. | J.D. Vance left.",
    "It was George P. Doe. | A. Noel Roe was not there.",
    "Acme Inc. shares rose. | They bought Acme Corp. | The price is unknown.",
    "„Das ist gut.“ | „Nein!“ | »Doch.« | »Gut.«",
    "« Oui. » | « Non ! » | Il part.",
    "“Why?” he asked. | “Why not?” she said.",
    "The plan: • Talk to both sides • Sign a paper.".replace(" •", " | •"),
    "A crowd waits in the square | Photo: Ann Doe.",
    "1. Sign the paper. | 2. Leave the room.",
    "He wrote to the BBC. | Doe wrote to two MPs. | Roe did not.",
    "Then-Sen. Doe met ex-Gov. Roe (R-Ariz.). | Roe left.",
    "The iPhone sold. | iPhones sold well. | al-Shabaab did not comment.",
    "He ran 5 km. in the rain.",
    "They asked the SEC. | Nobody at The Sun. | Sean Penn. | The FT. | Henry V. | The end.",
    "this writer has no capitals. | so what? | it is read all the same.",
    "It ended 3-2. | 25 people came. | “20 left,” he said.",
    "We won. […] | We will win again.",
    "Это конец. | Это начало.",
    "これは文です。|次の文です。",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_split_sentences(marked):
    expected = [sentence.strip() for sentence in marked.split("|")]
    assert split(re.sub(r"\|" if "。" in marked else r"\| ", "", marked)) == expected


def test_white_space_and_punctuation_alone():
    assert text.split_sentences("") == []
    assert text.split_sentences(" \t\u00a0\u2003") == []
    assert split(" ... ") == ["..."]
    assert split("“?!”") == ["“?!”"]
    assert split("* * *") == ["* * *"]
    assert text.split_sentences("  Yes.   No.  ") == [(2, 6), (9, 12)]


PIECES = st.sampled_from(
    ". ! ? … “ ” \" ' ’ ( ) [ ] - – — , : • 。 Photo: U.S. Mr. p.m. No. J. 5 1,000 a The Trump-Putin don’t".split()
    + "https://a.org/b. x@y.org é e\u0301 Путин ǅ \u00ad \u200b \ud800 😀 İ".split()
    + [" ", "\n", "\u00a0", "\u2028"]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map(" ".join)
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_character_is_in_exactly_one_sentence(string):
    spans = text.split_sentences(string)
    covered = [0] * len(string)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(string)
        assert string[start:end] == string[start:end].strip()
        for place in range(start, end):
            covered[place] += 1
        last = end
    assert all(count == 1 or char.isspace() for count, char in zip(covered, string, strict=True))
    assert max(covered, default=0) <= 1


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.booleans())
def test_frames_hold_their_offsets(texts, titled):
    texts = [string.encode("utf-8", "ignore").decode() for string in texts]  # a str column holds no surrogates
    titles = [string.strip().split("\n")[0].strip() if titled else None for string in texts]
    articles = corpus(*texts, titles=titles)
    sentences, tokens = text.sentences(articles), text.tokens(articles)
    frames.require(sentences, "sentences")
    frames.require(tokens, "tokens")
    for article_id, string in zip(articles["article_id"], texts, strict=True):
        own = sentences[sentences["article_id"] == article_id]
        assert list(own["sentence_no"]) == list(range(len(own)))
        assert list(own["text"]) == [string[a:b] for a, b in zip(own["start"], own["end"], strict=True)]
        assert "".join("".join(own["text"]).split()) == "".join(string.split())
        assert not own["text"].str.contains("\n").any()
        assert own["paragraph_no"].is_monotonic_increasing
        spans = list(zip(own["start"], own["end"], strict=True))
        found = tokens[tokens["article_id"] == article_id]
        assert list(found["token_no"]) == list(range(len(found)))
        last = 0
        for row in found.itertuples():
            assert string[row.start : row.end] == row.token
            assert last <= row.start
            assert any(char.isalnum() for char in row.token)
            assert row.term
            start, end = spans[row.sentence_no]
            assert start <= row.start < row.end <= end
            last = row.end
        left = string
        for row in reversed(list(found.itertuples())):
            left = left[: row.start] + " " + left[row.end :]
        assert not any(char.isalnum() for char in left)  # every letter and digit is in a token


@pytest.mark.parametrize(
    "unit", [".", "?!", '."', "”", "(", "[", "'", "- ", ". ", '" ', "Mr. ", "a.", "a-", "a@", "www.", "• ", "1,"]
)
def test_the_work_grows_with_the_text_and_no_faster(unit, monkeypatch):
    """Candidates are looked at once each, and each look is at a bounded stretch."""
    looks = []
    whole = splitting._is_boundary
    monkeypatch.setattr(splitting, "_is_boundary", lambda *args: looks.append(1) or whole(*args))
    seen = []
    rule = splitting._ends_at_full_stop
    monkeypatch.setattr(
        splitting, "_ends_at_full_stop", lambda *args: seen.append(max(len(args[0]), len(args[2]))) or rule(*args)
    )
    string = unit * 20_000
    assert sum(end - start for start, end in text.split_sentences(string)) <= len(string)
    assert len(looks) <= len(string)
    assert max(seen, default=0) <= splitting.REACH


def test_parts_of_an_article():
    string = (
        "Two leaders meet\n"
        "Nearly seven months later, nothing is settled. Nobody knows why.\n"
        "What’s Next? Anticipating the Summit\n"
        "Expect more talks.\n"
        "What Comes Next?\n"
        "“We will never give up”\n"
        "Nobody else spoke.\n"
        "\n"
        "  \t\n"
        "So what does he want?\n"
        '"Yes," he said.\n'
        "By Ann Doe"
    )
    assert parts(string, "Two leaders meet") == [
        ("title", "Two leaders meet"),
        ("body", "Nearly seven months later, nothing is settled."),
        ("body", "Nobody knows why."),
        ("heading", "What’s Next? Anticipating the Summit"),
        ("body", "Expect more talks."),
        ("heading", "What Comes Next?"),
        ("body", "“We will never give up”"),
        ("body", "Nobody else spoke."),
        ("body", "So what does he want?"),
        ("body", '"Yes," he said.'),
        ("body", "By Ann Doe"),
    ]
    frame = text.sentences(corpus(string, titles=["Two leaders meet"]))
    assert list(frame["paragraph_no"]) == [0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_no_title_part_without_the_title_standing_first():
    assert [part for part, _ in parts("One. Two.", "Another title")] == ["body", "body"]
    assert [part for part, _ in parts("Won? Lost!", "Won? Lost!")] == ["title"]
    assert [part for part, _ in parts("Won. Lost.", None)] == ["body", "body"]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Beyond the Talks: The Doe Factor – And Why It's Complicated", "heading"),
        ("The “Dangerous” Road Ahead", "heading"),
        ("How the deal fell apart", "heading"),
        ("Who Is Doe?", "heading"),
        ("Who is Doe?", "body"),
        ("They left.", "body"),
        ("Inside the U.S. Plan", "heading"),
        ("They left!", "body"),
        ("He gave three reasons:", "body"),
        ("“We will win,” Doe said", "body"),
        ("(Nobody else was there)", "body"),
        ("* * *", "body"),
        ("- a bullet point", "body"),
        ("• Talk to both sides", "body"),
        ("and so on", "body"),
        ("Photo: Ann Doe", "body"),
        ("A line that has no stop but runs on for far too many words to be a heading of anything", "body"),
    ],
)
def test_headings(line, part):
    found = parts(f"They met again today.\n{line}\nNothing came of it.")
    assert found[1] == (part, line)


def test_a_short_paragraph_with_a_sentence_inside_is_body():
    found = parts("They met again today.\nThey left. Nobody saw them go\nNothing came of it.")
    assert found[1:3] == [("body", "They left."), ("body", "Nobody saw them go")]


def test_a_run_of_short_lines_is_a_list():
    string = "The parties:\nGreen Party\nBlue Party\nRed Party\nThey all lost."
    assert {part for part, _ in parts(string)} == {"body"}
    two = "They met.\nBackground\nThe first talks\nThey failed."
    assert [part for part, _ in parts(two)] == ["body", "heading", "heading", "body"]


TOKENS = [
    ("U.S. troops left the U.S.", ["U.S.", "troops", "left", "the", "U.S."]),
    ("e.g. at 5 p.m., i.e. late", ["e.g.", "at", "5", "p.m.", "i.e.", "late"]),
    ("don't won’t O’Brien Putin’s", ["don't", "won’t", "O’Brien", "Putin’s"]),
    ("‘No’ 'yes' the Ukrainians’ land", ["No", "yes", "the", "Ukrainians", "land"]),
    ("1,000 and 3.5, then 1,000,000.25.", ["1,000", "and", "3.5", "then", "1,000,000.25"]),
    ("long-term anti-sanctions 90-day COVID-19", ["long-term", "anti-sanctions", "90-day", "COVID-19"]),
    ("Trump-Putin US-Russian anti-Russian", ["Trump", "Putin", "US", "Russian", "anti", "Russian"]),
    ("U.S.-Russia U.S.-led non-U.S.", ["U.S.", "Russia", "U.S.-led", "non", "U.S."]),
    ("pre- and post-war – war—peace a -- b", ["pre", "and", "post-war", "war", "peace", "a", "b"]),
    ("J. D. Vance, J.D. Vance, a Ph.D. there", ["J", "D", "Vance", "J.D.", "Vance", "a", "Ph.D.", "there"]),
    (
        "see https://example.org/a?b=1. or a.b@example.org!",
        ["see", "https://example.org/a?b=1", "or", "a.b@example.org"],
    ),
    ("WWW.Example.org’s page, desk@example.org's mail", ["WWW.Example.org’s", "page", "desk@example.org's", "mail"]),
    ("ʼtwas rock ʼnʼ roll, п\u02bcять", ["twas", "rock", "n", "roll", "п\u02bcять"]),
    ("1,000’s, e\u0301.a., ph.d., PH.D. 𝐀-𝐁", ["1,000’s", "e\u0301.a.", "ph.d.", "PH.D.", "𝐀-𝐁"]),
    ("#MeToo @doe 50% $5m €3 9/11 snake_case", ["MeToo", "doe", "50", "5m", "3", "9", "11", "snake", "case"]),
    ("Zürich cafe\u0301 Путін п’ять naïve", ["Zürich", "cafe\u0301", "Путін", "п’ять", "naïve"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("it ended.Then it began", ["it", "ended", "Then", "it", "began"]),
    ("... “—” ?! _ __ 😀", []),
]


@pytest.mark.parametrize(("string", "expected"), TOKENS)
def test_tokens(string, expected):
    assert words(string) == expected


@pytest.mark.parametrize(
    ("token", "term"),
    [
        ("Putin’s", "putin"),
        ("TRUMP'S", "trump"),
        ("Ukrainians’", "ukrainians"),
        ("James's", "james"),
        ("Don’t", "don't"),
        ("It’s", "it's"),
        ("Let's", "let's"),
        ("U.S.", "u.s."),
        ("U.S.’s", "u.s."),
        ("cafe\u0301", "café"),
        ("ÉLYSÉE", "élysée"),
        ("Straße", "strasse"),
        ("co‑operate", "co-operate"),
        ("Krem\u00adlin", "kremlin"),
        ("1,000", "1,000"),
        ("s", "s"),
        ("e\u00ad\u0301t", "ét"),  # what the soft hyphen kept apart is composed
    ],
)
def test_normalise(token, term):
    assert text.normalise(token) == term


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["Lu", "Ll", "Nd"]), min_size=1))
def test_normalise_is_caseless_and_stable(token):
    term = text.normalise(token)
    assert term
    assert text.normalise(term) == term
    assert unicodedata.is_normalized("NFC", term)


SIGNS = st.sampled_from("aAsStTdD1é\u0301ꭰǅ𝐀п._,'’ʼ＇-‐‑\u00ad\u200c@/:+ ")
WRITTEN = st.sampled_from(
    "U.S. e.g Ph.D. Ph.D 's ’S it's that’s o'b -A -a 1,000 3.5 www. http:// HTTPS://a x@y.zo king's-".split()
)


@settings(max_examples=400, deadline=None)
@given(st.lists(SIGNS | WRITTEN, min_size=1, max_size=8).map("".join))
def test_a_term_on_its_own_is_one_token_and_its_own_term(string):
    terms = list(text.tokens(corpus(string))["term"])
    alone = text.tokens(corpus(*terms))
    assert list(alone["article_id"]) == [f"a{number}" for number in range(len(terms))]
    assert list(alone["token"]) == terms
    assert list(alone["term"]) == terms


@settings(max_examples=400, deadline=None)
@given(st.lists(SIGNS | WRITTEN | st.sampled_from([" ", "  ", "\n", "\u00a0", "word"]), max_size=12).map("".join))
def test_taking_each_run_apart_once_finds_what_reading_the_whole_text_does(string):
    whole = [(found.start(), found.end(), found.group()) for found in token_pattern().finditer(string)]
    found = text.tokens(corpus(string, string))
    for _, own in found.groupby("article_id"):
        assert list(zip(own["start"], own["end"], own["token"], strict=True)) == whole


def test_seeds_are_read_whole():
    files = sorted(SEEDS.glob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert len(texts) == 5
    frame = text.sentences(corpus(*texts, titles=[string.split("\n")[0] for string in texts]))
    for article_id, string in zip(sorted(set(frame["article_id"])), texts, strict=True):
        own = frame[frame["article_id"] == article_id]
        assert "".join("".join(own["text"]).split()) == "".join(string.split())
    counts = frame.groupby("article_id")["part"].value_counts().unstack(fill_value=0)
    assert list(counts["title"]) == [1] * 5
    assert list(counts["heading"]) == [0, 0, 0, 5, 6]


def test_articles_without_text():
    articles = corpus(None, "", " \n ", "One word")
    assert list(text.sentences(articles)["article_id"]) == ["a3"]
    assert list(text.tokens(articles)["token"]) == ["One", "word"]
    empty = articles.iloc[:0]
    assert list(text.sentences(empty).columns) == frames.FRAMES["sentences"].required
    assert list(text.tokens(empty).dtypes.astype(str)) == ["str", "int64", "int64", "int64", "int64", "str", "str"]


def test_a_wrong_frame_is_named():
    with pytest.raises(frames.FrameError, match=r"articles: missing column 'text'.*read_articles"):
        text.sentences(corpus("One.").drop(columns="text"))
    with pytest.raises(frames.FrameError, match="articles: missing column 'title'"):
        text.tokens(corpus("One.").drop(columns="title"))


def test_stop_words():
    english = text.stop_words()
    assert {"the", "of", "don't", "it's", "whose"} <= english
    assert not english & {"war", "peace", "said", "trump", "new"}
    assert all(text.normalise(word) == word for word in english)
    assert all(words(word) == [word] for word in english)
    with pytest.raises(ValueError, match=r"no list for language 'klingon'; known: english"):
        text.stop_words("klingon")


def test_word_lists_do_not_contradict_each_other():
    lists = splitting.abbreviations()
    kinds = [lists.before_name, lists.before_number, lists.either, lists.clock]
    for number, one in enumerate(kinds):
        for other in kinds[number + 1 :]:
            assert not one & other
