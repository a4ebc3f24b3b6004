"""A10, rights: somebody else's client by its address, and 緊急閲覧 with a reason, in Chromium."""

from datetime import date

from playwright.sync_api import expect

from cases.models import BreakGlass
from centers.models import AccessLog
from tests.factories import PASSWORD, CaseFactory, ClientFactory, ConsultationFactory, center


def test_a_foreign_client_is_not_there_and_break_glass_reads_it_under_the_eyes_of_its_center(
    login, site, page, no_axe_violations
):
    yoshida = ClientFactory(
        center=center("nishi"),
        family_name="𠮷田",
        given_name="髙子",
        family_kana="ヨシダ",
        given_kana="タカコ",
        birth_date=date(1985, 5, 10),
    )
    ConsultationFactory(client=yoshida, case=CaseFactory(client=yoshida), facts="朝の服薬を続けている")
    reader = login("soudan", "higashi1")
    address = f"{site}/clients/{yoshida.pk}/"
    answer = page.goto(address)
    assert answer.status == 404 and "𠮷田" not in page.content()
    assert AccessLog.objects.filter(user=reader, verb="denied", object_id=yoshida.pk).exists()

    page.goto(f"{site}/glass/")
    page.get_by_role("link", name="緊急閲覧を始める").click()
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/glass/new/")
    no_axe_violations()
    page.fill("input[name=kana]", "よしだ たかこ")
    page.fill("input[name=birth]", "S60.5.10")
    page.get_by_label("救急・医療").check()
    page.fill("input[name=reason]", "救急隊から服薬の問い合わせがあった")
    page.get_by_role("button", name="理由を残して開く").click()
    page.wait_for_url(address)
    expect(page.get_by_text("緊急閲覧中: あと60分")).to_be_visible()
    expect(page.get_by_text("朝の服薬を続けている")).to_be_visible()
    expect(page.get_by_role("link", name="記録する")).to_have_count(0)
    assert page.goto(f"{address}edit/").status == 404
    read = AccessLog.objects.filter(user=reader, client_id=yoshida.pk, verb="read")
    assert set(read.values_list("reason", flat=True)) == {"緊急閲覧"}

    page.context.clear_cookies()
    login("kanri", "nishi")
    page.goto(f"{site}/notices/")
    expect(page.get_by_text("緊急閲覧がありました")).to_be_visible()
    page.goto(f"{site}/glass/?view=waiting")
    page.get_by_role("link", name="判断する").click()
    expect(page.get_by_text("救急隊から服薬の問い合わせがあった")).to_be_visible()
    page.get_by_text("妥当", exact=True).click()
    page.fill("input[name=comment]", "救急隊の記録で確かめた")
    page.get_by_role("button", name="判断を記録").click()
    expect(page.get_by_text("判断を記録しました")).to_be_visible()
    assert BreakGlass.unscoped.get(client=yoshida).verdict == "proper"
