"""No answer is lost: not by a kill in mid-write, a second coder, a change of mind, a formula or a bad key."""

import os
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, make_articles

from mediakit.coding import coding_sample, read_codings
from mediakit.coding_files import append_coding, repair
from mediakit.coding_session import Session
from mediakit.frames import FrameError
from mediakit.text import sentences
from mediakit.widget_coding import explore_coding

LABELS = ("negative", "neutral", "positive")


@pytest.fixture(scope="module")
def sample():
    texts = [f"“Talks {n}, again” failed.\nIt <i>rained</i> & =SUM({n}) was said, then. Peace came." for n in range(8)]
    return coding_sample(sentences(make_articles(*[{"text": text} for text in texts])), 20)


def record(n, label, coder="Ann"):
    text = f'Text {n}, with “marks”, a "quote" and ümläuts'
    return {"article_id": f"a,{n}", "start": n, "end": n + 5, "text": text, "coder": coder, "label": label,
            "coded_at": "2026-01-02T03:04:05Z"}  # fmt: skip


def press(box, *keys):
    """Press keys as the page does."""
    pad = box.children[1]
    for key in keys:
        pad._handle_custom_msg({"key": key, "unit": pad.unit}, [])


def shown(box):
    return box.children[1].card


def said(box):
    return box.children[0].value


def test_a_file_cut_anywhere_loses_no_whole_answer(tmp_path):
    path = tmp_path / "codings.csv"
    for n in range(3):
        append_coding(path, record(n, LABELS[n]))
    data = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]
    for cut in [*range(0, ends[-2] - 9, 41), *range(ends[-2] - 9, len(data) + 1, 2), len(data) - 1]:
        path.write_bytes(data[:cut])
        told = repair(path)
        whole = sum(end <= cut for end in ends) - 1
        kept = list(read_codings(path)["label"])
        assert kept[: max(whole, 0)] == list(LABELS[: max(whole, 0)])
        # of a line without its end the answer is kept if it is there, and told if not
        if cut not in (0, *ends) and cut > ends[0]:
            assert len(kept) == whole + (not told)
        append_coding(path, record(9, "neutral", coder="Bob"))
        again = read_codings(path)
        assert list(again["label"]) == [*kept, "neutral"]
        assert list(again["coder"])[-1] == "Bob"


def test_a_torn_line_is_told_and_left_out_by_the_reader(tmp_path):
    path = tmp_path / "codings.csv"
    append_coding(path, record(0, "negative"))
    append_coding(path, record(1, "positive"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.warns(UserWarning, match="cut short"):
        assert list(read_codings(path)["label"]) == ["negative"]


def test_a_process_killed_while_it_writes_leaves_a_file_to_go_on_with(tmp_path):
    path = tmp_path / "codings.csv"
    code = (
        "import itertools, pathlib, sys; from mediakit.coding_files import append_coding\n"
        "for n in itertools.count():\n"
        "    append_coding(pathlib.Path(sys.argv[1]), dict(article_id='a', start=n, end=n + 1, text='x', coder='Ann',"
        " label='neutral', coded_at='2026-01-02T03:04:05Z'))\n"
        "    print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, path], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for _ in range(20):
            process.stdout.readline()
        time.sleep(0.01)
        process.kill()
        reported = 20 + len(process.stdout.read().splitlines())
    repair(path)
    assert len(read_codings(path)) >= reported


def test_the_last_answer_of_a_coder_counts(tmp_path):
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    for one in (record(0, "negative"), record(1, "neutral"), record(0, "positive"), record(1, "")):
        append_coding(ours, one)
    append_coding(ours, record(0, "neutral", coder="Bob"))
    append_coding(theirs, record(0, "negative", coder="Cleo"))
    codings = read_codings(ours, theirs)
    assert dict(zip(codings["coder"], codings["label"], strict=True)) == {
        "Ann": "positive",
        "Bob": "neutral",
        "Cleo": "negative",
    }
    assert str(codings["coded_at"].dtype) == "datetime64[us, UTC]"


def test_files_of_ones_own(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("article_id,start,end,coder,label\na,0,5,Ann,neutral\na,6,9,Ann,positive", encoding="utf-8-sig")
    codings = read_codings(path)
    assert list(codings["label"]) == ["neutral", "positive"]
    assert codings["coded_at"].isna().all()
    with pytest.raises(FrameError, match="Choose another file"):
        repair(path)
    for content, words in (
        ("article_id,start,coder,label\n", "missing column 'end'"),
        ("article_id,start,end,coder,label\na,x,5,Ann,neutral\n", "line 2: start and end"),
        ("article_id,start,end,coder,label\na,1,5,,neutral\n", "line 2: no coder"),
    ):
        path.write_text(content)
        with pytest.raises(FrameError, match=words):
            read_codings(path)
    path.write_bytes(b"article_id,start,end,coder,label\na,1,5,\xff,neutral\n")
    with pytest.raises(FrameError, match="no UTF-8"):
        read_codings(path)
    path.write_text("")
    assert read_codings(path).empty


def test_keys_code_and_what_is_shown_is_escaped(sample, tmp_path):
    path = tmp_path / "codings.csv"
    box = explore_coding(sample, path, coder="Ann")
    units = sample.to_dict("records")
    assert "1 of 20 · 0 coded" in shown(box)
    given = []
    for unit in units[:19]:
        assert ("&lt;i&gt;rained&lt;/i&gt; &amp;" in shown(box)) == ("<i>" in unit["text"])
        assert "<i>" not in shown(box)
        given.append(LABELS[len(given) % 3])
        press(box, str(len(given) % 3 or 3))
    expected = [LABELS[n % 3] for n in range(19)]
    press(box, "1")
    codings = read_codings(path)
    assert list(codings["label"]) == [*expected, "negative"]
    assert list(zip(codings["article_id"], codings["start"], codings["end"], strict=True)) == [
        (unit["article_id"], unit["start"], unit["end"]) for unit in units
    ]
    assert "All 20 coded by Ann" in shown(box)
    assert not any(line.split(",")[3].startswith("=") for line in path.read_text().splitlines())
    press(box, "u")
    assert "20 of 20 · 19 coded" in shown(box)
    assert len(read_codings(path)) == 19


def test_back_skip_context_and_a_change_of_mind(sample, tmp_path):
    box = explore_coding(sample, tmp_path / "codings.csv")
    press(box, "1", "s", "2")
    assert "4 of 20 · 2 coded" in shown(box)
    press(box, "←", "←", "←")
    assert "1 of 20" in shown(box)
    assert "your answer: negative" in shown(box)
    press(box, "3")  # changed; then on to the one that was skipped
    assert "2 of 20 · 2 coded" in shown(box)
    press(box, "→", "c")
    middle = sample.iloc[2]
    assert ("mk-near" in shown(box)) == bool(middle["before"] or middle["after"])
    assert list(read_codings(tmp_path / "codings.csv")["label"]) == ["neutral", "positive"]


def test_coding_goes_on_where_it_was_left(sample, tmp_path):
    path = tmp_path / "codings.csv"
    press(explore_coding(sample, path, coder="Ann"), *"12s3")
    again = explore_coding(sample, path, coder="Ann")
    assert "3 of 20 · 3 coded by Ann" in shown(again)
    assert "1 of 20 · 0 coded by Bob" in shown(explore_coding(sample, path, coder="Bob"))
    press(again, "u")
    assert "4 of 20 · 2 coded" in shown(again)
    # codings of another text at the same place are not taken for answers
    other = sample.assign(text=sample["text"] + "!")
    assert "1 of 20 · 0 coded" in shown(explore_coding(other, path, coder="Ann"))
    path.write_bytes(path.read_bytes() + b"a0,0")
    assert "cut short" in said(explore_coding(sample, path, coder="Ann"))


def test_a_key_for_a_sentence_that_is_gone_does_nothing(sample, tmp_path):
    box = explore_coding(sample, tmp_path / "codings.csv")
    pad = box.children[1]
    press(box, "1")
    tick = pad.tick
    pad._handle_custom_msg({"key": "3", "unit": 0}, [])
    assert pad.tick > tick  # the page is answered all the same, or it would wait
    assert list(read_codings(tmp_path / "codings.csv")["label"]) == ["negative"]


def test_what_cannot_be_saved_is_said_and_not_counted(sample, tmp_path):
    folder = tmp_path / "gone"
    box = explore_coding(sample, folder / "codings.csv")
    press(box, "1")
    assert "mediakit-error" in said(box)
    assert "Not saved. FileNotFoundError" in said(box)
    assert "1 of 20 · 0 coded" in shown(box)
    folder.mkdir()
    press(box, "1")
    assert said(box) == ""
    assert "2 of 20 · 1 coded" in shown(box)


def test_the_target_is_marked(tmp_path):
    articles = make_articles({"text": "Then Ann met Bob & <Cleo>."})
    rows = pd.DataFrame([{"article_id": "a0", "sentence_no": 0, "start": 5, "end": 8, "text": "Ann", "actor": "A & R"}])
    box = explore_coding(coding_sample(rows, 1, articles=articles), tmp_path / "codings.csv")
    assert "Then <mark>Ann</mark> met Bob &amp; &lt;Cleo&gt;." in shown(box)
    assert "towards <b>A &amp; R</b>" in shown(box)


def test_what_a_session_cannot_begin_with(sample, tmp_path):
    for options, words in (
        ({"path": "codings.txt"}, "choose this ending"),
        ({"coder": " "}, "coder is empty"),
        ({"labels": ("yes",)}, "two to 9"),
        ({"labels": ("yes", "yes")}, "two to 9"),
        ({"labels": [str(n) for n in range(10)]}, "two to 9"),
    ):
        given = {"path": "codings.csv", "coder": "Ann", "labels": LABELS} | options
        with pytest.raises(ValueError, match=words):
            Session(sample, tmp_path / given.pop("path"), **given)
    with pytest.raises(FrameError, match="coding_sample: missing"):
        explore_coding(sample[["article_id"]], tmp_path / "codings.csv")
    assert "The sample is empty" in shown(explore_coding(sample[:0], tmp_path / "codings.csv"))
    assert os.listdir(tmp_path) == []
    assert np.all(sample["weight"] > 0)
