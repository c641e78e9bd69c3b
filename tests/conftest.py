"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# A deadline would make a property a timed test: on a busy machine it fails for nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
