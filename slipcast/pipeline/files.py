"""Write a file so that nobody ever meets half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from slipcast.errors import SlipcastError


def write_whole(text: str, path: Path) -> None:
    """Write a file whole or not at all: a file beside it first, then one rename. Raises SlipcastError."""
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            beside = Path(file.name)
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        todo = "choose a folder that exists, that you may write to and that has room"
        raise SlipcastError(f"cannot be written ({error.strerror})", where=str(path), todo=todo) from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
