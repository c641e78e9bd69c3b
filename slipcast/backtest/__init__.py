"""Roof: case histories replayed month by month with nothing known later, and scored against what happened."""
