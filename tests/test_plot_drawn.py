"""Every figure is drawn by the browser that exports it: what plotly.js refuses shows nowhere else."""

from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from plot_frames import CASES

import mediakit as mk
from mediakit.frames import build


def engine_agreement(sets: list[str]) -> pd.DataFrame:
    """Two measures of each set of engines, every second without an interval."""
    rows = [
        {
            "engines": name,
            "measure": measure,
            "value": 0.1 * place,
            "ci_low": np.nan if place % 2 else 0.1 * place - 0.2,
            "ci_high": np.nan if place % 2 else 0.1 * place + 0.2,
            "n": 40,
            "n_articles": 5,
            "n_missing": place,
            "caveat": "",
        }
        for place, name in enumerate(sets)
        for measure in ("alpha_ordinal", "kappa")
    ]
    return build("engine_agreement", rows)


DRAWN = CASES | {"engine_agreement": (mk.plot_engine_agreement, engine_agreement)}


@pytest.mark.parametrize("case", DRAWN)
def test_the_browser_draws_it(case, tmp_path):
    plot, make = DRAWN[case]
    fig = plot(make(["Outlet A", "Outlet B", "Outlet C"]), width=380)
    assert saved(fig, tmp_path).startswith("<svg")


def test_the_browser_draws_what_says_that_there_is_nothing(tmp_path):
    assert "Nothing to show" in saved(mk.plot_engine_agreement(build("engine_agreement", [])), tmp_path)


def saved(fig: go.Figure, folder: Path) -> str:
    text = mk.save_figure(fig, folder / "x", formats=("svg",))["svg"].read_text(encoding="utf-8")
    assert "Source: " in text
    return text
