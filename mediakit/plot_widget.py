"""A figure that answers clicks: for the explorers, which know nothing of plotly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go


def figure_widget(figure: go.Figure, clicked: Callable[[list[str]], None]) -> go.FigureWidget:
    """The figure as a widget as wide as its place; `clicked` gets the key (customdata) of a mark that is clicked."""
    widget = go.FigureWidget(figure)
    widget.update_layout(width=None, autosize=True)
    widget._config = {**widget._config, "responsive": True}  # else it keeps the width it had before it was shown

    def answer(trace: Any, points: Any, _: Any) -> None:
        if points.point_inds:
            place = points.point_inds[0]
            found: Any = trace.customdata
            # a heatmap's place is (row, column), a point's a number
            for step in place if isinstance(place, list | tuple) else [place]:
                found = found[step]
            key = [str(part) for part in found]
            if key:
                clicked(key)

    for trace in widget.data:
        if trace.customdata is not None:
            trace.on_click(answer)
    return widget
