"""The article to read: its text unchanged whatever the spans, colours and labels where they belong, no markup."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.display_article import COLOURS, DARK, article_html
from mediakit.frames import FrameError
from mediakit.plot_style import contrast


class Reader(HTMLParser):
    """What a browser makes of the HTML: the text of the article, and each stretch with its attributes."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.depth, self.inside = 0, 0
        self.texts, self.tags, self.pieces, self.open = [], set(), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.depth += 1
        self.tags.add(tag)
        given_ = dict(attrs)
        self.open.append(given_)
        if "mk-text" in given_.get("class", "").split():
            self.inside = self.depth

    def handle_endtag(self, tag):  # noqa: ARG002
        if self.depth == self.inside:
            self.inside = 0
        self.depth -= 1
        self.open.pop()

    def handle_data(self, data):
        if self.inside:
            self.texts.append(data)
            self.pieces.append((data, self.open[-1]))

    @property
    def text(self):
        return "".join(self.texts)

    def classed(self, name):
        """(text, attributes) of the stretches of a class."""
        return [(text, attrs) for text, attrs in self.pieces if name in attrs.get("class", "").split()]


def article(text, title=None):
    return make_articles({"text": text, "title": title, "source": "Post", "published": "2025-01-02"})


def named(*rows):
    """Mentions from (start, end, actor)."""
    columns = ["start", "end", "actor"]
    return pd.DataFrame(rows, columns=columns).astype({"actor": "str"}).assign(article_id="a0", form="name")


def quoted(*rows):
    """Quotations from (start, end, kind, speaker, speaker_start, speaker_end)."""
    columns = ["start", "end", "kind", "speaker", "speaker_start", "speaker_end"]
    table = pd.DataFrame(rows, columns=columns).astype({"kind": "str", "speaker": "str"})
    return table.assign(article_id="a0", speaker_text=table["speaker"])


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
    st.lists(st.tuples(spans, st.sampled_from(["<A>", "B&", '"C', "D'"])), max_size=8),
    st.lists(st.tuples(spans, st.sampled_from(["direct", "partial", "indirect"]), spans), max_size=5),
)
def test_the_text_is_that_of_the_article_whatever_the_spans(text, mentions, quotes):
    within = [(min(a, len(text)), min(b, len(text)), actor) for (a, b), actor in mentions]
    said = [
        (min(a, len(text)), min(b, len(text)), kind, "<i>X</i>", min(c, len(text)), min(d, len(text)))
        for (a, b), kind, (c, d) in quotes
    ]
    found = Reader(article_html("a0", article(text), named(*within), quoted(*said)))
    assert found.text == text
    assert found.tags <= {"style", "div", "ul", "li", "span"}
    covered = {at for a, b, _ in within for at in range(a, b)}
    shown = "".join(piece for piece, _ in found.classed("mk-m"))
    assert shown == "".join(char for at, char in enumerate(text) if at in covered)
    inside = {at for a, b, *_ in said for at in range(a, b)}
    shaded = "".join(piece for piece, _ in found.classed("mk-q"))
    assert shaded == "".join(char for at, char in enumerate(text) if at in inside)


def test_seeds_show_their_text_mentions_and_speakers(seeds):
    mentions, quotes = mk.mentions(seeds), mk.quotes(seeds)
    for row in seeds.itertuples():
        found = Reader(mk.show_article(row.article_id, seeds, mentions, quotes).data)
        assert found.text == row.text
        here = mentions[mentions["article_id"] == row.article_id]
        numbered = [attrs for _, attrs in found.classed("mk-m") if "data-n" in attrs]
        largest = here["actor"].value_counts().head(len(COLOURS))
        assert len(numbered) == largest.sum()


def test_actors_named_most_often_have_the_colours_and_the_legend_counts():
    names = "ABCDEFGHIJ"
    text = " ".join(names) + " A A B"
    rows = [(at, at + 1, char) for at, char in enumerate(text) if char.isalpha()]
    html = article_html("a0", article(text), named(*rows))
    found = Reader(html)
    assert {attrs["data-n"] for piece, attrs in found.classed("mk-a1")} == {"1"}
    assert [piece for piece, _ in found.classed("mk-a1")] == ["A"] * 3
    assert [piece for piece, _ in found.classed("mk-a2")] == ["B"] * 2
    assert [piece for piece, _ in found.classed("mk-rest")] == ["I", "J"]
    assert '<span class="mk-m mk-a1" data-n="1">A</span> 3' in html
    assert "2 other actors</span> 2" in html


def test_the_speaker_stands_once_at_the_start_of_a_quotation():
    text = "He said “peace for Ann is near”. Bob."
    start, end = text.index("peace"), text.index("”")
    inner = text.index("for"), text.index(" is")
    quotes = quoted((start, end, "indirect", "Bob", 0, 2), (*inner, "partial", "Bob", 0, 2))
    mentions = named((text.index("Ann"), text.index("Ann") + 3, "Ann"))
    found = Reader(article_html("a0", article(text), mentions, quotes))
    labelled = [(piece, attrs["data-speaker"]) for piece, attrs in found.pieces if "data-speaker" in attrs]
    assert labelled == [("peace ", "Bob")]
    assert [piece for piece, _ in found.classed("mk-who")] == ["He"]
    (ann,) = [attrs for piece, attrs in found.pieces if piece == "Ann"]
    assert "mk-partial" in ann["class"].split()
    assert ann["title"].splitlines() == ["Ann · name", "partial quotation · Bob"]
    other = quotes.assign(speaker=["Bob", "Cyd"], speaker_text=["he", "Cyd"])
    found = Reader(article_html("a0", article(text), mentions, other))
    assert [attrs["data-speaker"] for _, attrs in found.pieces if "data-speaker" in attrs] == ["Bob", "Cyd"]


def test_the_title_is_shown_as_one():
    found = Reader(article_html("a0", article("Talks <begin>\nPeace.", "Talks <begin>"), named()))
    assert found.text == "Talks <begin>\nPeace."
    assert [piece for piece, _ in found.classed("mk-title")] == ["Talks <begin>\n"]
    assert 'mk-title"' not in article_html("a0", article("Talks begin\nPeace."), named())


def test_references_are_told_from_names():
    found = Reader(article_html("a0", article("He went."), named((0, 2, "Bob")).assign(form="pronoun", confidence=0.8)))
    ((piece, attrs),) = found.classed("mk-weak")
    assert (piece, attrs["title"]) == ("He", "Bob · pronoun · confidence 0.80")


def test_what_does_not_fit_is_named():
    corpus = article("Short.")
    with pytest.raises(FrameError, match="no article 'b'"):
        mk.show_article("b", corpus, named())
    with pytest.raises(FrameError, match="mentions: the span 2 to 90 lies outside article 'a0'"):
        mk.show_article("a0", corpus, named((2, 90, "A")))
    with pytest.raises(FrameError, match="quotes: missing column"):
        mk.show_article("a0", corpus, named(), named())
    with pytest.raises(FrameError, match="mentions: missing column"):
        mk.show_article("a0", corpus, pd.DataFrame({"x": [1]}))


def test_nothing_to_mark_is_said():
    html = mk.show_article("a0", article(""), named()).data
    assert "No actor is named in this article." in html
    assert Reader(html).text == ""


def test_letters_are_easy_to_read_on_every_colour():
    assert len(set(COLOURS)) == 8
    assert min(contrast(DARK, colour) for colour in COLOURS) > 6
    html = article_html("a0", article("x"), named())
    papers = re.findall(r"background:(#[0-9a-f]{6})", html)
    assert len(papers) == 2
    assert min(contrast("#ffffff", paper) for paper in papers) >= 4.5  # speakers stand in white
