"""What a shared passage is: quotation, template, syndicated copy, or a passage."""

import pandas as pd
from conftest import SEEDS, make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk

COPY = "The ministers agreed on Friday to meet again in Vienna next week"


def body(seed, n=60):
    return " ".join(f"word{seed}x{number}" for number in range(n)) + "."


def kinds(articles, **options):
    return mk.reused_passages(articles, **options)["kind"].tolist()


def test_a_passage_is_a_quotation_where_either_article_has_it_in_marks():
    plain = {"source": "A", "text": f"{body(1)} {COPY}."}
    for quoted in (f"{body(2)} “{COPY},” he said.", f"{body(2)} He said: ‘{COPY}.’", f'"{COPY}," he said. {body(2)}'):
        assert kinds(make_articles(plain, {"source": "B", "text": quoted})) == ["quote"]
        assert kinds(make_articles({"source": "B", "text": quoted}, plain)) == ["quote"]
    scare = f"{body(2)} The ministers “agreed” on Friday to meet again in Vienna next week."
    assert kinds(make_articles(plain, {"source": "B", "text": scare})) == ["passage"]


def test_what_stands_in_several_articles_of_one_outlet_is_a_template():
    line = "Our reporters follow the talks from six capitals in Europe and beyond"
    three = [{"source": "A", "text": f"{body(n)}\n{line}."} for n in range(3)]
    assert set(kinds(make_articles(*three))) == {"template"}
    elsewhere = [row | {"source": name} for row, name in zip(three, "ABC", strict=True)]
    assert set(kinds(make_articles(*elsewhere))) == {"passage"}
    unknown = [row | {"source": None} for row in three]
    assert set(kinds(make_articles(*unknown))) == {"passage"}
    # with a fourth in another outlet, the words of its own first outlet make it a template there too
    assert set(kinds(make_articles(*three, {"source": "D", "text": f"{body(9)}\n{line}."}))) == {"template"}


def test_passages_of_near_duplicates_are_syndicated():
    copy = body(1, 80)
    articles = make_articles({"source": "A", "text": copy}, {"source": "B", "text": f"{copy} {body(2, 10)}"})
    assert kinds(articles) == ["syndicated"]


def test_the_closing_question_of_two_seeds_is_a_template():
    corpus = mk.read_corpus(SEEDS)
    raw = mk.raw_text(corpus.articles, corpus.cuts)
    articles = corpus.articles.assign(text=corpus.articles["article_id"].map(raw))
    found = mk.reused_passages(articles, min_tokens=6).set_index("text")["kind"]
    assert found["What are your predictions for the"] == "template"
    assert found["Share your thoughts in the comments below"] == "template"
    assert found["the Future of the Ukraine Conflict"] == "passage"


def test_kinds_can_be_left_out():
    articles = make_articles({"source": "A", "text": COPY}, {"source": "B", "text": COPY})
    assert "kind" not in mk.reused_passages(articles, kinds=False)
    assert mk.reused_passages(make_articles({"source": "A", "text": "Peace."})).empty


@given(
    st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.lists(st.sampled_from("abcde"), max_size=20)), max_size=6)
)
def test_kinds_change_nothing_else(rows):
    articles = make_articles(*[{"source": source, "text": " ".join(words)} for source, words in rows])
    if not rows:
        return
    found = mk.reused_passages(articles, min_tokens=4)
    pd.testing.assert_frame_equal(
        found.drop(columns="kind", errors="ignore"), mk.reused_passages(articles, min_tokens=4, kinds=False)
    )
    assert set(found.get("kind", [])) <= {"quote", "template", "syndicated", "passage"}
