"""Templates as text: nothing that the Content-Security-Policy forbids, nothing unescaped, nothing unused."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
NAMES = [path.relative_to(FOLDER).as_posix() for path in TEMPLATES]
CODE = [
    path
    for app in ("kumamoto_soudan", "centers", "cases", "meetings", "outreach", "reports")
    for path in (ROOT / app).rglob("*.py")
]

# Django and the login package look these up by name.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}


@pytest.mark.parametrize("name", NAMES)
def test_parses(name):
    assert get_template(name)


def markup(path: Path) -> str:
    """The HTML alone, without the template language's tags."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text())


def holding(pattern: str, read) -> list[str]:
    return [name for name, path in zip(NAMES, TEMPLATES, strict=True) if re.search(pattern, read(path))]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"<[^>]*\sstyle\s*=", id="inline style"),
        pytest.param(r"<style\b", id="style element"),
        pytest.param(r"<[^>]*\son[a-z]+\s*=", id="inline handler"),
        pytest.param(r"\bhx-on\b", id="inline handler of htmx"),
        pytest.param(r"<script(?![^>]*\ssrc=)", id="script without a file"),
        pytest.param(r"javascript:", id="javascript address"),
        pytest.param(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", id="address of another site"),
        pytest.param(r"""["'(]data:""", id="data picture"),
    ],
)
def test_markup_holds_no(pattern):
    assert not holding(pattern, markup)


def test_nothing_is_printed_unescaped():
    assert not holding(r"\|\s*safe\b|\{%\s*autoescape\s+off", Path.read_text)


def overridden() -> set[str]:
    """Templates that replace one of an installed app."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    return {name for name in NAMES if any((folder / name).exists() for folder in folders)}


def test_is_used():
    """Named by another template or by code, or found by its name. Components are the library of the pages."""
    texts = "\n".join(path.read_text() for path in [*TEMPLATES, *CODE])
    used = {name for name in NAMES if f'"{name}"' in texts or f"'{name}'" in texts}
    components = {name for name in NAMES if name.startswith("components/")}
    unused = set(NAMES) - used - BY_NAME - overridden() - components
    assert not unused


def test_error_summaries_read_as_a_sentence():
    """…を直すと保存できます: a verb in its plain form would not join on."""
    assert not holding(r'_error_summary\.html" with verb="[^"]*る"', Path.read_text)


def test_components_say_what_they_take():
    told = [
        name for name in NAMES if name.startswith("components/") and not name.endswith("_line_chart.html")
    ]
    silent = [name for name in told if not (FOLDER / name).read_text().startswith("{% comment %}")]
    assert not silent


def test_icons_exist():
    """Every icon that a template or the code names is in the sprite."""
    sprite = set(re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    patterns = (r'\{%\s*icon "([a-z-]+)"', r'\{%\s*chip "[a-z]*" "([a-z-]+)"', r'\bicon="([a-z-]+)"')
    named = {
        icon for path in TEMPLATES for pattern in patterns for icon in re.findall(pattern, path.read_text())
    }
    assert named
    assert named <= sprite, named - sprite


def test_scripts_keep_nothing_in_the_browser():
    """No storage, no evaluation: personal data never outlives the page."""
    forbidden = r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\(|new Function|innerHTML\s*="
    found = [
        path.name for path in (ROOT / "static/js").glob("*.js") if re.search(forbidden, path.read_text())
    ]
    assert not found
