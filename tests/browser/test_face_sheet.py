"""フェイスシート in Chromium: a section opened in its place saves while one types; two editors; the lost network."""

from playwright.sync_api import expect

from cases.actions.face_sheet import save_section
from cases.enums import SheetKind
from cases.models import SheetSection
from tests.factories import CaseFactory, ClientFactory, center, user_with

ZONE = "minami1"


def test_a_section_saves_by_itself(login, page, site):
    login("soudan", ZONE)
    client = ClientFactory(center=center(ZONE))
    CaseFactory(client=client)
    page.goto(f"{site}/clients/{client.pk}/sheet/")
    page.locator("#wishes a.btn").click()
    wish = page.get_by_label("本人の希望")
    wish.fill("「一人で暮らしたい」")
    state = page.locator("#state-wishes")
    expect(state).to_contain_text("に保存しました")
    row = SheetSection.unscoped.get(client=client, kind="wishes")
    assert (row.content, row.version) == ({"own_wish": "「一人で暮らしたい」"}, 1)

    page.context.set_offline(True)
    wish.fill("「一人で、猫と暮らしたい」")
    expect(page.locator("#page-note")).to_contain_text("通信が切れています")
    page.context.set_offline(False)
    expect(page.locator("#page-note")).to_be_hidden()
    expect(state).to_contain_text("に保存しました")
    expect(wish).to_have_value("「一人で、猫と暮らしたい」")

    colleague = user_with("soudan", ZONE)
    version = SheetSection.unscoped.get(pk=row.pk).version
    save_section(
        client=client,
        kind=SheetKind.WISHES,
        by=colleague,
        version=version,
        values={"own_wish": "同僚の文", "family_wish": ""},
    )
    wish.fill("わたしの文")
    expect(state).to_contain_text("ほかの人が同じ欄を先に直しました")
    page.get_by_role("button", name="2つを並べて選ぶ").click()
    expect(page.get_by_role("alert").first).to_contain_text("2つを並べて選んでください")
    page.get_by_label("わたしの入力").first.check()
    page.get_by_role("button", name="選んだ内容で保存").click()
    expect(page.locator("#wishes")).to_contain_text("わたしの文")
