"""docker-compose.yml as data, its variables filled in as Compose does."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kumamoto_soudan.launcher.paths import ROOT

_VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<kind>[-?+])(?P<text>[^}]*))?\}")


class Missing(Exception):
    """A variable that the file asks for is not given."""


def services(values: Mapping[str, str], file: Path = ROOT / "docker-compose.yml") -> dict[str, dict]:
    return filled(YAML(typ="safe").load(file), values)["services"]


def filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, values) for value in node]
    return _VARIABLE.sub(lambda found: _value(found, values), node) if isinstance(node, str) else node


def _value(found: re.Match, values: Mapping[str, str]) -> str:
    if found[0] == "$$":
        return "$"
    value = values.get(found["name"], "")
    if not value and found["kind"] == "?":
        raise Missing(found["text"])
    if found["kind"] == "+":
        return found["text"] if value else ""
    return value or (found["text"] if found["kind"] == "-" else "")


def image_environment(file: Path = ROOT / "Dockerfile") -> dict[str, str]:
    """What the image itself sets."""
    lines = [line for line in file.read_text().splitlines() if line.startswith("ENV ")]
    return dict(pair.split("=", 1) for line in lines for pair in line.split()[1:])
