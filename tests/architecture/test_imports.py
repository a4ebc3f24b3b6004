"""The floors: who may import whom. Held by reading the syntax trees alone."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = {
    "centers": set(),
    "cases": {"centers"},
    "meetings": {"centers", "cases"},
    "outreach": {"centers", "cases"},
    "reports": {"centers", "cases", "meetings", "outreach"},
}
# Inside an app a module may import the same or a lower floor.
FLOORS = {
    "enums": 0, "periods": 0, "text": 0, "copying": 0,
    "history": 1, "models": 1, "access": 1, "scoping": 1,
    "rules": 2, "contracts": 2, "values": 2, "accounts": 2, "work": 2,
    "actions": 3, "audit": 3, "figures": 3, "guide": 3, "backup": 3, "backup_card": 3,
    "notices": 3, "notice_mail": 3, "accounts_idle": 3, "imports": 3,
    "fields": 4, "widgets": 4, "forms": 4, "grant_forms": 4, "join_forms": 4,
    "views": 5, "tasks": 5, "middleware": 5, "management": 5,
}  # fmt: skip


def modules(app: str):
    return [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.level, node.module, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield 0, alias.name, node.lineno


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_lower_apps(app):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules(app)
        for _, module, line in imports(path)
        if module.split(".")[0] in APPS and module.split(".")[0] not in APPS[app] | {app}
    ]
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_imports_go_down(app):
    wrong = []
    for path in modules(app):
        own = FLOORS.get(path.relative_to(ROOT / app).parts[0].removesuffix(".py"))
        for _, module, line in imports(path):
            parts = module.split(".")
            other = FLOORS.get(parts[1]) if parts[0] == app and len(parts) > 1 else None
            if own is not None and other is not None and other > own:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {module}")
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_rules_are_pure(app):
    """rules.py knows enums, periods and the standard library; no database, no clock."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules(app)
        if path.name == "rules.py" or path.parent.name == "rules"
        for _, module, line in imports(path)
        if module.split(".")[0] == "django"
        or (module.split(".")[0] in APPS and module.split(".")[1] not in {"enums", "periods", "rules"})
    ]
    assert not wrong


def test_no_relative_imports():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for app in (*APPS, "kumamoto_soudan")
        for path in modules(app)
        for level, _, line in imports(path)
        if level
    ]
    assert not wrong
