"""Advice as an object of JSON, of a watch and of worlds alike."""

from typing import Any

from monitor.model.advising import Advice, Figure


def advice_row(advice: Advice, into: str | None) -> dict[str, Any]:
    """As an object of JSON; `into` is the column that could hold it, by its id or its name."""
    return {
        "act": advice.act.value,
        "into": into,
        "question": advice.question,
        "for": [_figure_row(figure) for figure in advice.speaks_for],
        "against": [_figure_row(figure) for figure in advice.speaks_against],
    }


def _figure_row(figure: Figure) -> dict[str, Any]:
    return {"point": figure.point.value, "value": figure.value, "of": figure.of}
