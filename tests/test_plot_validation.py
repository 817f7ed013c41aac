"""Figures and words of a validation draw and say what the frame holds, and no more."""

import pandas as pd
import pytest

import mediakit as mk
from mediakit.frames import build
from mediakit.plot_text import block_width


def row(engine, measure, value, low=None, high=None, *, label=None, n=60, caveat=""):
    return {"engine": engine, "measure": measure, "label": label, "value": value, "ci_low": low, "ci_high": high,
            "n": n, "n_articles": 12, "unit": "article", "caveat": caveat}  # fmt: skip


@pytest.fixture
def validated():
    caveat = "left out: 2 with another label"
    rows = [row("coders", "alpha", 0.71, 0.6, 0.8)]
    for name, accuracy in (("up & <b>", 0.4), ("down", 0.5)):
        rows += [
            row(name, "accuracy", accuracy, accuracy - 0.1, accuracy + 0.1, caveat=caveat),
            row(name, "macro_f1", 0.35, 0.3, 0.4, caveat=caveat),
            row(name, "alpha", -0.1, caveat="5 articles; no interval below 5"),
            row(name, "unscored", 0.25, 0.2, 0.3),
            row(name, "recall", 0.9, 0.8, 1, label="negative"),
        ]
    return build("validation", [*rows, row("always neutral", "accuracy", 0.45, 0.35, 0.55)])


@pytest.fixture
def confused():
    names = ("negative", "neutral", "unscored")
    cells = [("negative", 6, 3, 1), ("neutral", 2, 8, 0)]
    return build(
        "confusion",
        [
            {"engine": engine, "coded": coded, "scored": scored, "n": n, "share": n / sum(ns)}
            for engine in ("up", "down")
            for coded, *ns in cells
            for scored, n in zip(names, ns, strict=True)
        ],
    )


def test_points_of_engines_and_of_a_single_label(validated):
    fig = mk.plot_validation(validated)
    points = {key[0]: x for trace in fig.data for key, x in zip(trace.customdata, trace.x, strict=True)}
    assert points == {"up & <b>": 0.4, "down": 0.5, "always neutral": 0.45}
    assert "<b>" not in "".join(fig.layout.yaxis.ticktext)
    grey = next(trace for trace in fig.data if trace.customdata[0][0] == "always neutral")
    assert grey.marker.symbol == "diamond"
    assert "do not decide which engine is better" in fig.layout.meta["caption"]
    assert "left out: 2 with another label" in fig.layout.meta["caption"].casefold()
    agreed = mk.plot_validation(validated, measure="alpha")
    hollow = [trace for trace in agreed.data if trace.marker.color == "#FFFFFF"]
    assert [list(key) for trace in hollow for key in trace.customdata] == [["up & <b>", "alpha"], ["down", "alpha"]]
    with pytest.raises(ValueError, match="no measure 'recall'"):
        mk.plot_validation(validated, measure="recall")


def test_both_figures_fit_into_a_column(validated, confused):
    for fig in (mk.plot_validation(validated, measure="alpha", width=380), mk.plot_confusion(confused, width=380)):
        inside = 380 - fig.layout.margin.l - fig.layout.margin.r
        assert fig.layout.width == 380
        assert inside >= 100
        assert block_width(fig.layout.xaxis.title.text or "") <= inside


def test_the_confusion_is_drawn_by_its_shares(confused):
    fig = mk.plot_confusion(confused, engine="down")
    matrix = fig.data[0]
    assert [list(line) for line in matrix.z] == [[0.6, 0.3, 0.1], [0.2, 0.8, 0]]
    assert matrix.customdata[1][0] == ["down", "neutral", "negative"]
    assert "6 of 10 coded so" in matrix.hovertext[0][0]
    assert "(n = 10)" in "".join(fig.layout.yaxis.ticktext)
    # no column for what is never left open
    bare = confused[confused["scored"] != "unscored"].assign(n=1, share=0.5)
    assert len(mk.plot_confusion(pd.concat([bare, confused[confused["n"] == 0]])).data[0].x) == 2
    with pytest.raises(ValueError, match="no engine 'sideways'"):
        mk.plot_confusion(confused, engine="sideways")


def test_without_codings_figures_and_words_say_so():
    for fig in (mk.plot_validation(build("validation", [])), mk.plot_confusion(build("confusion", []))):
        assert "No codings yet" in fig.layout.annotations[0].text
    assert "no codings" in mk.describe_validation(build("validation", []))
    assert "no codings" in mk.describe_corrected_share(build("corrected_shares", []))


def test_words_rank_engines_only_by_a_verdict(validated):
    said = " ".join(mk.describe_validation(validated).split())
    assert "down: accuracy 0.50 (0.40 to 0.60)" in said
    assert "Between the coders, Krippendorff's α is 0.71 (0.60 to 0.80)" in said
    assert "Saying “neutral” of everything: accuracy 0.45" in said
    assert "gives no label to 25 %" in said
    assert "no interval below 5" in said
    assert "right more often" not in said
    pair = {"measure": "accuracy", "group_a": "down", "group_b": "up", "difference": 0.1, "ci_low": 0.05, "n_a": 12,
            "ci_high": 0.15, "p": 0.01, "p_adjusted": 0.01, "n_b": 12, "unit": "article", "caveat": "c"}  # fmt: skip
    for verdict, words in (
        ("differs", "down is right more often than up (p = 0.010"),
        ("cannot be told apart", "down and up cannot be told apart"),
        ("too few", "too few articles to compare"),
    ):
        differences = build("differences", [pair | {"verdict": verdict}])
        assert words in " ".join(mk.describe_validation(validated, differences).split())
    alone = validated[validated["engine"] != "coders"]
    assert "how far another coder would agree is not known" in " ".join(mk.describe_validation(alone).split())


def test_words_of_corrected_shares():
    known = {"source": "A", "engine": "vader", "label": "negative", "n": 100, "n_articles": 9, "n_coded": 40,
             "share_engine": 0.2, "share": 0.35, "ci_low": 0.25, "ci_high": 0.45, "n_needed": 90,
             "caveat": ""}  # fmt: skip
    unknown = known | {"source": "B", "share": None, "ci_low": None, "ci_high": None, "n_coded": 3, "caveat": "3 coded"}
    said = " ".join(mk.describe_corrected_share(build("corrected_shares", [known, unknown])).split())
    assert "A: negative 35 % (25 % to 45 %); vader alone says 20 %; 40 of 100 coded." in said
    assert "1 share cannot be corrected: too few coded. About 90" in said
