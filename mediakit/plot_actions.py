"""Who is shown acting and who is acted upon: bars to either side.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_style import PALETTE, Words
from .plot_text import count, evidence_text, fitted, hover, label, listed, number, slim

MAX_GROUPS, MAX_ROWS = 6, 36
AGENT, PATIENT, PALE = PALETTE[0], PALETTE[1], "#F3C7A5"
_SIDES = (
    ("acts (agent)", "n_agent", 1, {"color": AGENT}),
    ("acted upon (patient)", "n_upon", -1, {"color": PATIENT}),
    (
        "acted upon, agent left out",
        "n_agentless",
        -1,
        {"color": PATIENT, "pattern": {"shape": "/", "fgcolor": PATIENT, "bgcolor": PALE, "size": 5, "solidity": 0.35}},
    ),
)
Quotes = Mapping[tuple[str, ...], str]


@fitted
def plot_action_counts(
    action_counts: pd.DataFrame,
    *,
    top: int = 12,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Who is shown acting (bars to the right) and who is acted upon (to the left).

    Parameters
    ----------
    action_counts
        One row per actor (and group), from `action_counts(actions, articles, by=…)`.
    top
        At most this many actors, those with the most predicates in all groups together; with groups fewer, so that
        36 rows are enough.
    articles, evidence, title, call, width
        As in every plot; `evidence`, such as `evidence(actions, articles)`, is matched on the grouping columns and on
        `agent` for bars to the right, on `patient` for those to the left.

    Returns
    -------
    For each actor (below its name, for each of at most six groups) a bar of n_agent to the right and one of n_patient
    to the left, whose hatched part are passives that name no agent. customdata: the grouping columns, then actor.
    """
    action_counts = require(action_counts, "action_counts").reset_index(drop=True)
    known = {column.name for column in FRAMES["action_counts"].columns}
    keys = [column for column in action_counts.columns if column not in known]
    by = f" by {listed(keys)}" if keys else ""
    words = Words("action_counts", f"Who acts, and who is acted upon{by and ','}{by}", "", "", 0)
    table = action_counts.assign(
        _group=style.joined(action_counts, keys),
        _actor=labels(action_counts["actor"]),
        n=action_counts["n_agent"] + action_counts["n_patient"],
        n_upon=action_counts["n_patient"] - action_counts["n_agentless"],
    )
    if table["n"].sum() == 0:
        why = "No actions: no actor is the agent or the patient of a verb in these articles."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    totals = table.groupby("_actor", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    sizes = table.groupby("_group", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    groups = sorted(sizes.index[:MAX_GROUPS])
    room = min(top, max(1, MAX_ROWS // (len(groups) + 1))) if keys else top
    actors = list(totals.index[:room])
    fig = go.Figure()
    rows = _rows(fig, table, actors, groups if keys else None)
    _bars(fig, rows, keys, evidence)
    _count_axis(fig, rows)
    left_out = [f"and {len(totals) - len(actors):,} more actors"] if len(totals) > len(actors) else []
    left_out += [f"and {len(sizes) - len(groups):,} more groups"] if len(sizes) > len(groups) else []
    told = [f"{row['_actor']}{_in(row)} acts {row['n_agent']:,}, is acted upon {row['n_patient']:,}" for row in rows]
    total = int(table["n"].sum())
    said = Words(
        "action_counts",
        words.title,
        "; ".join([f"n = {count(total, 'time')} that {_actors(len(totals))} agent or patient of a verb", *left_out]),
        f"Bars to both sides{by}: {'; '.join(told[:12])}.",
        total,
        (
            "Acting is being the subject of an active verb or named in a by-phrase; acted upon its object, or the "
            "subject of a passive. Hatched: passives that do not say who did it.",
            "Whether groups differ the counts do not tell: differences(agency(…)) tests it by article." if keys else "",
        ),
    )
    height = style.rows_height(fig, 24 if keys else 28)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _actors(n: int) -> str:
    return f"{count(n, 'actor')} {'is' if n == 1 else 'are'}"


def _in(row: Mapping[str, Any]) -> str:
    return f" in {row['_group']}" if row["_group"] else ""


def _rows(fig: go.Figure, table: pd.DataFrame, actors: list[str], groups: list[str] | None) -> list[dict[str, Any]]:
    """The rows in drawing order with their place `_at`; sets the axis. With groups a line for each actor's name."""
    known: dict[str, list[dict[str, Any]]] = {actor: [] for actor in actors}
    for row in table[table["_actor"].isin(actors)].to_dict("records"):
        if groups is None or row["_group"] in groups:
            known[row["_actor"]].append(row)
    rows, ticks, places, at = [], [], [], 0.0
    for actor, found in known.items():
        if groups is not None and found:
            ticks.append(f"<b>{label(actor, 215, max_lines=1)}</b>")
            places.append(at)
            at += 0.9
        for row in sorted(found, key=lambda row: row["_group"]):
            told = f"n = {row['n']:,} in {count(int(row['n_articles']), 'article')}"
            ticks.append(label(row["_group"] if groups is not None else actor, 230, n=told))
            places.append(at)
            rows.append(row | {"_at": at})
            at += 1
        at += 0.25 if groups is not None else 0
    style.row_axis(fig, ticks, at=places, room=0.6)
    return rows


def _bars(fig: go.Figure, rows: list[dict[str, Any]], keys: list[str], evidence: pd.DataFrame | None) -> None:
    voice = evidence["voice"] == "agentless" if evidence is not None and "voice" in evidence else None
    named = {
        "n_agent": ("agent", evidence),
        "n_upon": ("patient", evidence if evidence is None or voice is None else evidence[~voice]),
        "n_agentless": ("patient", None if evidence is None or voice is None else evidence[voice]),
    }
    below = np.zeros(len(rows))
    for name, column, sign, look in _SIDES:
        values = np.array([row[column] for row in rows])
        role, shown = named[column]
        quotes = evidence_text(shown, [*keys, role])
        found = [[str(row[key]) for key in [*keys, "actor"]] for row in _labelled(rows, [*keys, "actor"])]
        texts = [_hover(row, quotes.get(tuple(key), "")) for row, key in zip(rows, found, strict=True)]
        fig.add_bar(
            x=sign * values,
            y=[row["_at"] for row in rows],
            base=sign * below if sign < 0 else None,
            orientation="h",
            width=0.66,
            marker=look | {"line": {"width": 0}},
            name=label(name, 330, max_lines=1),
            showlegend=True,
            textposition="none",
            **style.marks([*keys, "actor"], found, texts),
        )
        below = below + values if sign < 0 else below
    fig.update_layout(barmode="overlay")


def _labelled(rows: list[dict[str, Any]], keys: list[str]) -> list[dict[str, str]]:
    table = pd.DataFrame({key: labels(pd.Series([row[key] for row in rows], dtype="object")) for key in keys})
    return table.to_dict("records")


def _hover(row: Mapping[str, Any], sentences: str) -> str:
    head = f"{row['_actor']} · {row['_group']}" if row["_group"] else row["_actor"]
    return hover(
        head,
        [
            f"acts {row['n_agent']:,} ({row['n_agent_active']:,} active, {row['n_agent_passive']:,} by-phrase)",
            f"acted upon {row['n_patient']:,}, of these {row['n_agentless']:,} without an agent",
            f"share of acting {number(row['share_agent'])}; in {count(int(row['n_articles']), 'article')}",
        ],
        sentences,
    )


def _count_axis(fig: go.Figure, rows: list[dict[str, Any]]) -> None:
    """Counts on both sides of zero, without a sign."""
    right, left = max(row["n_agent"] for row in rows), max(row["n_patient"] for row in rows)
    wide, most = max(right + left, 1), 3 if slim() else 8
    step = next(size for power in range(9) for size in (10**power, 2 * 10**power, 5 * 10**power) if wide / size <= most)
    low = -step * -(-left // step)  # a tick on the left, too, however short its bars are
    ticks = list(range(low, right + 1, step))
    air = wide * 0.04
    style.zero_line(fig)
    fig.update_xaxes(
        range=[low - air, right + air],
        tickvals=ticks,
        ticktext=[f"{abs(value):,}" for value in ticks],
        title_text="← acted upon · number of predicates · acts →",
    )
