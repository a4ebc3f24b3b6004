"""The pictures of the guides: every screen that they show still looks as the guides say.

The screens come from the demo data, so that everybody in them is invented and says so. With TEST_SCREENS=1
(`make screens`) the pictures are taken anew; otherwise each screen is opened and must show what its picture shows.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cases.models import Case, Consultation
from centers import guide
from centers.enums import Role
from reports.demo.words import PASSWORD
from tests.browser.conftest import fresh_database, served, working_on
from tests.factories import center
from tests.guides import pictures

TAKE = os.environ.get("TEST_SCREENS") == "1"
FOLDER = guide.FOLDER / "画面"
# The mark of invented data stands at the end of a page; in a picture it must be seen. What tells of the demo's
# clock and log-in is no part of the product that the guides explain.
STYLE = """
    .ks-strip, .ks-toastbox { display: none !important; }
    .ks-main > .ks-sample { position: fixed; z-index: 2000; left: 0; right: 0; bottom: 0; margin: 0;
        padding: 3px 24px; background: #fff; border-top: 1px solid #8a9199; }
    .ks-savebar { bottom: 30px; }
"""


@dataclass(frozen=True)
class Screen:
    """One picture. `shows` are texts that must be seen; `act` does what leads to the state of the picture."""

    user: str
    path: str
    shows: tuple[str, ...]
    height: int = 700
    act: Callable | None = None
    width: int = 1040


def find_somebody(page) -> None:
    page.fill("#search-q", "田")
    page.press("#search-q", "Enter")
    page.wait_for_load_state()


def fill_in(page) -> None:
    page.check("#id_method_0", force=True)
    page.check("#id_contents_0", force=True)
    page.fill("#id_facts", "本人から電話。通所の時間を短くしたいとのこと。事業所に聞いて、来週返事をする。")
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")


SCREENS = {
    "login": Screen("", "/accounts/login/", ("ログイン名", "パスワード", "ログインできないとき"), 560),
    "home": Screen(
        "nishi.soudan", "/", ("期限を過ぎた連絡", "連絡・訪問の予定", "下書き", "今月の記録"), width=1180
    ),
    "home-kinou": Screen("nishi.kinou", "/", ("計画相談(センター)", "お知らせ", "残り"), 620, width=1180),
    "log": Screen(
        "nishi.soudan",
        "/log/",
        ("だれの相談か", "支援の方法", "支援内容", "相談の要点", "次の予定", "不在で保存"),
        800,
        width=1366,
    ),
    "drafts": Screen("nishi.soudan", "/drafts/", ("書きかけの記録", "続きを書く"), 420),
    "find": Screen("nishi.soudan", "/search/", ("探す言葉", "生年月日", "記録する"), 520, find_somebody),
    "clients": Screen("nishi.soudan", "/clients/", ("ケース一覧", "わたしの担当", "しぼる"), width=1180),
    "client": Screen(
        "nishi.soudan",
        "/clients/{client}/",
        ("経過", "次の予定", "計画", "記録する", "開く", "済み"),
        900,
        width=1180,
    ),
    "client-edit": Screen("nishi.soudan", "/clients/{client}/edit/", ("氏名・生年月日", "障がい種別"), 900),
    "client-chiiki": Screen(
        "nishi.chiiki",
        "/clients/{client}/",
        ("自分が書いた記録と、担当しているケースの記録だけが見えます",),
        560,
    ),
    "reads": Screen("nishi.kanri", "/clients/{client}/reads/", ("だれが", "何を", "画面"), 720),
    "consultation": Screen("nishi.soudan", "/consultations/{record}/", ("訂正する", "取り消す", "内容"), 620),
    "void": Screen(
        "nishi.soudan", "/consultations/{record}/void/", ("記録を取り消す", "やめる", "理由"), 520
    ),
    "followups": Screen("nishi.soudan", "/followups/", ("わたしの予定", "センター全体"), 560),
    "monthly": Screen(
        "nishi.soudan",
        "/reports/monthly/{center}/2026-10/",
        ("支援の方法", "実人員", "数を押すと元の記録が出ます"),
        width=1180,
    ),
    "notices": Screen(
        "nishi.kanri", "/notices/", ("いまのお知らせ", "まだ開いていないもの", "解消したもの"), 480
    ),
    "me": Screen(
        "nishi.soudan",
        "/me/",
        ("お知らせをメールでも受け取る", "パスワード", "2段階目", "ログイン中の端末"),
        860,
    ),
    "mail": Screen(
        "nishi.soudan", "/me/mail/", ("メールアドレス", "受け取らない", "違反のお知らせはすぐに"), 640
    ),
    "accounts": Screen("nishi.kanri", "/members/", ("招待する", "停止中", "2段階目"), 480),
    "account-invite": Screen(
        "nishi.kanri", "/members/invite/", ("氏名", "権限", "いつから", "いつまで", "招待する"), 790
    ),
    "contracts": Screen("nishi.kanri", "/contracts/", ("契約・配置", "計画相談"), width=1180),
    "city": Screen("shi.tanto", "/city/", ("センター一覧", "要対応", "CSV"), 640, width=1240),
    "city-center": Screen("shi.tanto", "/city/centers/{over}/", ("計画相談", "開いている指摘", "配置"), 760),
    "records-nameless": Screen(
        "shi.tanto",
        "/reports/monthly/{center}/2026-10/records/methods/4/",
        ("氏名・利用者番号・相談の内容は、センターの職員だけが見られます", "年齢"),
        520,
        width=1180,
    ),
    "ward": Screen("ku.nishi", "/wards/nishi/", ("月ごとの動き", "センター × 月"), 620),
    # last of this user's, since it leaves a draft
    "log-person": Screen(
        "nishi.soudan", "/clients/{client}/log/", ("{number}", "前回", "外す"), 740, fill_in, width=1280
    ),
    "audit": Screen(
        "kansa", "/audit/", ("センター別", "日別", "見られないページ", "検索で見つかった数"), 640, width=1180
    ),
}


@pytest.fixture
def demo(django_db_setup, django_db_blocker, tmp_path, settings):
    """Address of a site with demo data and a check of today, and the ids that the screens name."""
    more = (("soudan_demo", "--size=small"), ("soudan_check",))
    with (
        django_db_blocker.unblock(),
        fresh_database("demo", *more) as name,
        served(name, tmp_path) as address,
        working_on(name),
    ):
        yield address, named()


def named() -> dict[str, str]:
    """Somebody of 西 with records and next steps, and the center over its cap."""
    case = (
        Case.unscoped.filter(
            center=center("nishi"), state="active", restricted=False, next_due_on__isnull=False
        )
        .exclude(client__family_name="")
        .order_by("-last_contact_on", "client__number")
        .select_related("client")
        .first()
    )
    assert case, "the demo data have nobody of this kind"
    records = Consultation.unscoped.standing().filter(client=case.client, center=case.center)
    record = records.order_by("-date", "-pk").first()
    return {
        "client": str(case.client.pk),
        "number": case.client.number,
        "record": str(record.pk),
        "center": str(case.center.pk),
        "over": str(center("minami1").pk),
    }


def sign_in(page, address: str, name: str) -> None:
    page.context.clear_cookies()
    if not name:
        return
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def test_every_picture_of_the_guides_has_its_screen():
    assert set(SCREENS) == {name.removesuffix(".png") for role in Role for name in pictures(role)}


def test_screens(demo, browser, browser_context_args):
    """One walk through all screens, user by user in the order of the table, so that the auditor finds something."""
    address, ids = demo
    context = browser.new_context(**browser_context_args | {"bypass_csp": TAKE})
    page = context.new_page()
    wrong, signed_in = [], None
    users = list(dict.fromkeys(screen.user for screen in SCREENS.values()))
    for name, screen in sorted(SCREENS.items(), key=lambda entry: users.index(entry[1].user)):
        if screen.user != signed_in:
            sign_in(page, address, screen.user)
            signed_in = screen.user
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        page.goto(address + screen.path.format(**ids))
        if screen.act:
            screen.act(page)
        page.wait_for_load_state("networkidle")
        told = page.inner_text("body")
        wrong += [f"{name}: {text}" for text in (*screen.shows, "架空") if text.format(**ids) not in told]
        if TAKE:
            page.screenshot(path=FOLDER / f"{name}.png", style=STYLE)
    context.close()
    assert not wrong
