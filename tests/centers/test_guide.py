"""操作の手引き: the guides are whole, each page has its chapter, and each role has its guide."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from centers import guide
from centers.access import PAGES, PUBLIC
from centers.contracts import setting
from centers.enums import Role
from centers.guide_text import GuideError, parse, render, size_of
from tests.guides import pictures, texts

pytestmark = pytest.mark.django_db
ROLES = list(Role)
ROOT = Path(settings.BASE_DIR)
LARGEST = 220_000  # bytes of a picture

# Addresses that nobody opens as a page of its own: parts of a page, files, buttons; and the help itself.
WITHOUT_CHAPTER = {
    "mfa_download_recovery_codes",
    "centers:help",
    "centers:guide",
    "centers:keys",
    "centers:notice_open",
    "centers:account_sessions",
    "cases:log_person",
    "cases:log_known",
    "cases:draft_save",
    "cases:draft_discard",
    "cases:suggest",
    "cases:client_timeline",
    "cases:attachment",
    "cases:client_pin",
    "cases:consultation_restore",
    "cases:abuse_take",
    "cases:guardianship_stage_void",
    "cases:support_restore",
    "cases:quick_text_delete",
    "centers:organization_check",
    "centers:organization_close",
    "centers:organization_twins",
    "centers:organization_choices",
    "centers:organization_names",
    "reports:counting_rules",
    "reports:city_csv",
}


def allowed(role: Role) -> set[str]:
    """Pages that the role may open, by the table written by hand."""
    with (ROOT / "tests/architecture/access.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {row["page"] for row in rows if row[role.value] not in {"no", "none"}}


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


@pytest.fixture
def page_of(sign_in):
    """The page of a guide as a 相談員 gets it."""
    client, _ = sign_in("soudan")
    return lambda role: client.get(reverse("centers:guide", args=[role.value])).content.decode()


# ---- the text ----


@pytest.mark.parametrize("role", ROLES)
def test_a_guide_is_whole(role, page_of):
    """Every chapter and picture is there; every link into the page finds its place."""
    page = page_of(role)
    assert f"<h1>{guide.guide(role).title}</h1>" in page
    named = ids(page)
    assert len(named) == len(set(named))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(named)
    assert {chapter.name for chapter in guide.guide(role).chapters} <= set(named)


@pytest.mark.parametrize("role", ROLES)
def test_links_to_other_guides_and_pages_are_open(role, page_of, client):
    inner = "".join(chapter.html for chapter in guide.guide(role).chapters)
    for address in set(re.findall(r'href="(/[^"#]+)', inner)):
        assert address.startswith(settings.STATIC_URL) or client.get(address).status_code in {200, 302}


def test_every_file_belongs_to_a_guide():
    used = {name for role in ROLES for name in texts(role)}
    there = {file.name for file in guide.FOLDER.rglob("*.md")}
    assert there - used == {"README.md"}


def test_every_picture_is_used_and_small():
    there = {file.name: file for file in (guide.FOLDER / "画面").iterdir()}
    assert set(there) == {name for role in ROLES for name in pictures(role)}
    assert not [name for name, file in there.items() if file.stat().st_size > LARGEST]


@pytest.mark.parametrize("role", ROLES)
def test_a_picture_says_what_it_shows(role):
    """An alternative text of a sentence, and a caption."""
    for name, text in texts(role).items():
        for alt, caption in re.findall(r"!\[(.*?)\]\(\S+?(?: \"(.*?)\")?\)", text):
            assert alt.endswith("。"), f"{name}: {alt}"
            assert caption, f"{name}: {alt}"


@pytest.mark.parametrize("role", ROLES)
def test_the_words_of_the_product(role):
    """Section 11 of the design guide: words that are not used, and sentences that are short."""
    for name, text in texts(role).items():
        for word in (
            "クライアント",
            "フィルタ",
            "ソート",
            "一時保存",
            "エラー",
            "不正",
            "無効",
            "キャンセル",
        ):
            assert word not in text, f"{name}: {word}"
        for sentence in re.split(r"[。\n|]", re.sub(r"`.*?`|\[.*?\]\(.*?\)|!\[.*", "", text)):
            assert len(sentence) <= 60, f"{name}: {sentence}"


def test_the_readme_lists_every_guide():
    readme = (guide.FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"]({name}.md)" in readme for name in guide.FILES.values())
    assert all(f"## {place.partition('#')[2]}" in readme for place in guide.IN_THE_PRODUCT)


def test_the_messages_under_trouble_are_the_products_own():
    """What stands in the first column is said by the product in these words."""
    code = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/*.js")]
    code += [file for app in ("centers", "cases", "reports") for file in (ROOT / app).rglob("*.py")]
    said = "\n".join(file.read_text(encoding="utf-8") for file in code)
    text = (guide.CHAPTERS / "trouble.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    messages = [row for row in rows if row not in {"---", "画面の文"}]
    unsaid = {message for message in messages if message not in said} - {
        # put together from the label of the field
        "支援内容が選ばれていません。",
        "相談の要点が空です。",
    }
    assert len(messages) > 15
    assert not unsaid


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("{}分操作がないと、画面が隠れます", settings.SOUDAN_IDLE_SECONDS // 60),
        ("ログインから{}時間たつと", settings.SOUDAN_SESSION_SECONDS // 3600),
    ],
    ids=["idle", "session"],
)
def test_the_numbers_of_the_login_are_those_of_the_settings(words, number):
    assert words.format(number) in (guide.CHAPTERS / "login.md").read_text(encoding="utf-8")


def test_the_days_of_a_draft_are_those_of_the_rule():
    days = setting("draft_days", date(2026, 11, 20))
    assert f"{days}日さわらないと消えます" in (guide.CHAPTERS / "log.md").read_text(encoding="utf-8")


# ---- Markdown ----


def html(text: str, folder: Path = guide.CHAPTERS) -> str:
    return render(
        parse(text), link=lambda target: f"to:{target}", picture=lambda name: f"/s/{name}", folder=folder
    )


def test_headings_go_down_and_html_stays_text():
    assert "<h3>だれ</h3>" in html("## だれ")
    assert "&lt;script&gt;" in html("<script>alert(1)</script>")


def test_a_script_address_is_no_link():
    assert "href" not in html("[a](javascript:alert(1))")


def test_a_table_is_a_region_with_a_name_and_heads():
    shown = html("## だれ\n\n| 答え | いつ |\n| --- | --- |\n| a | b |\n")
    assert 'role="region" aria-label="だれの表"' in shown
    assert shown.count('scope="col"') == 2


def test_a_picture_alone_is_a_figure_of_its_size():
    shown = html('![ホームです。](../画面/home.png "ホーム")')
    width, height = size_of(guide.FOLDER / "画面/home.png")
    assert '<figure class="ks-shot">' in shown
    assert f'src="/s/home.png" alt="ホームです。" width="{width}" height="{height}"' in shown
    assert "<figcaption>ホーム</figcaption>" in shown


def test_a_missing_picture_is_told():
    with pytest.raises(GuideError, match=r"nothing\.png"):
        html("![a](../画面/nothing.png)")


def test_a_file_that_is_no_picture_is_told(tmp_path):
    (tmp_path / "a.png").write_text("no picture")
    with pytest.raises(GuideError, match=r"a\.png"):
        html("![a](a.png)", tmp_path)


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """broken(text) makes a guide of 相談員 with this text and one chapter."""
    monkeypatch.setattr(guide, "FOLDER", tmp_path)
    monkeypatch.setattr(guide, "CHAPTERS", tmp_path / "章")

    def _broken(text: str, chapter: str = "# 記録\n\n本文") -> None:
        (tmp_path / "章").mkdir()
        (tmp_path / "章/log.md").write_text(chapter)
        (tmp_path / "相談員.md").write_text(text)
        guide.chapters_of.cache_clear()
        guide.guide.cache_clear()

    yield _broken
    guide.chapters_of.cache_clear()
    guide.guide.cache_clear()


LIST = "# 相談員\n\nはじめに\n\n## この手引きの章\n\n1. [記録](章/log.md)\n"


@pytest.mark.parametrize(
    ("text", "chapter", "told"),
    [
        pytest.param("# 相談員\n\nはじめに", "# 記録", "no list of chapters", id="no list"),
        pytest.param(LIST.replace("log.md", "gone.md"), "# 記録", "gone.md", id="no chapter"),
        pytest.param(LIST, "本文だけ", "title", id="no title"),
        pytest.param(LIST, "# 記録\n\n[a](https://example.jp/)", "leads nowhere", id="another site"),
        pytest.param(LIST, "# 記録\n\n[a](../../README.md)", "leads nowhere", id="outside"),
    ],
)
def test_a_broken_guide_is_told(broken, text, chapter, told):
    broken(text, chapter)
    with pytest.raises(GuideError, match=told):
        guide.guide(Role.SOUDAN)


def test_missing_guides_take_no_page_down(broken, sign_in):
    broken("nothing")
    client, _ = sign_in("soudan")
    assert client.get("/me/").context["help"].url == reverse("centers:help")


# ---- who reads what ----


def test_every_page_has_its_chapter():
    needing = {page for page, right in PAGES.items() if right != PUBLIC} - WITHOUT_CHAPTER
    assert needing <= set(guide.HELP)
    assert not WITHOUT_CHAPTER & set(guide.HELP)


def test_every_chapter_of_a_page_is_there():
    there = {name for role in ROLES for name in guide.chapters_of(role)}
    assert set(guide.HELP.values()) <= there


@pytest.mark.parametrize("role", ROLES)
def test_the_help_of_a_page_is_in_the_guide_of_whom_it_is_open_to(role):
    """But for the first page, from which the city, wards and the others are sent on."""
    pages = (allowed(role) & set(guide.HELP)) - {"reports:home"}
    assert {guide.HELP[page] for page in pages} <= set(guide.chapters_of(role))


@pytest.mark.parametrize("role", ROLES)
def test_ones_own_guide_stands_first(role, sign_in):
    client, _ = sign_in(role)
    context = client.get(reverse("centers:help")).context
    assert [one.role for one in context["own"]] == [role]
    assert len(context["others"]) == len(ROLES) - 1


@pytest.mark.parametrize(
    ("role", "page", "place"),
    [
        ("soudan", "/log/", "/help/guide/soudan/#log"),
        ("kanri", "/log/", "/help/guide/kanri/#log"),
        ("chiiki", "/followups/", "/help/guide/chiiki/#followups"),
        ("ku", "/wards/nishi/", "/help/guide/ku/#ward"),
        ("shi", "/city/", "/help/guide/shi/#city"),
        ("system", "/contracts/", "/help/guide/system/#contracts"),
        ("kansa", "/audit/", "/help/guide/kansa/#audit"),
    ],
)
def test_the_help_leads_to_the_chapter(role, page, place, sign_in):
    client, _ = sign_in(role)
    shown = client.get(page).content.decode()
    assert shown.count(f'href="{place}" ') >= 2  # top bar and the phone's menu
    assert 'target="soudan-help"' in shown


@pytest.mark.parametrize("page", ["centers:help", "centers:keys", "reports:counting_rules"])
def test_inside_the_help_the_way_leads_to_the_list_in_the_same_tab(page, sign_in):
    client, _ = sign_in("soudan")
    response = client.get(reverse(page))
    assert response.context["help"].url == reverse("centers:help")
    assert "soudan-help" not in response.content.decode()


@pytest.mark.parametrize("slug", ["nobody", "SOUDAN", "soudan-"])
def test_an_unknown_guide_is_not_there(slug, sign_in):
    client, _ = sign_in("soudan")
    assert client.get(f"/help/guide/{slug}/").status_code == 404


def test_a_guide_asks_the_database_for_its_frame_alone(sign_in, django_assert_num_queries):
    client, _ = sign_in("kanri")
    page = reverse("centers:guide", args=["kanri"])
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)
