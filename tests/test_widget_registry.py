"""The editor of a registry, driven without a browser: choose, decide, save, read again."""

import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk

TEXT = (
    "Jane Miller met Robert Halvorsen in Lillehammer. Miller said the Harbour Council agreed with the Nordic Grain "
    "Union. Halvorsen left. The Harbour Council thanked Miller."
)


@pytest.fixture
def articles():
    return make_articles({"source": "Post", "text": TEXT}, {"source": "Herald", "text": "The Harbour Council met."})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mine.csv"


class Driven:
    """The editor with its parts by name."""

    def __init__(self, *given, **options):
        self.box = mk.explore_unresolved(*given, **options)
        self.parts = {}
        self._find(self.box)
        self.status, _, evidence, self.rows, _, self.code = self.box.children
        self.evidence = evidence.children[0]
        (self.list,) = [part for part in walk(self.box) if type(part).__name__ == "Select"]

    def _find(self, box):
        for part in walk(box):
            if getattr(part, "description", ""):
                self.parts[part.description] = part

    @property
    def names(self):
        return [name for _, name in self.list.options]

    def choose(self, name):
        self.list.value = name
        self.parts.clear()
        self._find(self.box)

    def press(self, button):
        self.parts[button].click()

    def take(self, name, **values):
        self.choose(name)
        for part, value in values.items():
            self.parts[part].value = value
        self.press("Take")


def walk(box):
    for child in getattr(box, "children", ()):
        yield child
        yield from walk(child)


def test_it_lists_what_the_registry_does_not_know(articles, path):
    driven = Driven(articles, path=path)
    expected = mk.unresolved(articles)
    assert driven.names == expected["actor"].tolist()
    assert driven.names[0] == "Harbour Council"
    assert f"{len(expected)} names" in driven.status.value
    driven.choose("Jane Miller")
    assert "<mark>Jane Miller</mark>" in driven.evidence.value
    assert "<mark>Miller</mark>" in driven.evidence.value
    driven.parts["Show"].value = "organisation"
    assert set(driven.names) == set(expected.loc[expected["type"] == "organisation", "actor"])


def test_saved_rows_are_a_registry(articles, path):
    driven = Driven(articles, path=path)
    driven.take("Harbour Council", Type="organisation")
    assert "✓ Harbour Council" in driven.list.options[0][0]
    assert "1 row to save" in driven.rows.value
    driven.take("Jane Miller", Type="person")
    driven.choose("Lillehammer")
    driven.press("Ignore")
    driven.press("Save")
    assert "mediakit-error" not in driven.status.value
    # Jane Miller and twice Miller, three times the council; Lillehammer is no actor
    assert "3 rows saved" in driven.status.value
    assert "6 mentions became known, 1 set aside" in driven.status.value
    assert not {"Harbour Council", "Jane Miller", "Lillehammer"} & set(driven.names)
    names = {"mk": mk}
    exec(plain(driven.code.value), names)
    found = mk.mentions(articles, names["actors"])
    assert found["actor"].value_counts()[["Harbour Council", "Jane Miller"]].tolist() == [3, 3]
    assert "Lillehammer" not in set(mk.mentions(articles, names["actors"])["actor"])


def plain(html):
    return html.removeprefix("<pre>").removesuffix("</pre>").replace("&#x27;", "'")


def test_a_name_can_be_another_name_of_a_known_actor(path):
    articles = make_articles({"text": "Nordic Grain spoke. The merger of Nordic Grain with Tesla failed."})
    driven = Driven(articles, path=path)
    driven.choose("Nordic Grain")
    driven.parts["Actor"].value = "Tesla"
    assert (driven.parts["Type"].value, driven.parts["Form"].value) == ("organisation", "variant")
    driven.press("Take")
    driven.press("Save")
    assert mk.mentions(articles, mk.read_actors(path))["actor"].tolist() == ["Tesla"] * 3


def test_actors_that_share_a_rare_word_are_proposed(articles, path):
    own = pd.DataFrame({"actor": ["Erik Halvorsen"], "alias": ["Erik Halvorsen"], "type": ["person"], "form": ["name"]})
    driven = Driven(articles, own, path=path)
    driven.choose("Robert Halvorsen")
    driven.press("Erik Halvorsen")
    assert driven.parts["Actor"].value == "Erik Halvorsen"
    assert driven.parts["Type"].value == "person"
    driven.choose("Harbour Council")
    assert "Erik Halvorsen" not in driven.parts


def test_an_ambiguous_name_is_shown_with_its_candidates_and_can_be_decided(path):
    own = pd.DataFrame(
        {"actor": ["Ann Berg", "Tom Berg"], "alias": ["Ann Berg", "Tom Berg"], "type": "person", "form": "name"}
    )
    own.to_csv(path, index=False)
    articles = make_articles({"source": "Post", "text": "Nobody spoke but Berg. They asked Berg again."})
    doubtful = mk.ambiguous(articles, mk.read_actors(path))
    assert doubtful["candidates"].tolist() == ["Ann Berg; Tom Berg"] * 2
    driven = Driven(articles, path=path)
    assert "1 that the articles leave ambiguous" in driven.status.value
    driven.choose("Berg")
    assert driven.parts["Actor"].value == ""
    assert "2 sentences" in driven.evidence.value
    driven.press("Tom Berg")
    driven.press("Take")
    driven.press("Save")
    assert "2 mentions became known" in driven.status.value
    assert mk.mentions(articles, mk.read_actors(path))["actor"].tolist() == ["Tom Berg"] * 2
    assert len(pd.read_csv(path)) == 3


def test_the_lines_of_the_file_stay_and_count_from_the_start(articles, path):
    path.write_text("actor,alias,note\nJane Miller,Jane Miller,by hand\n", encoding="utf-8")
    driven = Driven(articles, path=path)
    assert "Jane Miller" not in driven.names
    driven.take("Harbour Council")
    driven.press("Save")
    file = pd.read_csv(path)
    assert file["alias"].tolist() == ["Jane Miller", "Harbour Council"]
    assert file["note"].tolist()[0] == "by hand"


def test_a_registry_that_was_passed_keeps_its_other_actors(articles, path):
    own = pd.DataFrame(
        {"actor": ["Jane Miller"], "alias": ["Jane Miller"], "type": ["person"], "form": ["name"], "when": ["always"]}
    )
    driven = Driven(articles, own, path=path)
    assert "Jane Miller" not in driven.names
    driven.take("Harbour Council", Type="organisation")
    driven.press("Save")
    names = {"mk": mk, "pd": pd, "actors": own}
    exec(plain(driven.code.value), names)
    assert {"Harbour Council", "Jane Miller"} <= set(mk.mentions(articles, names["actors"])["actor"])
    assert "Jane Miller" not in driven.names


def test_undo_and_a_second_thought(articles, path):
    driven = Driven(articles, path=path)
    driven.take("Harbour Council", Type="group")
    driven.choose("Harbour Council")
    assert driven.parts["Type"].value == "group"
    driven.press("Undo")
    assert "0 rows to save" in driven.rows.value
    driven.press("Save")
    assert "Nothing to save" in driven.status.value
    assert not path.exists()


def test_errors_are_read_by_the_user_and_lose_nothing(articles, path):
    path.write_text("actor,alias\nAnn Harbour,Ann Harbour\n", encoding="utf-8")
    driven = Driven(articles, path=path)
    driven.take("Harbour Council")
    path.write_text("actor,alias\nOld Council,Harbour Council\n", encoding="utf-8")
    driven.press("Save")
    assert "mediakit-error" in driven.status.value
    assert "belongs to" in driven.status.value
    assert "Old Council" in path.read_text(encoding="utf-8")
    assert "1 row to save" in driven.rows.value
    driven.choose("Jane Miller")
    driven.parts["Actor"].value = " "
    driven.press("Take")
    assert "Actor is empty" in driven.status.value
    driven.parts["File"].value = "mine.txt"
    driven.press("Save")
    assert "ValueError" in driven.status.value
    broken = path.with_name("broken.csv")
    broken.write_text("name\nAnn\n", encoding="utf-8")
    assert "no column" in Driven(articles, path=broken).status.value


@pytest.mark.parametrize("text", ["…", "Peace."])
def test_without_a_name_there_is_nothing_to_decide(text, path):
    driven = Driven(make_articles({"text": text}), path=path)
    assert driven.names == []
    assert driven.parts["Take"].disabled
    assert "0 names" in driven.status.value


def test_names_and_sentences_are_never_markup(path):
    articles = make_articles({"source": "<b>", "text": "Then Jane <img src=x> Miller met Ann <script> Berg in Oslo."})
    driven = Driven(articles, path=path)
    for name in driven.names:
        driven.choose(name)
        driven.press("Take")
        assert "<img" not in driven.evidence.value
        assert "<script" not in driven.evidence.value + driven.rows.value + driven.status.value
