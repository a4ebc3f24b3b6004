"""docs/運用の手引き.md says what the code and the compose file do."""

import re

import pytest

from kumamoto_soudan.launcher.paths import ROOT
from tests.deployment.compose import services

GUIDE = (ROOT / "docs" / "運用の手引き.md").read_text()
VALUES = dict.fromkeys(
    ("SECRET_KEY", "ADMIN_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "BROKER_PASSWORD", "ALLOWED_HOSTS"),
    "x",
)


def table_of_variables() -> set[str]:
    section = GUIDE.split("## 4. 環境変数")[1].split("\n## ")[0]
    return {name for line in section.splitlines() for name in re.findall(r"`([A-Z][A-Z_]+)`", line)}


def variables_read() -> set[str]:
    """Names that the code asks the environment for, and those that the compose file and .env know."""
    found = set()
    for path in (ROOT / "kumamoto_soudan").rglob("*.py"):
        found |= set(re.findall(r'(?:env_\w+|environ\.get)\(\s*"([A-Z][A-Z_]+)"', path.read_text()))
        found |= set(re.findall(r'(?:sender|site)="([A-Z][A-Z_]+)"', path.read_text()))
    found |= set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    for service in services(VALUES).values():
        if service.get("image") == "kumamoto-soudan":
            found |= set(service["environment"])
    return found


def test_the_table_of_variables_is_complete():
    assert len(variables_read()) > 20
    assert sorted(variables_read() - table_of_variables()) == []


def unplaced(command: str) -> str:
    """A command without what differs by machine: addresses and folders."""
    return re.sub(r"(--bind=)\S+|(--schedule=)\S+| --worker-tmp-dir=\S+", r"\1\2", command)


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_the_commands_are_those_of_the_compose_file(service):
    command = unplaced(" ".join(services(VALUES)[service]["command"]))
    assert command in unplaced(GUIDE)


def test_the_preparation_is_that_of_the_compose_file():
    script = services(VALUES)["migrate"]["command"][-1]
    block = "".join(f"   {line}\n" for line in script.splitlines())
    assert block in GUIDE


def test_the_servers_settings_are_those_of_the_compose_file():
    settings = [part for part in services(VALUES)["postgres"]["command"] if "=" in part]
    assert len(settings) == 3
    for setting in settings:
        assert setting.replace("=", " = ") in GUIDE


def test_its_inner_links_lead_somewhere():
    headings = re.findall(r"^## (.+)$", GUIDE, re.M)
    anchors = {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\(#([^)]+)\)", GUIDE)) <= anchors
