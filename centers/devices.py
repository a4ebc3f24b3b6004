"""A device's own description (User-Agent) in words that its owner recognises."""

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Windows の Chrome; 端末 where nothing is known."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    return " の ".join(part for part in (system, browser) if part) or "端末"


def _first(names, user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
