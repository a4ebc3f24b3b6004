"""The demo accounts as the launcher prints them. They themselves are made by ``manage.py soudan_demo``."""

import unicodedata

from reports.demo.words import PASSWORD

ACCOUNTS = (
    ("相談員", "nishi.soudan", "西センター"),
    ("機能強化員", "nishi.kinou", "西センター"),
    ("地域支援員", "nishi.chiiki", "西センター"),
    ("センター管理者", "nishi.kanri", "西センター"),
    ("市 障がい保健福祉課", "shi.tanto", "9センターの集計"),
    ("区役所福祉課", "ku.nishi", "ほかに ku.chuo ku.higashi ku.minami ku.kita"),
    ("システム管理者", "admin", "契約・センター・アカウント"),
    ("監査", "kansa", "閲覧の記録"),
)
OTHER_CENTERS = "chuo1 chuo2 higashi1 higashi2 minami1 minami2 kita1 kita2"


def padded(text: str, width: int) -> str:
    """Fill up to ``width`` columns; Japanese letters take two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * (width - taken)


def demo_accounts() -> str:
    lines = [f"デモ用のアカウント(中身はすべて架空のデータ。パスワードはどれも {PASSWORD} )"]
    lines += [f"  {padded(role, 20)}{padded(name, 14)}{about}" for role, name, about in ACCOUNTS]
    lines.append(f"  ほかのセンターは nishi の代わりに {OTHER_CENTERS}")
    return "\n".join(lines)
