"""Writing files that hold personal data."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write the file whole, readable by its owner alone from its first byte on. Raises OSError."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as file:
        file.write(text)
    beside.replace(path)
