"""A 機能強化員 from home to a saved 後方支援 by keyboard, with a provider of the registry and a 定型文."""

from django.urls import reverse

from cases.models import ProviderSupport
from tests.factories import (
    ClientFactory,
    OrganizationFactory,
    OrganizationPersonFactory,
    QuickTextFactory,
    center,
)

ZONE = "kita2"


def test_support_from_home_with_a_provider_and_a_quick_text(login, page, site):
    user = login("kinou", ZONE)
    provider = OrganizationFactory(name="相談支援事業所 こだち", kana="コダチ", ward_id="kita")
    OrganizationFactory(name="相談支援事業所 こだち南", kana="コダチミナミ")
    OrganizationPersonFactory(organization=provider, name="専門 花子")
    QuickTextFactory(center=center(ZONE), key="助言", text="〈だれ〉のことで助言。〈いつ〉にもう一度話す。")
    page.goto(site + "/")
    page.click("text=後方支援を記録")

    page.locator("#id_provider").press_sequentially("こだち")
    page.wait_for_selector(f"#id_provider-choices input[value='{provider.pk}']")
    page.check(f"#id_provider-choices input[value='{provider.pk}']")
    page.wait_for_selector("#support-people option[value='専門 花子']", state="attached")
    page.fill("#id_person_name", "専門 花子")
    page.focus("#id_method_0")
    page.keyboard.press("3")
    page.focus("#id_contents_0")
    page.keyboard.press("w")

    page.focus("#id_facts")
    page.keyboard.press(";")
    assert page.evaluate("document.activeElement.id") == "id_facts_quick"
    page.keyboard.press("Enter")
    page.keyboard.insert_text("新任の職員")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("来週")
    assert page.input_value("#id_facts") == "新任の職員のことで助言。来週にもう一度話す。"
    page.keyboard.press("Tab")  # no place is left: the key goes on as ever
    assert page.evaluate("document.activeElement.id") != "id_facts"
    page.focus("#id_facts")
    page.keyboard.press(";")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "id_facts"
    page.keyboard.press("Control+End")
    page.keyboard.press(";")
    page.keyboard.press(";")
    assert page.input_value("#id_facts").endswith("もう一度話す。;")

    page.click("button:has-text('保存')")
    page.wait_for_selector("text=後方支援を保存しました")
    one = ProviderSupport.unscoped.get()
    assert (one.provider, one.person.name, one.method, one.contents) == (provider, "専門 花子", "3", ["02"])
    assert one.written_by == user

    client = ClientFactory(center=center(ZONE))
    page.goto(site + reverse("cases:log_client", args=[client.pk]))
    page.focus("#id_facts")
    page.keyboard.press(";")
    page.keyboard.press("Enter")
    assert page.evaluate("getSelection().toString()") == "〈だれ〉"
    assert page.locator("#draft.dirty, #draft:not(.off)").count() == 1
