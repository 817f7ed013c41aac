"""Every figure is drawn by the browser that exports it: what plotly.js refuses shows nowhere else."""

import numpy as np
import pandas as pd
import pytest
from plot_frames import CASES, FRAME_OF

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
def test_the_browser_draws_it_full_and_empty(case, tmp_path):
    plot, make = DRAWN[case]
    frame = make(["Outlet A", "Outlet B", "Outlet C"])
    for rows in (frame, build(FRAME_OF.get(case, case), [])):
        paths = mk.save_figure(plot(rows), tmp_path / "x", formats=("svg",))
        assert "Source: " in paths["svg"].read_text(encoding="utf-8")
