"""The guides as files: what their text names."""

import re

from centers import guide
from centers.enums import Role


def texts(role: Role) -> dict[str, str]:
    """File → text of a guide and its chapters."""
    files = [guide.FOLDER / f"{guide.FILES[role]}.md"]
    files += [guide.CHAPTERS / f"{name}.md" for name in guide.chapters_of(role)]
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def pictures(role: Role) -> set[str]:
    """Names of the pictures that the guide shows."""
    return {name for text in texts(role).values() for name in re.findall(r"画面/([\w-]+\.png)", text)}
