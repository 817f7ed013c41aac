"""Coding by hand in a notebook, with the keyboard: one sentence or mention after the other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from typing import Any

import anywidget
import ipywidgets as controls
import pandas as pd
import traitlets

from .coding_session import Session, Unit

# The page knows nothing but the card and the keys. After a key it waits for the next card: a second press must not
# answer for a sentence that has not been read. Keys stay here: JupyterLab would make headings of 1, 2 and 3.
_ESM = """
function render({ model, el }) {
  const pad = document.createElement("div");
  pad.className = "mediakit-coding";
  pad.tabIndex = 0;
  pad.setAttribute("data-lm-suppress-shortcuts", "true");
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Coding: answer with the keys shown on the buttons");
  const card = document.createElement("div"), buttons = document.createElement("div");
  const state = document.createElement("div");
  card.setAttribute("aria-live", "polite");
  buttons.className = "mk-keys";
  state.className = "mk-state";
  pad.append(card, buttons, state);
  el.append(pad);
  let waiting = null;
  const press = (key) => {
    if (waiting) return;
    waiting = setTimeout(() => {
      state.textContent = "No answer from the kernel: the last key may not be saved. Run the cell again to go on.";
      waiting = null;
    }, 8000);
    state.textContent = "saving …";
    model.send({ key, unit: model.get("unit") });
  };
  const show = () => {
    clearTimeout(waiting);
    waiting = null;
    card.innerHTML = model.get("card");
    state.textContent = "";
    buttons.replaceChildren(...model.get("choices").map(([key, name]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = -1;
      button.textContent = `${name} (${key})`;
      button.onclick = () => { pad.focus(); press(key); };
      return button;
    }));
  };
  const known = { ArrowLeft: "←", ArrowRight: "→", Backspace: "u" };
  pad.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return;
    const key = known[event.key] || event.key.toLowerCase();
    event.stopPropagation();
    if (!model.get("choices").some(([one]) => one === key)) return;
    event.preventDefault();
    if (!event.repeat) press(key);
  });
  model.on("change:tick", show);
  show();
}
export default { render };
"""

_CSS = """
.mediakit-coding{border:2px solid rgba(128,128,128,.4);border-radius:4px;padding:10px 16px;max-width:46em;outline:none}
.mediakit-coding:focus{border-color:#0072B2}
.mediakit-coding:not(:focus) .mk-state:empty::before{content:"Click here, then answer with the keys."}
.mediakit-coding .mk-text{font-size:17px;line-height:1.5;margin:12px 0;overflow-wrap:anywhere}
.mediakit-coding .mk-near{opacity:.65}
.mediakit-coding mark{background:#ffe08a;color:#1b1b1b;padding:0 1px}
.mediakit-coding .mk-keys button{margin:0 6px 6px 0;padding:4px 10px;cursor:pointer}
.mediakit-coding .mk-progress,.mediakit-coding .mk-state{font-size:13px;opacity:.8;min-height:1.4em}
"""

_COMMANDS = (("←", "back"), ("→", "forward"), ("s", "skip"), ("u", "undo"), ("c", "context"))


def explore_coding(
    sample: pd.DataFrame,
    path: str | os.PathLike[str] = "codings.csv",
    *,
    coder: str = "coder 1",
    labels: Sequence[str] = ("negative", "neutral", "positive"),
) -> controls.VBox:
    """Code a sample by hand: read a sentence, press a key; each answer is on the disk before the next sentence comes.

    Keys: 1, 2, 3 … give the labels; ← and → look at other sentences, where a key changes the answer; s skips; u takes
    the last answer back; c shows the sentences before and after. Run the call again, also after the kernel or the
    machine has stopped, to go on where you were.

    Parameters
    ----------
    sample
        The frame `coding_sample(rows, n)`: nothing of any engine is in it.
    path
        The CSV file; it is only ever added to. Several coders may share one or have one each; read them with
        `read_codings(path, …)`.
    coder
        Who gives the labels. Nobody sees the answers of another.
    labels
        From low to high, at most nine.

    Raises
    ------
    FrameError
        A column of `sample` is missing, or the file is none of codings.
    ValueError
        The file is no .csv; no coder; fewer than two labels, the same twice, or more than nine.
    """
    return _Coding(Session(sample, path, coder, labels), f"{os.fspath(path)}").box


class _Pad(anywidget.AnyWidget):
    """What the page shows and sends; all text in `card` is escaped before it comes here."""

    _esm = _ESM
    _css = _CSS
    card = traitlets.Unicode("").tag(sync=True)
    choices: traitlets.List[Any] = traitlets.List([]).tag(sync=True)
    unit = traitlets.Int(0).tag(sync=True)
    tick = traitlets.Int(0).tag(sync=True)  # changes with each card, also where it looks like the last


class _Coding:
    """The session, and what is shown of it."""

    def __init__(self, session: Session, name: str) -> None:
        self.session, self.context, self.name = session, False, name
        keys = [(str(place), label) for place, label in enumerate(session.labels, 1)]
        self.pad, self.status = _Pad(choices=[*keys, *_COMMANDS]), controls.HTML()
        code = f"<pre>{escape(f'codings = mk.read_codings({name!r})')}</pre>"
        self.box = controls.VBox([self.status, self.pad, controls.HTML(code)])
        self._say(session.said)
        self._show()
        self.pad.on_msg(lambda _, content, __: self.press(content.get("key", ""), content.get("unit")))

    def press(self, key: str, unit: int | None) -> None:
        """What a key does; `unit` is the one that was shown when it was pressed."""
        session = self.session
        actions = {
            "←": lambda: session.step(-1),
            "→": lambda: session.step(1),
            "s": session.skip,
            "u": session.undo,
            "c": lambda: setattr(self, "context", not self.context),
        } | {str(n): lambda label=label: session.answer(label) for n, label in enumerate(session.labels, 1)}
        try:
            self._say("")
            if key in actions and unit == session.at:
                actions[key]()
                self._say(session.said)
        except Exception as error:  # whatever goes wrong must be read by the coder: a widget would swallow it
            self._say(f"Not saved. {type(error).__name__}: {error}", wrong=True)
        self._show()

    def _say(self, words: str, *, wrong: bool = False) -> None:
        kind = ' class="mediakit-error" role="alert"' if wrong else ""
        self.status.value = f"<p{kind}>{escape(words)}</p>" if words else ""

    def _show(self) -> None:
        session = self.session
        done, n, unit = len(session.answers), len(session.units), session.unit
        if unit is None:
            head = f"All {n} coded by {session.coder}." if n else "The sample is empty."
            body = f'<div class="mk-text">Saved in {escape(self.name)}.</div>'
        else:
            given = session.answers.get(session.at)
            head = f"{session.at + 1} of {n} · {done} coded by {session.coder}"
            head += f" · your answer: {given}" if given else ""
            body = _card(unit, context=self.context)
        with self.pad.hold_sync():
            self.pad.card = f'<div class="mk-progress">{escape(head)}</div>{body}'
            self.pad.unit = session.at
            self.pad.tick += 1


def _card(unit: Unit, *, context: bool) -> str:
    """The sentence with its target marked; the sentences beside it where they are wanted."""
    sentence = str(unit["sentence"])
    start = unit["start"] - unit["sentence_start"]
    end = start + unit["end"] - unit["start"]
    target = unit.get("target")
    if target is None and end - start >= len(sentence):
        shown = escape(sentence)  # a mark over all of it would say nothing
    else:
        shown = f"{escape(sentence[:start])}<mark>{escape(sentence[start:end])}</mark>{escape(sentence[end:])}"
    near = {name: escape(str(unit.get(name) or "")) if context else "" for name in ("before", "after")}
    parts = [
        f'<span class="mk-near">{near["before"]}</span>' if near["before"] else "",
        shown,
        f'<span class="mk-near">{near["after"]}</span>' if near["after"] else "",
    ]
    about = f'<div class="mk-progress">towards <b>{escape(str(target))}</b></div>' if target is not None else ""
    return f'{about}<div class="mk-text" dir="auto">{" ".join(part for part in parts if part)}</div>'
