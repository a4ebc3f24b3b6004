"""The main path of a case in Chromium: a plan, a conference, and the change of worker with its receipt."""

from cases.models import Case, Consultation
from tests.factories import CaseFactory, center, user_with

ZONE = "kita1"


def test_a_case_from_plan_to_receipt(login, site, page):
    worker = login("soudan", ZONE)
    new = user_with("kinou", ZONE)
    case = CaseFactory(client__center=center(ZONE), state="received", responsible=worker.staff_member)
    page.goto(f"{site}/clients/{case.client_id}/")
    page.goto(f"{site}/clients/{case.client_id}/case/plan/")
    page.fill("[name=long_goal]", "ひとりで暮らす")
    page.fill("[name=review_on]", "2/20")
    page.fill("[name=goal-0-goal]", "通院を続ける")
    page.click("button:has-text('保存')")
    assert "通院を続ける" in page.inner_text("#main") and "支援中" in page.inner_text(".ks-path .cur")

    page.click("a:has-text('個別支援会議')")
    page.click("a:has-text('会議録を書く')")
    page.select_option("[name=kind]", "01")
    page.fill("[name=purpose]", "住まいを決める")
    for label in ("本人の同意", "健康・医療"):
        page.click(f"label:text-is('{label}')")
    page.click("#div_id_took_part label >> nth=1")
    page.fill("[name=shared]", "生活の様子")
    page.fill("[name=discussion]", "見学の順を決めた。")
    page.fill("[name=decision-0-what]", "見学に同行する")
    page.fill("[name=decision-0-due_on]", "12/1")
    page.click("button:has-text('会議録を保存')")
    assert "1人の経過に" in page.inner_text("body")
    assert Consultation.unscoped.get(client=case.client).method == "6"

    page.goto(f"{site}/clients/{case.client_id}/case/assign/")
    assert "見学に同行する" in page.input_value("[name=todos]")
    page.select_option("[name=to_staff]", str(new.staff_member.pk))
    page.fill("[name=summary]", "通院が続いている。")
    page.click("button:has-text('引継書を送る')")
    assert "受け取りを待っています" in page.inner_text("#main")
    note = page.url
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", new.username)
    page.fill("input[name=password]", "kumamoto-demo-2026")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site}/")
    page.goto(note)
    page.click("button:has-text('受け取る')")
    assert "引き継ぎを受け取りました" in page.inner_text("body")
    assert Case.unscoped.get(pk=case.pk).responsible == new.staff_member
