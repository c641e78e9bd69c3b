"""Promise panels: predict them, fit from them."""

from __future__ import annotations
