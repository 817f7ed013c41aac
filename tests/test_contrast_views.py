"""Contrasts and events in words, side by side, and in the explorer."""

import html
import re

import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.frames import build

POST = "At the summit, 723 strikes were counted in Kharkiv. <script>alert('x')</script> & Poland promised generators."
HERALD = "At the summit, nearly 700 strikes were counted in Kharkiv. China called for restraint & patience."


@pytest.fixture(scope="module")
def pair():
    day = "2025-03-04"
    return make_articles(
        {"source": "Post <b>", "published": day, "title": "One", "text": f"{POST}\r\nSecond line."},
        {"source": "Herald", "published": day, "title": None, "text": HERALD},
        {"source": "Times", "published": "2025-09-01", "title": "Other", "text": "Gulls circled over empty harbours."},
    )


@pytest.fixture(scope="module")
def told(pair):
    return mk.contrast(pair, "a0", "a1")


def plain(page):
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_the_texts_stand_there_unchanged_and_escaped(told, pair):
    page = mk.show_contrast(told, pair).data
    assert "<script" not in page
    assert "Post <b>" not in page
    for text in pair["text"][:2]:
        assert text in plain(page)


def test_what_belongs_together_has_one_number(told, pair):
    page = mk.show_contrast(told, pair).data
    texts = page[page.rindex("<table>") :]
    marks = re.findall(r'<span class="mk-s mk-differs" title="[^"]*" data-n="(\d+)">([^<]*)</span>', texts)
    assert [text for _, text in marks] == ["723 strikes", "nearly 700 strikes"]
    assert marks[0][0] == marks[1][0]


@given(st.data())
@settings(max_examples=25)
def test_any_rows_leave_the_text_unchanged(pair, data):
    texts = dict(zip(pair["article_id"], pair["text"], strict=True))
    rows = []
    for _ in range(data.draw(st.integers(1, 6))):
        row = {"kind": data.draw(st.sampled_from(["number", "actor", "passage"])), "item": "x", "note": "<i>"}
        side = data.draw(st.sampled_from(["a only", "b only", "both", "differs"]))
        for letter, key in (("a", "a0"), ("b", "a1")):
            has = side in ("both", "differs") or side[0] == letter
            start = data.draw(st.integers(0, len(texts[key]) - 1))
            end = data.draw(st.integers(start + 1, len(texts[key])))
            row |= {f"n_{letter}": int(has), f"article_{letter}": key if has else None}
            row |= {f"start_{letter}": start if has else None, f"end_{letter}": end if has else None}
        rows.append(row | {"side": side})
    page = mk.show_contrast(build("contrast", rows), pair).data
    shown = {row[f"article_{letter}"] for row in rows for letter in "ab"} - {None}
    for key in shown:
        assert texts[key] in plain(page)


def test_two_articles_of_one_source_are_told_apart(pair):
    same = pair.assign(source="Post")
    page = mk.show_contrast(mk.contrast(same, "a0", "a1"), same).data
    assert "only Post, a0" in page
    assert "only Post, a1" in page


def test_rows_of_other_articles_are_refused(told, pair):
    with pytest.raises(mk.FrameError, match="no article 'a0'"):
        mk.show_contrast(told, pair[1:])
    with pytest.raises(mk.FrameError, match="lies outside"):
        mk.show_contrast(told, pair.assign(text="short"))


def test_differing_figures_lead_to_their_sentences(told, pair):
    places = mk.contrast_places(told[told["side"] == "differs"])
    assert places["teller"].tolist() == ["a", "b"]
    rows = mk.evidence(places, pair)
    assert rows["item"].tolist() == ["723 strikes / nearly 700 strikes"] * 2
    assert rows["hit"].tolist() == ["723 strikes", "nearly 700 strikes"]
    assert mk.show_evidence(rows, pair).data.count("<mark>") >= 2


def test_every_place_is_told_once(told):
    places = mk.contrast_places(told)
    assert len(places) == told["article_a"].notna().sum() + told["article_b"].notna().sum()
    assert places["start"].dtype == "int64"
    assert set(places.loc[places["teller"] == "b", "side"]) <= {"b only", "both", "differs"}
    assert mk.contrast_places(told[:0]).empty


def test_a_contrast_in_words(told, pair):
    words = " ".join(mk.describe_contrast(told, pair).split())
    assert "Figures with one noun or unit, read both: Post <b> “723 strikes”, Herald “nearly 700 strikes”" in words
    assert "Found in Post <b>, not in Herald: 1 actor (Poland)" in words
    assert "1 actor (China)" in words
    assert "no mention by the stated rule" in words
    assert "Found in a, not in b" in mk.describe_contrast(told)
    assert "nothing to contrast" in mk.describe_contrast(told[:0])


def test_events_in_words(pair):
    words = " ".join(mk.describe_same_event(mk.same_event(pair, min_similarity=0.05)).split())
    assert "2 articles tell of 1 event; 1 article stands alone." in words
    assert "4 March 2025; Post <b>, Herald" in words
    undated = pair.assign(published=None)
    assert "the text alone" in mk.describe_same_event(mk.same_event(undated, min_similarity_undated=0.05))
    assert "nothing to contrast" in mk.describe_same_event(mk.same_event(pair[2:]))
    assert "No two of 2 articles" in mk.describe_same_event(mk.same_event(pair[1:]))
    assert "no articles" in mk.describe_same_event(mk.same_event(pair[:0]))


def settings_of(box):
    return {control.description: control for control in box.children[0].children}


def test_the_explorer_shows_what_its_code_makes(pair, tmp_path):
    events = mk.same_event(pair, min_similarity=0.05)
    box = mk.explore_contrast(pair, events, folder=tmp_path)
    _, status, figure, code, (_, button) = (*box.children[:4], box.children[4].children)
    assert "mediakit-error" not in status.value
    made = {"mk": mk, "articles": pair, "events": events}
    exec(html.unescape(re.sub("</?pre>", "", code.value)), made)
    assert figure.children[0].value == made["page"].data
    button.click()
    assert "explore-contrast" in status.value
    assert (tmp_path / "explore-contrast.html").exists()


def test_another_event_brings_its_own_sides(pair):
    late = [{"source": name, "published": "2025-06-01", "text": "Bakers in Lyon won 12 prizes."} for name in "XY"]
    more = make_articles(*pair.drop(columns="article_id").to_dict("records"), *late, late[0] | {"source": "Y"})
    events = mk.same_event(more, min_similarity=0.05)
    box = mk.explore_contrast(more, events)
    controls = settings_of(box)
    for _, number in controls["Event"].options:
        controls["Event"].value = number
        assert "mediakit-error" not in box.children[1].value
        inside = set(events.loc[events["event"] == number, "article_id"]) | {"X", "Y"}
        assert {controls["a"].value, controls["b"].value} <= inside
        assert controls["a"].value != controls["b"].value
        assert "mk-two" in box.children[2].children[0].value
    controls["b"].value = controls["a"].value
    assert "two different sides" in box.children[2].children[0].value


def test_without_an_event_the_explorer_says_so(pair):
    assert "nothing to contrast" in mk.explore_contrast(pair[2:]).children[0].value
