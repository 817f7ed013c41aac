"""A figure that answers clicks: for the explorers, which know nothing of plotly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import plotly.graph_objects as go

# A figure that is drawn before its place is on the page, and one whose place changes while the window does not (a side
# bar is opened), keep a width of their own: plotly listens to the window alone.
_FIT = """
export default {
  render({ el }) {
    const tries = new WeakMap();
    let box = null, asked = 0;
    const fit = () => {
      asked = 0;
      for (const plot of box.querySelectorAll(".js-plotly-plot")) {
        const svg = plot.querySelector(".main-svg"), wide = plot.clientWidth;
        if (!svg || !wide || !plot._fullLayout?.autosize) continue;
        const before = tries.get(plot);
        const tried = before && before.wide === wide ? before.tried : 0;
        if (Math.abs(svg.clientWidth - wide) <= 1 || tried > 5) continue;
        tries.set(plot, { wide, tried: tried + 1 });
        plot._responsiveChartHandler?.();
      }
    };
    const ask = () => { asked = asked || requestAnimationFrame(fit); };
    const changes = new MutationObserver(ask);
    const sizes = new ResizeObserver(() => {
      if (!box) {
        box = el.closest(".mediakit-explorer");
        if (box) changes.observe(box, { childList: true, subtree: true });
      }
      if (box) ask();
    });
    sizes.observe(el);
    return () => { sizes.disconnect(); changes.disconnect(); cancelAnimationFrame(asked); };
  },
};
"""


class FittedWidth(anywidget.AnyWidget):
    """Nothing to see: keeps the figures of the explorer that it stands in as wide as their place."""

    _esm = _FIT


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
