"""Engines of one's own: by name, over a dictionary, from a model in a folder."""

import json
from importlib.util import find_spec

import numpy as np
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit import sentiment_engines
from mediakit.frames import FrameError
from mediakit.sentiment_dictionaries import AfinnEngine


def sentences(*texts):
    return mk.sentences(make_articles(text=list(texts)))


class Length:
    """Ten letters are as good as it gets."""

    name = "length"

    def score(self, texts):
        return [mk.Scored(min(len(text) / 10, 1.0), np.nan, 1) for text in texts]


class Counted:
    """Every "yes" is a half, and the halves are added up."""

    name = "counted"
    formula = "sum"

    def score(self, texts):
        found = []
        for text in texts:
            places = [at for at in range(len(text)) if text.startswith("yes", at)]
            words = tuple(mk.Word(at, at + 3, "yes", 0.5, 0.5) for at in places)
            found.append(mk.Scored(0.5 * len(words), np.nan, len(words), words))
        return found


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setattr(sentiment_engines, "ENGINES", dict(sentiment_engines.ENGINES))
    return mk.register_engine


def test_engines_are_listed_with_what_they_lack():
    table = mk.engines().set_index("engine")
    assert {"textblob", "vader", "afinn", "mediakit"} <= set(table.index)
    assert table.loc[["textblob", "vader"], "available"].all()
    assert table.loc["vader", "formula"] == "normalised sum"
    assert (table["remedy"] == "").equals(table["available"])
    assert np.isnan(table.loc["mediakit", "formula"])


def test_what_is_not_installed_is_refused_with_the_remedy(monkeypatch):
    for name, remedy in (("afinn", "pip install afinn"), ("mediakit", r"pip install mediakit\[tone\]")):
        entry = sentiment_engines.ENGINES[name]
        lacking = entry._replace(remedy=lambda remedy=remedy: remedy.replace("\\", ""))
        monkeypatch.setitem(sentiment_engines.ENGINES, name, lacking)
        with pytest.raises(ImportError, match=f"{name}.*{remedy}"):
            mk.sentiment(sentences("Good."), engine=name)


def test_an_engine_of_ones_own_by_itself_and_by_name(registered):
    alone = mk.sentiment(sentences("Hello."), engine=Length())
    registered("mine", Length())
    named = mk.sentiment(sentences("Hello."), engine=["mine", "vader"])
    assert alone["engine"].tolist() == ["length"]
    assert named["engine"].tolist() == ["mine", "vader"]
    assert alone["polarity"].tolist() == named["polarity"].tolist()[:1] == [0.6]
    assert mk.engines()["engine"].tolist()[-1] == "mine"
    with pytest.raises(ValueError, match="'mine' does not tell which words"):
        mk.sentiment_words(sentences("Hello."), engine="mine")
    with pytest.raises(ValueError, match="none can be ignored"):
        mk.sentiment(sentences("Hello."), engine="mine", ignore=["war"])


def test_an_engine_with_words_is_explained():
    table = sentences("Oh yes, yes.")
    words = mk.sentiment_words(table, engine=Counted())
    assert words["text"].tolist() == ["yes", "yes"]
    assert words["contribution"].tolist() == [0.5, 0.5]
    assert mk.polarity_of(words.head(1))["polarity"].tolist() == [0.5]


def test_what_is_no_engine_is_refused(registered):
    with pytest.raises(ValueError, match="no name"):
        registered(" ", Length())
    with pytest.raises(ValueError, match="no method score"):
        registered("x", object())
    odd = Counted()
    odd.formula = "median"
    with pytest.raises(ValueError, match="no formula 'median'"):
        registered("x", odd)
    with pytest.raises(ValueError, match="named twice"):
        mk.sentiment(sentences("Good."), engine=["vader", "vader"])

    class Short(Length):
        def score(self, texts):
            return [] if texts else [None]

    with pytest.raises(ValueError, match="gave 0 scores for 1 texts"):
        mk.sentiment(sentences("Good."), engine=Short())


def test_english_engines_refuse_german_and_a_dictionary_does_not(tmp_path):
    (tmp_path / "own.csv").write_text("word,weight\ngut,2\nschlecht,-1\n", encoding="utf-8")
    table = sentences("Das ist gut.").assign(language="de")
    with pytest.raises(mk.LanguageError):
        mk.sentiment(table, engine="vader")
    scored = mk.sentiment(table, engine=mk.dictionary_engine(tmp_path / "own.csv"))
    assert scored[["engine", "polarity", "n_scored"]].values.tolist() == [["own", 1.0, 1]]


def test_a_list_of_weights_with_phrases_and_wildcards(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("word,weight,note\npeace,1,\npeace talks,-4,collapse\neconom*,2,\n", encoding="utf-8")
    engine = mk.dictionary_engine(path)
    table = sentences("Peace talks on economics. Peace. Nothing here.")
    words = mk.sentiment_words(table, engine=engine)
    assert words["text"].tolist() == ["Peace talks", "economics", "Peace"]
    assert words["weight"].tolist() == [-1.0, 0.5, 0.25]
    scored = mk.sentiment(table, engine=engine)
    assert scored["polarity"].tolist()[:2] == [-0.25, 0.25]
    assert np.isnan(scored["polarity"].iloc[2])


def test_a_dictionary_of_liwc_with_negation(tmp_path):
    path = tmp_path / "liwc.dic"
    path.write_text("%\n1\tposemo\n2\tnegemo\n3\tother\n%\nhapp*\t1\nsad\t2\ntable\t3\n", encoding="utf-8")
    engine = mk.dictionary_engine(path, positive="posemo", negative=["negemo"], negate=True, name="liwc")
    words = mk.sentiment_words(
        sentences("They aren't really happy at the table, but sad and happily so."), engine=engine
    )
    assert words[["text", "weight", "rule", "modifiers"]].values.tolist() == [
        ["happy", -1.0, "negated", "aren't"],
        ["sad", -1.0, "as listed", ""],
        ["happily", 1.0, "as listed", ""],
    ]
    with pytest.raises(ValueError, match="there are \\['posemo', 'negemo', 'other'\\]"):
        mk.dictionary_engine(path)
    with pytest.raises(ValueError, match="no category 'joy'"):
        mk.dictionary_engine(path, positive="joy")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("word,weight\ngood,much\n", "row 1: the weight of 'good' is 'much', no number"),
        ("word,weight\ngood,1\ngood,2\n", "'good' has two weights, 1 and 2"),
        ("word,weight\n,1\n", "row 1: no word"),
        ("word,weight\n", "no words in it"),
        ("a,b\ngood,1\n", "no column 'category'"),
    ],
)
def test_a_list_that_cannot_be_read_says_where(tmp_path, content, message):
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FrameError, match=message):
        mk.dictionary_engine(path)


def test_afinn_is_a_mean_over_five():
    engine = AfinnEngine({"good": 3, "bad": -3, "no fun": -3, "fun": 4})
    (scored,) = engine.score(["GOOD, but no   fun at all"])
    assert scored.polarity == pytest.approx((3 - 3) / 2 / 5)
    assert [word.term for word in scored.words] == ["good", "no fun"]


@pytest.mark.skipif(find_spec("afinn") is None, reason="the package afinn is not installed")
def test_afinn_finds_what_its_package_finds(seeds):
    from afinn import Afinn

    table = mk.sentences(seeds)
    words = mk.sentiment_words(table, engine="afinn")
    added = (5 * words.groupby(["article_id", "sentence_no"])["weight"].sum()).round()
    for row in table.itertuples():
        assert added.get((row.article_id, row.sentence_no), 0) == Afinn().score(row.text)


def test_the_encoder_is_asked_once_for_each_text(monkeypatch):
    from mediakit import encoder
    from mediakit.sentiment_models import Encoder

    asked = []
    monkeypatch.setattr(encoder, "ratings", lambda texts: asked.extend(texts) or np.array([len(t) / 10 for t in texts]))
    engine = Encoder()
    scores = engine.score(["one", "…", "three", "one"]) + engine.score(["three", "no"])
    assert asked == ["one", "three", "no"]
    assert [score.polarity for score in scores if score.n_scored] == [0.3, 0.5, 0.3, 0.5, 0.2]
    assert [score.n_scored for score in scores] == [1, 0, 1, 1, 1, 1]
    assert engine.score(["", " "])[0].n_scored == 0


VOCABULARY = {"[PAD]": 0, "[UNK]": 1, "good": 2, "bad": 3, "the": 4, "day": 5}
# what each word adds to the logits of the labels
WEIGHTS = np.array([[9, 9, 9], [0, 1, 0], [-2, 0, 2], [2, 0, -2], [0, 0.5, 0], [0, 0.5, 0]], dtype=np.float32)


@pytest.fixture
def model_folder(tmp_path):
    """A classifier that adds up what its words weigh, as optimum would lay it out."""
    onnx = pytest.importorskip("onnx")
    tokenizers = pytest.importorskip("tokenizers")
    pytest.importorskip("onnxruntime")
    from onnx import TensorProto, helper, numpy_helper

    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(VOCABULARY, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    nodes = [
        helper.make_node("Gather", ["weights", "input_ids"], ["each"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "two"], ["wide"]),
        helper.make_node("Mul", ["each", "wide"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "one"], ["logits"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "s"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", 3])],
        [
            numpy_helper.from_array(WEIGHTS, "weights"),
            numpy_helper.from_array(np.array([2]), "two"),
            numpy_helper.from_array(np.array([1]), "one"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, tmp_path / "model.onnx")
    configure(tmp_path, ["negative", "neutral", "positive"])
    return tmp_path


def configure(folder, labels):
    config = {"id2label": {str(at): label for at, label in enumerate(labels)}, "pad_token_id": 0}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")


def expected(text, values):
    """By hand: the sum of the words' weights, as probabilities, times what the labels count."""
    words = text.lower().replace(".", " .").split()
    logits = sum(WEIGHTS[VOCABULARY.get(word, 1)] for word in words)
    share = np.exp(logits) / np.exp(logits).sum()
    return share @ np.array(values)


def test_a_model_in_a_folder_scores_as_computed_by_hand(model_folder):
    texts = ["The good day", "bad", "Good bad day of the good day", "…"]
    engine = mk.transformers_engine(model_folder, name="tiny")
    scored = engine.score(texts)
    for text, score in zip(texts[:3], scored, strict=False):
        assert score.polarity == pytest.approx(expected(text, [-1, 0, 1]), abs=1e-6)
        assert score.n_scored == 1
    assert scored[3].n_scored == 0
    rows = mk.sentiment(sentences("Good day."), engine=engine)
    assert rows["polarity"].iloc[0] == pytest.approx(expected("good day.", [-1, 0, 1]), abs=1e-6)
    assert rows["engine"].tolist() == ["tiny"]


def test_labels_are_read_by_name_or_given(model_folder):
    configure(model_folder, ["1 star", "2 stars", "3 stars"])
    assert mk.transformers_engine(model_folder).labels == {"1 star": -1, "2 stars": 0, "3 stars": 1}
    configure(model_folder, ["LABEL_0", "LABEL_1", "LABEL_2"])
    with pytest.warns(UserWarning, match="taken as .*LABEL_0.*-1.0"):
        assert mk.transformers_engine(model_folder).labels["LABEL_2"] == 1
    configure(model_folder, ["joy", "anger", "POSITIVE"])
    with pytest.raises(ValueError, match=r"what do its labels .*joy.* count"):
        mk.transformers_engine(model_folder)
    with pytest.raises(ValueError, match="wrong: \\['anger', 'POSITIVE'\\]"):
        mk.transformers_engine(model_folder, labels={"joy": 1})
    engine = mk.transformers_engine(model_folder, labels={"joy": 0.5, "anger": -1, "POSITIVE": 1})
    assert engine.score(["good"])[0].polarity == pytest.approx(expected("good", [0.5, -1, 1]), abs=1e-6)


def test_what_lacks_in_the_folder_is_named(model_folder, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no config\.json.*nothing is downloaded"):
        mk.transformers_engine(tmp_path / "nowhere")
    (model_folder / "tokenizer.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"no tokenizer\.json"):
        mk.transformers_engine(model_folder)
    (model_folder / "model.onnx").unlink()
    with pytest.raises(FileNotFoundError, match=r"neither model\.onnx nor a file in safetensors"):
        mk.transformers_engine(model_folder)
    configure(model_folder, ["one"])
    with pytest.raises(ValueError, match="no classifier"):
        mk.transformers_engine(model_folder)


def test_a_model_in_safetensors_is_read_with_transformers(tmp_path):
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=6, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, num_labels=3
    )
    config.id2label = {0: "negative", 1: "neutral", 2: "positive"}
    model = transformers.BertForSequenceClassification(config)
    model.save_pretrained(tmp_path, safe_serialization=True)
    (tmp_path / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "bad"]), encoding="utf-8"
    )
    tokenizer = transformers.BertTokenizerFast(str(tmp_path / "vocab.txt"))
    tokenizer.save_pretrained(tmp_path)
    scores = mk.transformers_engine(tmp_path).score(["good", "bad bad"])
    for text, score in zip(["good", "bad bad"], scores, strict=True):
        with torch.no_grad():
            share = model.eval()(**tokenizer(text, return_tensors="pt")).logits.softmax(-1)[0]
        assert score.polarity == pytest.approx(float(share[2] - share[0]), abs=1e-5)
