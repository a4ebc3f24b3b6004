"""The tabs of the pages of one 利用者, in their order."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Client
from centers.access import may_open
from centers.models import User


@dataclass(frozen=True)
class Tab:
    """`key` is what the page hands to page_context; `query` is put behind the page's address."""

    key: str
    label: str
    page: str
    query: str = ""


TABS = (
    Tab("timeline", "経過", "cases:client"),
    Tab("case", "ケース", "cases:case"),
    Tab("sheet", "フェイスシート", "cases:sheet"),
    Tab("assessment", "アセスメント", "cases:assessments"),
    Tab("conferences", "個別支援会議", "cases:client_conferences"),
    Tab("rights", "権利擁護", "cases:client_rights"),
    Tab("between", "紹介・引き継ぎ", "cases:client_between"),
    Tab("files", "文書", "cases:client_files"),
    Tab("basic", "基本情報", "cases:client", "?tab=basic"),
)


def tabs_of(user: User, client: Client) -> list[tuple[Tab, str]]:
    """Each tab that the user may open, with its address."""
    return [
        (tab, reverse(tab.page, args=[client.pk]) + tab.query) for tab in TABS if may_open(user, tab.page)
    ]
