"""The editor of a registry of your own: names that the registry does not know, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Literal

import ipywidgets as controls
import pandas as pd

from .actor_ambiguous import ambiguous
from .actor_unresolved import unresolved
from .actor_writing import write_actors
from .actors import FORMS, TYPES, read_actors
from .actors import mentions as find_mentions
from .display import evidence_html
from .evidence import evidence
from .frames import FrameError, require

AMBIGUOUS = "ambiguous"
_MOST = 300  # names in the list; a menu of thousands is slow in the browser, and nobody goes through it
_LIKELY = 4  # actors of the registry that are proposed
_COMMON = 12  # a word that more actors share (President, Party) proposes none
_WIDE = {"description_width": "initial"}


def explore_unresolved(
    articles: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    *,
    path: str | Path = "my-actors.csv",
    names: Literal["rules", "spacy"] = "rules",
) -> controls.VBox:
    """Names that the registry does not know or cannot decide, to be put into a registry file of your own.

    Choose a name and read its sentences; say whom it names (a new actor or one of the registry, of which it is then
    another alias), of which type and form, and press Take; or press Ignore for what is no actor. An ambiguous name is
    shown with those who may be meant; once taken it means that one in every article. Save adds the rows to the file
    (see `write_actors`: no line that stands there is lost), reads it again and says how many mentions became known.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, from `read_actors`; default: the one that comes with mediakit, with the file at `path` on top
        if there is one.
    path
        The registry file, a .csv.
    names
        How names are proposed: see `unresolved`.
    """
    require(articles, "articles")
    return _Editor(articles, actors, path, names).box


class _Editor:
    """The parts of the editor and what has been decided and not saved yet."""

    def __init__(
        self,
        articles: pd.DataFrame,
        actors: pd.DataFrame | None,
        path: str | Path,
        names: Literal["rules", "spacy"],
    ) -> None:
        self.articles, self.by, self.given = articles, names, actors
        self.actors = read_actors() if actors is None else actors
        self.decided: dict[str, dict[str, str]] = {}
        self.of_type = controls.Dropdown(description="Show", style=_WIDE, layout={"width": "auto"})
        self.list = controls.Select(rows=14, layout={"width": "auto"})
        self.actor = controls.Combobox(description="Actor", continuous_update=False, layout={"width": "auto"})
        self.type = controls.Dropdown(description="Type", options=TYPES)
        self.form = controls.Dropdown(description="Form", options=FORMS)
        self.likely = controls.HBox(layout={"flex_flow": "row wrap"})
        self.take = controls.Button(description="Take", icon="check", button_style="primary")
        self.ignore = controls.Button(description="Ignore", icon="ban", tooltip="No actor: never read as one")
        self.undo = controls.Button(description="Undo", icon="undo", tooltip="Decide on this name later")
        self.file = controls.Text(str(path), description="File", continuous_update=False)
        self.save = controls.Button(description="Save", icon="save")
        self.status, self.evidence = controls.HTML(), controls.HTML()
        self.rows, self.code = controls.HTML(), controls.HTML()
        self.box = self._laid_out()
        self._guarded(self._open)
        self.of_type.observe(lambda _: self._guarded(self._fill), names="value")
        self.list.observe(lambda _: self._guarded(self._show), names="value")
        self.actor.observe(lambda _: self._guarded(self._fit), names="value")
        self.take.on_click(lambda _: self._guarded(self._take))
        self.ignore.on_click(lambda _: self._guarded(self._ignore))
        self.undo.on_click(lambda _: self._guarded(self._undo))
        self.save.on_click(lambda _: self._guarded(self._save))

    def _laid_out(self) -> controls.VBox:
        buttons = controls.HBox([self.take, self.ignore, self.undo])
        decide = controls.VBox(
            [self.actor, self.likely, controls.HBox([self.type, self.form], layout={"flex_flow": "row wrap"}), buttons],
            layout={"flex": "1 1 380px", "min_width": "320px"},
        )
        names = controls.VBox([self.of_type, self.list], layout={"flex": "1 1 320px", "min_width": "260px"})
        read = controls.Box([self.evidence], layout={"max_height": "320px", "overflow": "auto", "display": "block"})
        saving = controls.HBox([self.file, self.save])
        top = controls.Box([names, decide], layout={"flex_flow": "row wrap"})
        box = controls.VBox([self.status, top, read.add_class("mediakit-evidence"), self.rows, saving, self.code])
        return box.add_class("mediakit-editor")

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:  # whatever goes wrong must be read by the user: a widget would swallow it
            self._say(f"{type(error).__name__}: {error}", wrong=True)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        kind = ' class="mediakit-error" role="alert"' if wrong else ""
        self.status.value = f"<p{kind}>{escape(words)}</p>"

    # --- what there is to decide ------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self.given is None and Path(self.file.value).exists():
            self.actors = read_actors(self.file.value)
        self._look()
        self._say(self._left())

    def _left(self) -> str:
        n_ambiguous = int((self.names["kind"] == AMBIGUOUS).sum())
        first = f"; the list holds the first {_MOST}" if len(self.names) > _MOST else ""
        return (
            f"{_count(len(self.names) - n_ambiguous, 'name')} that the registry does not know, {n_ambiguous:,} that "
            f"the articles leave ambiguous; those in most articles first{first}."
        )

    def _look(self) -> None:
        """Look for names with the registry as it is now."""
        registry = self.actors
        found = find_mentions(self.articles, registry, unknown=self.by)
        doubtful = ambiguous(self.articles, registry)
        self.found = pd.concat([found, doubtful.assign(actor=doubtful["text"], known=False)], ignore_index=True)
        self.names = _names(unresolved(self.articles, registry, names=self.by), doubtful, registry)
        self.types = registry.drop_duplicates("actor").set_index("actor")["type"]
        self.words = _by_word(zip(registry["actor"], registry["alias"], strict=True))
        self.actor.options = sorted({*self.types.index, *(row["actor"] for row in self.decided.values())})
        kinds = self.names["kind"].value_counts()
        menu = [(f"all names ({len(self.names):,})", "all")]
        _offer(self.of_type, menu + [(f"{kind} ({n:,})", kind) for kind, n in kinds.items()])
        self._fill()

    def _fill(self) -> None:
        """The list of names, with a mark at those that have been decided."""
        shown = self.names
        if self.of_type.value != "all":
            shown = shown[shown["kind"] == self.of_type.value]
        rows = [
            (f"{self._mark(name)}{name} · {n:,} in {_count(n_articles, 'article')} · {kind}", name)
            for name, n, n_articles, kind in shown[["n", "n_articles", "kind"]].head(_MOST).itertuples(name=None)
        ]
        _offer(self.list, rows)
        self._show()

    def _mark(self, name: str) -> str:
        row = self.decided.get(name)
        return "" if row is None else "✗ " if row["type"] in ("other", "place") else "✓ "

    def _show(self) -> None:
        """The chosen name with its sentences, and what has been decided on it or is proposed."""
        name = self.list.value
        nothing = name is None
        for control in (self.actor, self.type, self.form, self.take, self.ignore, self.undo):
            control.disabled = nothing
        self.likely.children = ()
        if nothing:
            self.actor.value, self.evidence.value = "", "<p>No name is left to decide on.</p>"
            return
        proposed = self.names.loc[name].to_dict()
        row = self.decided.get(name) or proposed
        self.actor.value, self.type.value, self.form.value = row["actor"], row["type"], row["form"]
        self.undo.disabled = name not in self.decided
        likely = [one for one in dict.fromkeys([*proposed["candidates"], *_likely(name, self.words)]) if one != name]
        self.likely.children = [self._suggestion(actor) for actor in likely[:_LIKELY]]
        spans = self.found[~self.found["known"] & (self.found["actor"] == name)]
        self.evidence.value = evidence_html(evidence(spans, self.articles), self.articles)

    def _suggestion(self, actor: str) -> controls.Button:
        button = controls.Button(description=actor, tooltip=f"Another name of {actor}", layout={"width": "auto"})
        button.on_click(lambda _: setattr(self.actor, "value", actor))
        return button

    def _fit(self) -> None:
        """Type and form that fit the actor: those of a known one are the registry's."""
        actor, name = self.actor.value.strip(), self.list.value
        if name is None:
            return
        if actor in self.types.index:
            self.type.value = self.types[actor]
        surname = self.type.value == "person" and actor.endswith(f" {name}")
        self.form.value = "name" if actor == name else "surname" if surname else "variant"

    # --- what the user decides --------------------------------------------------------------------------------------

    def _take(self) -> None:
        actor = self.actor.value.strip()
        if not actor:
            raise FrameError("Actor is empty: write whom the name names, or press Ignore.")
        self._decide({"actor": actor, "type": self.type.value, "form": self.form.value})

    def _ignore(self) -> None:
        # a place is set aside as one: a name of type other may still be proposed as a place
        kind = "place" if self.type.value == "place" else "other"
        self._decide({"actor": self.list.value, "type": kind, "form": "name"})

    def _decide(self, row: dict[str, str]) -> None:
        name = self.list.value
        # what is ambiguous by the registry's rules means this actor from now on, also where nobody introduced it
        self.decided[name] = {"alias": name} | row | {"when": "always"}
        names = [value for _, value in self.list.options]
        self._fill()
        following = [other for other in names[names.index(name) :] + names if other not in self.decided]
        if following:
            self.list.value = following[0]
        self._tell_rows()

    def _undo(self) -> None:
        self.decided.pop(self.list.value, None)
        self._fill()
        self._tell_rows()

    def _tell_rows(self) -> None:
        lines = [",".join((row["actor"], row["alias"], row["type"], row["form"])) for row in self.decided.values()]
        self.rows.value = f"<b>{_count(len(lines), 'row')} to save</b><pre>{escape(chr(10).join(lines))}</pre>"
        self._say(f"{len(lines):,} of {len(self.names):,} names decided; Save writes them.")

    def _save(self) -> None:
        if not self.decided:
            raise FrameError("Nothing to save: choose a name, then press Take or Ignore.")
        self._say("Working …")
        path, before = self.file.value.strip(), self.found
        write_actors(pd.DataFrame(list(self.decided.values())), path)
        code = f"actors = mk.read_actors({path!r})"
        if self.given is not None:
            own = read_actors(path, builtin=False)
            self.actors = pd.concat([own, self.given[~self.given["alias"].isin(own["alias"])]], ignore_index=True)
            code = (
                f"own = mk.read_actors({path!r}, builtin=False)\n"
                "actors = pd.concat([own, actors[~actors['alias'].isin(own['alias'])]])"
            )
        else:
            self.actors = read_actors(path)
        n = len(self.decided)
        self.decided.clear()
        self._look()
        self.rows.value, self.code.value = "", f"<pre>{escape(code)}</pre>"
        self._say(f"{_count(n, 'row')} saved to {path}: {_became(before, self.found)}. {self._left()}")


def _names(unknown: pd.DataFrame, doubtful: pd.DataFrame, registry: pd.DataFrame) -> pd.DataFrame:
    """One row per name to decide on: how often it stands there, and a first guess at its row in a registry.

    `kind` is the type that is guessed, or ambiguous; candidates are those of the registry who may be meant.
    """
    types = registry.drop_duplicates("actor").set_index("actor")["type"]
    forms = dict(zip(zip(registry["actor"], registry["alias"], strict=True), registry["form"], strict=True))
    rows = []
    for row in unknown.to_dict("records"):
        like = [row["like"]] if isinstance(row.get("like"), str) else []
        rows.append({"name": row["actor"], **row, "kind": row["type"], "candidates": like})
    for text, part in doubtful.groupby("text"):
        candidates = list(dict.fromkeys(actor for line in part["candidates"] for actor in line.split("; ")))
        first = candidates[0]
        guess = {"actor": first if len(candidates) == 1 else "", "type": types[first], "form": forms.get((first, text))}
        counts = {"n": len(part), "n_articles": part["article_id"].nunique()}
        rows.append(counts | guess | {"name": text, "kind": AMBIGUOUS, "candidates": candidates})
    columns = ["name", "actor", "type", "form", "n", "n_articles", "kind", "candidates"]
    table = pd.DataFrame(rows, columns=columns).drop_duplicates("name")
    table["form"] = table["form"].fillna("variant")
    order = table.sort_values(["n_articles", "n", "name"], ascending=[False, False, True], kind="stable")
    return order.set_index("name")


def _offer(menu: controls.Widget, rows: list[tuple[str, str]]) -> None:
    """New options for a menu; what was chosen stays chosen if it is still there, else the first is."""
    values = [value for _, value in rows]
    chosen = menu.value if menu.value in values else values[0] if values else None
    menu.options = rows
    menu.value = chosen


def _became(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """What the new rows changed, in words."""
    spans = ["article_id", "start", "end"]
    was = before.loc[~before["known"], spans]
    now = was.merge(after[[*spans, "known", "type"]], on=spans, how="left")
    actor = now["known"].eq(True) & now["type"].ne("place")
    aside = now["known"].isna() | (now["known"].eq(True) & now["type"].eq("place"))
    return f"{_count(int(actor.sum()), 'mention')} became known, {int(aside.sum()):,} set aside"


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def _by_word(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """For each word of an alias the actors that have it."""
    index: dict[str, set[str]] = defaultdict(set)
    for actor, alias in pairs:
        for word in alias.split():
            index[word].add(actor)
    return dict(index)


def _likely(name: str, words: dict[str, set[str]]) -> list[str]:
    """Registered actors that share a word with a name which few others have, the rarest word first."""
    shared = sorted((len(words[word]), word) for word in set(name.split()) if word in words)
    rare = [words[word] for n, word in shared if n <= _COMMON]
    ranked = [actor for bearers in rare for actor in sorted(bearers)]
    return sorted(dict.fromkeys(ranked), key=lambda actor: -sum(actor in bearers for bearers in rare))[:_LIKELY]
