"""Charts, from nouns to clean SVG in two widths: the milestone trend chart, S-curves, and those that score forecasts."""
