"""Roof: opens the rooms in order, a file a verb."""
