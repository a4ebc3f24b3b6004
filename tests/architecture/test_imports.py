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
    name: floor
    for floor, names in enumerate([
        "enums periods text copying characters charts devices qr tables sample blackout keyring filetypes"
        " filestore",
        "history models access scoping locks memory operations",
        "rules contracts values accounts work wording paging validators guide_text people between tabs"
        " timeline caselist notes counting search versions vocabulary places series staffing caseload clocks"
        " abuse organizations quick coverage doubles merges districts face_sheet expiries intakes assessments"
        " trail presence minutes",
        "actions audit figures notices notice_mail accounts_idle account_history invitation guide reference"
        " cards memo rollups reconcile checks findings presenters csv_output counting_page counting_examples"
        " backup backup_card imports rights supports record_counting read_alarm read_samples disclosure frozen"
        " closing changes",
        "uploads fields widgets forms form_renderer account_forms grant_forms join_forms audit_page city_page"
        " dashboard home drill grids monthly workbook demo choosing organization_fields organization_forms"
        " district_forms tokens",
        "views adapters pages templatetags tasks middleware middleware_sessions management",
        "urls apps",
    ])
    for name in names.split()
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


def own_floor(app: str, path: Path) -> str:
    return path.relative_to(ROOT / app).parts[0].removesuffix(".py")


@pytest.mark.parametrize("app", APPS)
def test_every_module_has_its_floor(app):
    assert {own_floor(app, path) for path in modules(app)} <= {*FLOORS, "__init__"}


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_imports_go_down(app):
    wrong = []
    for path in modules(app):
        own = FLOORS.get(own_floor(app, path))
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
