"""A figure that answers clicks: for the explorers, which know nothing of plotly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go


def figure_widget(figure: go.Figure, clicked: Callable[[dict[str, str]], None]) -> go.FigureWidget:
    """The figure as a widget, as wide as its place unless it has a width of its own.

    `clicked` gets the key of a mark that is clicked, by the names of its parts: {"source": "Post", "term": "peace"}.
    """
    widget = go.FigureWidget(figure)
    widget.update_layout(autosize=figure.layout.width is None)
    widget._config = {**widget._config, "responsive": True}  # else it keeps the width it had before it was shown

    def answer(trace: Any, points: Any, _: Any) -> None:
        if points.point_inds:
            place = points.point_inds[0]
            found: Any = trace.customdata
            # a heatmap's place is (row, column), a point's a number
            for step in place if isinstance(place, list | tuple) else [place]:
                found = found[step]
            if len(found):  # a cell without a row behind it has no key
                clicked({name: str(part) for name, part in zip(trace.meta["keys"], found, strict=True)})

    for trace in widget.data:
        if trace.customdata is not None:
            trace.on_click(answer)
    return widget
