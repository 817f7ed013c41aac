"""The registry, yours and the one that ships; counts, co-mentions, any text. test_mentions.py has the rules."""

import csv
import importlib.util
import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actors import FORMS, TYPES, WHEN
from mediakit.matching import context

ROOT = Path(__file__).parent.parent
LISTS = ROOT / "tools" / "actors"


def articles(*texts: str) -> pd.DataFrame:
    return make_articles(article_id=[f"a{n}" for n in range(len(texts))], text=list(texts))


def named(text: str, *, actors: pd.DataFrame) -> list[str]:
    """What is named in one text, as "words as written: actor"."""
    return [f"{row.text}: {row.actor}" for row in mk.mentions(articles(text), actors).itertuples()]


def rows_of(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["actor", "alias", "type", "form"])


@pytest.fixture(scope="module")
def builtin() -> pd.DataFrame:
    return mk.read_actors()


# --- the frame ----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "Trump|Donald Trump|Eric Trump|Putin|US|U.S.|Russian|the West|Kim|Kim Jong Un|President|Mr.|Israel|May|Georgia|"
    "Senate|Paris|Sen. Warren|Jordan|The Times|'s|’s|-|, |. |\n|\n\n| |“|of|the|said|in|ÉÉ|ﬁ|😀|\u0301|Doctrine|"
    "Erdoğan|of Israel|WHO|Hillary|R.|Clinton|Sir Keir|Starmer|Israel Katz|Times of Israel|the Times".split("|")
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map(lambda pieces: " ".join(pieces)) | st.lists(
    PIECES, max_size=30
).map("".join)
SOME = mk.read_actors().query(
    "country in ['Russia', 'Israel', 'France', 'Georgia', 'North Korea']"
    " or alias.str.contains('Trump|Times|Warren|Keir|Clinton|Hillary')"
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_are_exact(text: str) -> None:
    corpus = articles(text)
    found = mk.mentions(corpus)
    split = mk.sentences(corpus).set_index("sentence_no")
    last = 0
    for row in found.itertuples():
        assert text[row.start : row.end] == row.text
        assert row.start >= last
        assert row.start < row.end
        sentence = split.loc[row.sentence_no]
        assert sentence["start"] <= row.start < sentence["end"]
        assert sentence["part"] == row.part
        last = row.end


@settings(max_examples=75, deadline=None)
@given(TEXTS, st.text("qxzjv", min_size=2, max_size=8), st.sampled_from(TYPES), st.sampled_from(FORMS))
def test_an_unrelated_actor_changes_nothing(text: str, word: str, kind: str, form: str) -> None:
    actors = SOME
    stranger = pd.DataFrame({"actor": [f"{word} Q"] * 2, "alias": [word, f"{word} Q"], "type": kind, "form": form})
    more = pd.concat([actors, stranger], ignore_index=True)
    corpus = articles(text)
    others = mk.mentions(corpus, more).query("actor != @word + ' Q'").reset_index(drop=True)
    before = mk.mentions(corpus, actors)
    if word not in text.lower():
        pd.testing.assert_frame_equal(others, before)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(texts: list[str], random: object) -> None:
    corpus = articles(*texts)
    order = list(corpus.index)
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = mk.mentions(corpus.loc[order]).sort_values(["article_id", "start"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(
        shuffled, mk.mentions(corpus).sort_values(["article_id", "start"]).reset_index(drop=True)
    )


def test_no_text_no_mentions() -> None:
    empty = mk.mentions(articles("", "..."))
    assert len(empty) == 0
    mk.require(empty, "mentions")
    mk.require(mk.mention_counts(empty, articles("", "...")), "mention_counts")
    mk.require(mk.co_mentions(empty), "co_mentions")


def test_long_lines_take_linear_time() -> None:
    text = "Boris Johnson " * 20_000 + "“" * 100_000 + "Trump Johnson " * 20_000
    assert len(mk.mentions(articles(text))) == 60_000


def test_errors_name_thing_and_remedy(builtin: pd.DataFrame) -> None:
    with pytest.raises(mk.FrameError, match=r"articles: missing column 'text'"):
        mk.mentions(articles("x").drop(columns="text"))
    with pytest.raises(mk.FrameError, match=r"actors: missing column 'alias'.*read_actors"):
        mk.mentions(articles("x"), builtin.drop(columns="alias"))
    broken = builtin.head(3).assign(alias=["US", None, "UN"])
    with pytest.raises(mk.FrameError, match=r"actors: row 1 has no alias"):
        mk.mentions(articles("x"), broken)


# --- your own registry --------------------------------------------------------------------------------------------


def write(folder: Path, *lines: str) -> Path:
    path = folder / "mine.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_two_columns_are_enough(tmp_path: Path) -> None:
    own = mk.read_actors(write(tmp_path, "actor,alias", "Jane Miller,Jane Miller", "ACME,ACME", "Tea Party,Tea Party"))
    rows = own.head(4)[["actor", "alias", "type", "form", "when"]].to_numpy().tolist()
    assert rows == [
        ["Jane Miller", "Jane Miller", "person", "name", "always"],
        ["ACME", "ACME", "organisation", "name", "always"],
        ["Tea Party", "Tea Party", "organisation", "name", "always"],
        ["Jane Miller", "Miller", "person", "surname", "introduced"],
    ]
    assert named("Jane Miller of ACME met Putin. Miller left.", actors=own) == [
        "Jane Miller: Jane Miller",
        "ACME: ACME",
        "Putin: Vladimir Putin",
        "Miller: Jane Miller",
    ]


def test_your_alias_is_yours(tmp_path: Path) -> None:
    path = write(tmp_path, "actor,alias,type,form", "The Organisation,Trump,organisation,variant", "Donald Trump,DJT,,")
    own = mk.read_actors(path)
    assert named("Trump, DJT and Donald Trump.", actors=own) == [
        "Trump: The Organisation",
        "DJT: Donald Trump",
        "Donald Trump: Donald Trump",
    ]
    inherited = own[own["alias"] == "DJT"].iloc[0]
    assert (inherited["type"], inherited["form"], inherited["country"]) == ("person", "variant", "United States")
    assert set(mk.read_actors(path, builtin=False)["actor"]) == {"The Organisation", "Donald Trump"}


def test_a_user_can_hide_a_name(tmp_path: Path) -> None:
    own = mk.read_actors(write(tmp_path, "actor,alias,type", "Kyiv cake,Kyiv cake,other"))
    assert named("Kyiv cake is sold in Kyiv.", actors=own) == ["Kyiv: Ukraine"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name,alias", "A,B"], r"mine.csv: no column 'actor'; has \['name', 'alias'\]. Write a first line"),
        (["actor,alias", "A,A", ",B"], r"mine.csv, line 3: no actor. Every row needs"),
        (["actor,alias", "A,"], r"mine.csv, line 2: no alias"),
        (["actor,alias,type", "A,A,firm"], r"mine.csv, line 2: type 'firm' is none of person, country"),
        (["actor,alias,form", "A,A,nick"], r"mine.csv, line 2: form 'nick' is none of name"),
        (["actor,alias", "A,X", "", "B,X"], r"mine.csv, line 4: alias 'X' belongs to 'A' \(line 2\) and to 'B'. Give"),
        ([""], r"mine.csv: no column 'actor'"),
    ],
)
def test_a_bad_file_is_named_with_line_and_remedy(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(mk.FrameError, match=message):
        mk.read_actors(write(tmp_path, *lines))


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        mk.read_actors(tmp_path / "none.csv")


def test_reading_does_not_share_the_registry(builtin: pd.DataFrame) -> None:
    mine = mk.read_actors()
    mine["actor"] = "changed"
    assert mk.read_actors().equals(builtin)


def test_of_names_that_overlap_the_longest_is_taken_then_the_longest_of_the_rest() -> None:
    aliases = ("Alta Bee", "Bee Corvo Dun", "Dun Erk", "Erk Fol")
    actors = rows_of(*((alias, alias, "organisation", "name") for alias in aliases))
    assert named("So Alta Bee Corvo Dun Erk Fol met.", actors=actors) == [
        "Bee Corvo Dun: Bee Corvo Dun",
        "Erk Fol: Erk Fol",
    ]
    assert named("So Dun Erk Fol met.", actors=actors) == ["Dun Erk: Dun Erk"]  # as long as Erk Fol: the first


@pytest.mark.parametrize("head", ["Doctrine", "Agreements", "Institute", "Tower", "II"])
def test_a_head_word_hides_names_that_no_list_has(head: str) -> None:
    actors = rows_of(("Quorbia", "Quorbia", "country", "name"), ("Jo Zweil", "Zweil", "person", "variant"))
    assert named(f"They cited the Quorbia {head} and the Zweil {head}.", actors=actors) == []
    assert named("They cited Quorbia and Zweil.", actors=actors) == ["Quorbia: Quorbia", "Zweil: Jo Zweil"]
    assert named(f"The Zweil {head}’s aim, the Quorbia {head}: dead.", actors=actors) == []
    assert named(f"THE ZWEIL {head.upper()}", actors=actors) == []


# --- counts -------------------------------------------------------------------------------------------------------


def counted() -> tuple[pd.DataFrame, pd.DataFrame]:
    corpus = articles(
        "Trump met Putin. Russian troops left Russia.", "Putin spoke.", "Nobody spoke.", "Putin and Trump!"
    )
    corpus["source"] = ["A", "A", None, "B"]
    return mk.mentions(corpus), corpus


def test_mention_counts_by_hand() -> None:
    found, corpus = counted()
    counts = mk.mention_counts(found, corpus)
    assert counts[["actor", "type", "n", "n_articles"]].to_numpy().tolist() == [
        ["Vladimir Putin", "person", 3, 3],
        ["Donald Trump", "person", 2, 2],
        ["Russia", "country", 2, 1],
    ]
    assert counts["per_1000"].tolist() == pytest.approx([1000 * n / 14 for n in (3, 2, 2)])


def test_mention_counts_by_group_and_form() -> None:
    found, corpus = counted()
    counts = mk.mention_counts(found, corpus, by="source", forms=["name", "surname"])
    assert counts[["source", "actor", "n"]].to_numpy().tolist() == [
        ["A", "Vladimir Putin", 2],
        ["A", "Donald Trump", 1],
        ["A", "Russia", 1],
        ["B", "Donald Trump", 1],
        ["B", "Vladimir Putin", 1],
    ]
    assert counts["per_1000"].tolist() == pytest.approx([2000 / 9, 1000 / 9, 1000 / 9, 1000 / 3, 1000 / 3])
    mk.require(counts, "mention_counts")


def test_groups_without_a_name_are_unknown() -> None:
    found, corpus = counted()
    corpus["source"] = None
    assert set(mk.mention_counts(found, corpus, by="source")["source"]) == {"unknown"}


def test_mention_counts_refuses_what_it_cannot_count() -> None:
    found, corpus = counted()
    with pytest.raises(ValueError, match="forms: 'nick' is none of name"):
        mk.mention_counts(found, corpus, forms="nick")
    with pytest.raises(mk.FrameError, match="mention_counts: no column 'outlet' to group by"):
        mk.mention_counts(found, corpus, by="outlet")
    with pytest.raises(mk.FrameError, match="mentions: missing column 'form'"):
        mk.mention_counts(found.drop(columns="form"), corpus)


@pytest.mark.parametrize("column", ["actor", "type", "n", "per_1000", "n_articles"])
def test_a_group_may_not_be_called_like_a_column_of_the_result(column: str) -> None:
    found, corpus = counted()
    corpus[column] = ["A", "A", "A", "B"]
    message = f"mention_counts: by='{column}' has the name of a column of the result; rename it in articles first."
    with pytest.raises(mk.FrameError, match=re.escape(message)):
        mk.mention_counts(found, corpus, by=column)


@pytest.mark.parametrize("column", ["size", "form", "sentence_no", "group 0", "index", "term"])
def test_a_group_may_be_called_like_what_is_only_used_inside(column: str) -> None:
    found, corpus = counted()
    expected = mk.mention_counts(found, corpus, by="source").rename(columns={"source": column})
    renamed = corpus.assign(**{column: corpus["source"]})
    pd.testing.assert_frame_equal(mk.mention_counts(found, renamed, by=column), expected)


def test_each_article_may_be_a_group() -> None:
    found, corpus = counted()
    counts = mk.mention_counts(found, corpus, by="article_id")
    assert counts.query("article_id == 'a0'")[["actor", "n", "n_articles"]].to_numpy().tolist() == [
        ["Russia", 2, 1],
        ["Donald Trump", 1, 1],
        ["Vladimir Putin", 1, 1],
    ]


def test_mentions_elsewhere_are_left_out() -> None:
    found, corpus = counted()
    assert mk.mention_counts(found, corpus.iloc[:1])["n"].sum() == 4


def test_co_mentions_by_hand() -> None:
    corpus = articles(
        "Trump, Putin and Trump met. Putin met Trump in China. China won.", "Putin, Trump.", "China. Putin."
    )
    assert mk.co_mentions(mk.mentions(corpus)).to_numpy().tolist() == [
        ["Donald Trump", "Vladimir Putin", 3, 2],
        ["China", "Donald Trump", 1, 1],
        ["China", "Vladimir Putin", 1, 1],
    ]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.sampled_from("XYZ")), max_size=12))
def test_co_mentions_against_counting(rows: list[tuple[str, int, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["article_id", "sentence_no", "actor"]).assign(form="name")
    sets: dict[tuple[str, int], set[str]] = {}
    for article, sentence, actor in rows:
        sets.setdefault((article, sentence), set()).add(actor)
    expected = {}
    for a, b in ("XY", "XZ", "YZ"):
        both = [place for place, actors in sets.items() if {a, b} <= actors]
        if both:
            expected[a, b] = (len(both), len({article for article, _ in both}))
    found = mk.co_mentions(frame)
    assert {(r.actor_a, r.actor_b): (r.n_sentences, r.n_articles) for r in found.itertuples()} == expected


# --- the registry that ships --------------------------------------------------------------------------------------


def test_the_registry_is_sound(builtin: pd.DataFrame) -> None:
    assert set(builtin["type"]) == set(TYPES) - {"place"}
    assert set(builtin["form"]) <= set(FORMS)
    assert set(builtin["when"]) == set(WHEN)
    assert not builtin.duplicated(["actor", "alias"]).any()
    assert not builtin[["actor", "alias", "type", "form", "when"]].isna().any(axis=None)
    assert (builtin["alias"] == builtin["alias"].str.strip()).all()
    assert (builtin.groupby("actor")["type"].nunique() == 1).all()
    owners = builtin[builtin["when"] == "always"].groupby("alias")["actor"].nunique()
    assert owners[owners > 1].index.tolist() == []


def test_the_registry_knows_whom_it_must(builtin: pd.DataFrame) -> None:
    aliases = builtin.groupby("actor")["alias"].agg(set)
    assert {"US", "U.S.", "USA", "America", "the States", "American", "Washington"} <= aliases["United States"]
    assert {"UK", "Britain", "British", "Britons", "London"} <= aliases["United Kingdom"]
    assert {"Ukrainian", "Ukrainians", "Kyiv", "Kiev"} <= aliases["Ukraine"]
    assert {"Kremlin", "Russian government"} <= aliases["Russian government"]
    assert {"Élysée", "French government"} <= aliases["French government"]
    for acronym in "UN EU IMF WHO IAEA OSCE WTO NATO OPEC CIA FBI BBC CNN AFP".split():
        assert (builtin.loc[builtin["when"] == "always", "alias"] == acronym).sum() == 1, acronym


def test_every_country_has_a_name_a_demonym_and_a_capital(builtin: pd.DataFrame) -> None:
    members = {record["name"] for record in csv.DictReader((LISTS / "countries.csv").open(encoding="utf-8"))}
    assert len(members) >= 195
    forms = builtin[builtin["actor"].isin(members)].groupby("actor")["form"].agg(set)
    assert set(forms.index) == members
    assert sorted(forms[forms.map(lambda found: "demonym" not in found)].index) == ["Vatican"]
    # where the capital is called like the country, or stands for the European Union
    assert sorted(forms[forms.map(lambda found: "metonym" not in found)].index) == [
        "Belgium",
        "Djibouti",
        "Luxembourg",
        "Monaco",
        "San Marino",
        "Singapore",
        "Vatican",
    ]


def test_a_rule_is_not_repeated_for_the_seeds(builtin: pd.DataFrame, seeds: pd.DataFrame) -> None:
    """No phrase of the seeds is hidden by a row of its own where a word such as Doctrine behind a name does it."""
    hidden = builtin.loc[builtin["type"] == "other", "alias"]
    texts = "\n".join(seeds["text"])
    standing = [name for name in hidden if " " in name and re.search(rf"\b{re.escape(name)}\b", texts)]
    assert standing, "nothing to check"
    names = set(builtin.loc[builtin["type"].isin(["person", "country", "group"]), "alias"])
    split = [(name, *name.rsplit(" ", 1)) for name in standing]
    assert [name for name, before, head in split if before in names and head in context().heads] == []


def test_counts_are_what_the_documentation_says(builtin: pd.DataFrame) -> None:
    page = (ROOT / "docs" / "actors.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\w+) \| ([\d,]+) \|", page, re.MULTILINE)
    counts = builtin.groupby("type")["actor"].nunique()
    assert {kind for kind, _ in table} == set(TYPES) - {"place"}
    for kind, said in table:
        assert counts[kind] >= int(said.replace(",", "")), kind


def test_the_registry_is_what_the_script_builds(builtin: pd.DataFrame) -> None:
    spec = importlib.util.spec_from_file_location("build_actors", ROOT / "tools" / "build_actors.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    rows = script.registry()
    assert script.problems(rows) == []
    built = pd.DataFrame(rows, columns=script.COLUMNS).fillna("")
    pd.testing.assert_frame_equal(built.astype("str"), builtin[script.COLUMNS].fillna("").astype("str"))
