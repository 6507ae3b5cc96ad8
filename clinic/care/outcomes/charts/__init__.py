"""Geometry of the charts, as plain values for an inline drawing: where points, bands, ticks and labels lie."""

from clinic.care.outcomes.charts.scores import Marked, ScoreChart, Value, score_chart
from clinic.care.outcomes.charts.weeks import Week, WeekChart, week_chart

__all__ = ["Marked", "ScoreChart", "Value", "Week", "WeekChart", "score_chart", "week_chart"]
