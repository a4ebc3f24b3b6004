"""The quick log in a real browser, by keyboard alone.

An input is a field filled, a choice made, or a button or key pressed to act; what is prefilled is 0, 保存 is 1
(architecture of the product, records and counting). Moving on (Enter, Tab) fills and chooses nothing: 0.
"""

import pytest
from django.contrib.sessions.models import Session

from cases.models import Client, Consultation, Draft
from tests.factories import PASSWORD, CaseFactory, ConsultationFactory

CHOSEN = "#log-people .ks-picked"
SAVED = "下書きを保存しました"
AWAY = "通信が切れています。この画面に残っています(未送信)"


class Hands:
    """Keyboard only; counts the inputs."""

    def __init__(self, page):
        self.page, self.inputs = page, 0

    def acts(self, *keys: str):
        """One key (or its combination) that acts or chooses."""
        self.inputs += 1
        for key in keys:
            self.page.keyboard.press(key)

    def fills(self, text: str):
        self.inputs += 1
        self.page.keyboard.type(text, delay=15)

    def goes_on(self):
        self.page.keyboard.press("Enter")

    @property
    def at(self) -> str:
        return self.page.evaluate("document.activeElement.id")


@pytest.fixture
def hands(page):
    return Hands(page)


@pytest.fixture
def writer(login):
    return login("soudan", "nishi")


@pytest.fixture
def person(here):
    """山本 健太 with a record of last week; the reading is this test's own."""
    number = Client.unscoped.count()
    case = CaseFactory(
        client__family_name="山本",
        client__given_name="健太",
        client__family_kana=f"ヤマモト{'アイウエオ'[number % 5] * (number // 5 + 1)}",
    )
    ConsultationFactory(client=case.client, facts="家を出たいと話す。", counterpart="02", date="2026-11-13")
    return case.client


def opened(page, site, path="/log/"):
    page.goto(f"{site}{path}")
    page.wait_for_function("document.querySelector('#log.ks-js') && window.htmx")


def search_for(hands, person):
    hands.fills(person.family_kana)
    hands.page.wait_for_selector(f"#log-candidates [data-client='{person.pk}']")


def state(page, words: str):
    page.wait_for_function(
        "words => document.querySelector('#draft [data-text]').textContent.includes(words)", arg=words
    )


def saved_text(page) -> str:
    page.wait_for_selector(".ks-toast")
    return page.inner_text(".ks-toast")


def browser_keeps_nothing(page) -> bool:
    """htmx notes the address it is at, which is an id at most; nothing else is in any store of the browser."""
    kept = page.evaluate(
        """async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys()),
                        ...(await indexedDB.databases()).map((one) => one.name)]"""
    )
    return set(kept) <= {"htmx-current-path-for-history"}


# ---- three paths, counted ----


def test_a_repeat_call_takes_at_most_six_inputs(site, page, writer, person, hands):
    page.goto(f"{site}/drafts/")
    page.keyboard.press("n")
    page.wait_for_url("**/log/")
    opened(page, site)
    assert hands.at == "id_clients"
    search_for(hands, person)
    hands.acts("ArrowDown", "Enter")
    page.wait_for_selector(CHOSEN)
    assert hands.at == "id_method_0" and page.input_value("#id_counterpart") == "02"
    hands.acts("1")
    hands.goes_on()
    hands.acts("y")
    hands.goes_on()
    assert hands.at == "id_facts"
    hands.fills("母から電話。来週に来所。")
    hands.acts("Control+Enter")
    page.wait_for_url(f"**/clients/{person.pk}/")
    assert "山本さんの相談を保存しました" in saved_text(page)
    row = Consultation.unscoped.get(written_by=writer)
    assert (row.client, row.method, row.contents, row.counterpart) == (person, "4", ["06"], "02")
    assert row.start_time and row.minutes == 1
    assert hands.inputs <= 6, f"{hands.inputs} inputs"
    assert hands.inputs == 6
    assert browser_keeps_nothing(page)


def test_an_unanswered_call_takes_two_actions(site, page, writer, person, hands):
    page.goto(f"{site}/clients/{person.pk}/")
    hands.acts("l")
    page.wait_for_url(f"**/clients/{person.pk}/log/")
    page.wait_for_function("document.activeElement.id === 'id_method_0'")
    hands.acts("0")
    page.wait_for_url(f"**/clients/{person.pk}/")
    assert "山本さんの不在を保存しました" in saved_text(page)
    row = Consultation.unscoped.get(written_by=writer)
    assert (row.unanswered, row.counted, row.method, row.contents) == (True, False, "4", [])
    assert hands.inputs == 2, f"{hands.inputs} actions"


def test_an_anonymous_call_takes_at_most_four_inputs(site, page, writer, hands):
    opened(page, site)
    hands.acts("ArrowUp", "Enter")
    page.wait_for_function("document.activeElement.id === 'id_contents_0'")
    hands.acts("r")
    hands.goes_on()
    hands.fills("眠れないと話す。聞いた。")
    hands.acts("Control+Enter")
    page.wait_for_url("**/consultations/**")
    row = Consultation.unscoped.get(written_by=writer)
    assert (row.subject, row.method, row.contents) == ("anonymous", "4", ["04"])
    assert hands.inputs <= 4, f"{hands.inputs} inputs"
    assert hands.inputs == 4


# ---- people ----


def test_several_people_in_one_entry(site, page, writer, person, hands):
    brother, wrong = (
        CaseFactory(client__family_kana="オトウト").client,
        CaseFactory(client__family_kana="チガウ").client,
    )
    opened(page, site, f"/clients/{person.pk}/log/")
    for other in (wrong, brother):
        page.focus("#id_clients")
        search_for(hands, other)
        hands.goes_on()
        hands.goes_on()
        page.wait_for_selector(f"{CHOSEN}[data-client='{other.pk}']")
    assert page.inner_text("#log-count") == "3人の相談です。1人ずつ、3件の記録になります。"
    page.click(f"{CHOSEN}[data-client='{wrong.pk}'] [data-remove]")
    assert hands.at == "id_clients"
    assert page.inner_text("#log-count") == "2人の相談です。1人ずつ、2件の記録になります。"
    page.focus("#id_method_1")
    hands.acts("2", "Enter", "q", "Enter")
    hands.fills("2人で来所。")
    hands.acts("Control+Enter")
    page.wait_for_url(f"**/clients/{person.pk}/")
    rows = Consultation.unscoped.filter(written_by=writer).order_by("position")
    assert [row.client for row in rows] == [person, brother] and rows[0].group == rows[1].group


def test_a_new_person_with_kana_alone(site, page, writer, hands):
    opened(page, site)
    hands.fills("まつなが")
    page.wait_for_selector("#log-candidates [data-who=new]")
    hands.acts("ArrowUp", "ArrowUp", "Enter")
    page.wait_for_selector(".ks-who-part.new", state="visible")
    assert page.input_value("#id_kana") == "マツナガ"
    page.focus("#id_method_0")
    hands.acts("1", "Enter", "d", "Enter")
    hands.fills("仕事が続かない。")
    hands.acts("Control+Shift+Enter")
    page.wait_for_selector(".ks-toast")
    assert page.url == f"{site}/log/" and "マツナガさんの相談を保存しました" in saved_text(page)
    assert Consultation.unscoped.get(written_by=writer).client.family_kana == "マツナガ"


def test_a_twin_is_shown_while_typing_and_may_be_taken(site, page, writer, person):
    opened(page, site, "/log/?who=new")
    page.fill("#id_kana", f"{person.family_kana} {person.given_kana}")
    page.fill("#id_birth", "S60.5.10")
    page.click(f"[data-choose='{person.pk}']")
    page.wait_for_selector(f"{CHOSEN}[data-client='{person.pk}']")
    assert page.is_checked("[name=subject][value=client]")


# ---- keys ----


def test_keys_work_inside_their_group_only_and_never_while_converting(site, page, writer, person):
    opened(page, site, f"/clients/{person.pk}/log/")
    press = "event => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...event}))"
    page.focus("#id_method_0")
    for key in ("3", "0"):
        page.evaluate(press, {"key": key, "isComposing": True})
    page.evaluate(press, {"key": "Enter", "ctrlKey": True, "isComposing": True})
    assert not page.locator("[name=method]:checked").count() and page.url.endswith("/log/")
    page.keyboard.press("q")
    assert not page.locator("[name=contents]:checked").count()
    page.focus("#id_facts")
    page.keyboard.type("0 1 q n")
    assert page.input_value("#id_facts") == "0 1 q n" and page.url.endswith("/log/")
    assert not page.locator("[name=method]:checked, [name=contents]:checked").count()
    keys = page.locator("#log-method .btn .k").all_inner_texts()
    assert keys == list("12345678") and page.locator("#log-method .btn").first.inner_text().endswith("電話")


def test_enter_in_a_line_never_saves(site, page, writer, person):
    opened(page, site, f"/clients/{person.pk}/log/")
    for field in ("#id_clients", "#id_date", "#id_minutes", "#id_next_what"):
        page.focus(field)
        page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.endswith("/log/") and not page.locator(".ks-errsum").count()
    assert not Consultation.unscoped.filter(written_by=writer).exists()


def test_another_day_did_not_begin_now(site, page, writer, person):
    opened(page, site, f"/clients/{person.pk}/log/")
    assert page.input_value("#id_start") and page.input_value("#id_minutes") == "1"
    page.fill("#id_date", "昨日")
    page.press("#id_date", "Tab")
    assert (page.input_value("#id_start"), page.input_value("#id_minutes")) == ("", "")


def test_the_next_step_and_the_part_fill_themselves_in(site, page, writer, person):
    opened(page, site, f"/clients/{person.pk}/log/")
    page.click("label[for=id_next_1]")
    assert page.input_value("#id_next_date") == "R8.11.27" and "11月27日(金)・担当" in page.inner_text(
        "#log-next"
    )
    page.check("#id_rights_concern")
    assert page.is_checked("[name=part][value=rights]")
    page.click("label[for=id_part_2]")
    page.uncheck("#id_rights_concern")
    assert page.is_checked("[name=part][value=strengthen]")
    page.click("#log-quote")
    assert page.input_value("#id_facts") == "家を出たいと話す。"


# ---- nothing typed is lost ----


def test_a_session_that_ends_in_mid_typing_keeps_and_sends_the_text(site, page, writer, person, hands):
    opened(page, site, f"/clients/{person.pk}/log/")
    hands.acts("1", "Enter", "q", "Enter")
    hands.fills("切れる前に書いた文。")
    state(page, SAVED)
    Session.objects.all().delete()
    hands.fills("切れた後に書いた文。")
    page.wait_for_selector("#relogin[open] input[name=password]")
    sign_in_over_the_page(page, writer)
    state(page, SAVED)
    whole = "切れる前に書いた文。切れた後に書いた文。"
    assert page.input_value("#id_facts") == whole
    page.wait_for_function("() => document.querySelector('[name=seen]')")
    assert Draft.unscoped.get(user=writer).content["facts"] == whole
    page.focus("#id_facts")
    hands.acts("Control+Enter")
    page.wait_for_url(f"**/clients/{person.pk}/")
    assert Consultation.unscoped.get(written_by=writer).facts == whole


def test_a_session_that_ends_before_saving_repeats_the_same_post_once(site, page, writer, person, hands):
    opened(page, site, f"/clients/{person.pk}/log/")
    token = page.input_value("[name=group]")
    hands.acts("1", "Enter", "q", "Enter")
    hands.fills("保存の前に切れた。")
    state(page, SAVED)
    Session.objects.all().delete()
    hands.acts("Control+Enter")
    page.wait_for_selector("#relogin[open] input[name=password]")
    sign_in_over_the_page(page, writer)
    page.wait_for_url(f"**/clients/{person.pk}/")
    assert str(Consultation.unscoped.get(written_by=writer).group) == token
    assert not Draft.unscoped.filter(user=writer).exists()


def sign_in_over_the_page(page, user):
    page.fill("#relogin input[name=login]", user.username)
    page.fill("#relogin input[name=password]", PASSWORD)
    page.press("#relogin input[name=password]", "Enter")
    page.wait_for_selector("#relogin:not([open])", state="attached")


def test_while_the_network_is_away_the_text_stays_and_is_sent_later(
    site, page, context, writer, person, hands
):
    opened(page, site, f"/clients/{person.pk}/log/")
    hands.acts("1", "Enter", "q", "Enter")
    context.set_offline(True)
    hands.fills("圏外で書いた文。")
    state(page, AWAY)
    assert not Draft.unscoped.filter(user=writer, content__facts="圏外で書いた文。").exists()
    assert page.input_value("#id_facts") == "圏外で書いた文。" and browser_keeps_nothing(page)
    context.set_offline(False)
    state(page, SAVED)
    assert Draft.unscoped.get(user=writer).content["facts"] == "圏外で書いた文。"


def test_saving_while_the_network_is_away_is_done_when_it_is_back(site, page, context, writer, person, hands):
    opened(page, site, f"/clients/{person.pk}/log/")
    hands.acts("1", "Enter", "q", "Enter")
    hands.fills("圏外で保存を押した。")
    context.set_offline(True)
    hands.acts("Control+Enter")
    state(page, AWAY)
    assert page.input_value("#id_facts") == "圏外で保存を押した。"
    context.set_offline(False)
    page.wait_for_url(f"**/clients/{person.pk}/")
    assert Consultation.unscoped.get(written_by=writer).facts == "圏外で保存を押した。"


def test_saving_does_not_wait_for_a_slow_autosave(site, page, writer, person, hands):
    opened(page, site, f"/clients/{person.pk}/log/")
    held = []
    page.route("**/log/draft/", lambda route: held.append(route))
    hands.acts("1", "Enter", "q", "Enter")
    hands.fills("自動保存が返らないうちに保存。")
    page.wait_for_timeout(1000)
    assert held
    hands.acts("Control+Enter")
    page.wait_for_url(f"**/clients/{person.pk}/")
    assert Consultation.unscoped.get(written_by=writer).facts == "自動保存が返らないうちに保存。"


def test_a_draft_is_offered_after_the_page_was_lost(site, page, writer, person, hands):
    opened(page, site, f"/clients/{person.pk}/log/")
    hands.acts("2", "Enter", "w", "Enter")
    hands.fills("ここで画面が落ちた。")
    state(page, SAVED)
    page.goto("about:blank")
    opened(page, site)
    page.click("text=を続ける")
    page.wait_for_selector("#log.ks-js")
    assert page.input_value("#id_facts") == "ここで画面が落ちた。" and page.is_checked(
        "[name=method][value='2']"
    )
    assert page.locator(CHOSEN).get_attribute("data-client") == str(person.pk)


def test_two_tabs_with_one_draft_ask_which_to_keep(site, page, context, writer, person, hands):
    opened(page, site, f"/clients/{person.pk}/log/")
    page.fill("#id_facts", "1つ目の画面。")
    state(page, SAVED)
    second = context.new_page()
    opened(second, site, f"/drafts/{page.input_value('[name=group]')}/")
    second.fill("#id_facts", "2つ目の画面。")
    state(second, SAVED)
    second.wait_for_timeout(1000)
    page.fill("#id_facts", "1つ目の画面の続き。")
    state(page, "別の画面で同じ下書きが保存されました")
    assert Draft.unscoped.get(user=writer).content["facts"] == "2つ目の画面。"
    page.click("[name=overwrite]")
    state(page, SAVED)
    assert Draft.unscoped.get(user=writer).content["facts"] == "1つ目の画面の続き。"


def test_four_posts_at_once_make_one_record(site, page, writer, hands):
    opened(page, site, "/log/?who=new")
    page.fill("#id_kana", "ドウジ")
    page.click("label[for=id_method_0]")
    page.click("label[for=id_contents_0]")
    page.fill("#id_facts", "4つ同時に送った。")
    status = page.evaluate(
        """() => {
          const data = new URLSearchParams(new FormData(document.getElementById("log-form")));
          const send = () => fetch("/log/", {method: "POST", body: data, headers: {"HX-Request": "true"}});
          return Promise.all([send(), send(), send(), send()].map(async (one) => (await one).status));
        }"""
    )
    assert status == [204] * 4
    assert Consultation.unscoped.filter(written_by=writer).count() == 1
    assert Client.unscoped.filter(family_kana="ドウジ").count() == 1


# ---- the page itself ----


def test_the_page_fits_the_desk_and_has_no_axe_violations(site, page, writer, person, no_axe_violations):
    opened(page, site, f"/clients/{person.pk}/log/")
    bar = page.locator(".ks-savebar").bounding_box()
    assert bar["y"] + bar["height"] <= 768
    for field in ("#id_counterpart", "#id_rights_concern_helptext", CHOSEN):
        box = page.locator(field).bounding_box()
        assert box["y"] + box["height"] <= bar["y"], field
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    no_axe_violations()


@pytest.mark.parametrize("path", ["/log/", "/log/?who=new", "/log/?who=anonymous", "/drafts/"])
def test_each_opening_has_no_axe_violations(site, page, writer, no_axe_violations, path):
    page.goto(f"{site}{path}")
    no_axe_violations()


def test_candidates_and_errors_have_no_axe_violations(site, page, writer, person, hands, no_axe_violations):
    opened(page, site)
    search_for(hands, person)
    hands.acts("ArrowDown")
    assert page.get_attribute("#id_clients", "aria-activedescendant") == "log-candidates-1"
    no_axe_violations()
    page.focus("#id_facts")
    hands.acts("Control+Enter")
    page.wait_for_selector(".ks-errsum:focus")
    assert page.locator(".ks-errsum a").count() == 4
    no_axe_violations()


def test_without_scripts_a_person_is_found_chosen_and_saved(site, browser, writer, person, page):
    plain = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    tab = plain.new_page()
    tab.goto(f"{site}/log/")
    tab.fill("#id_facts", "書いてから探した。")
    tab.fill("#id_clients", person.family_kana)
    tab.click("button[value=find]")
    tab.check(f"[name=pick][value='{person.pk}']")
    assert tab.input_value("#id_facts") == "書いてから探した。"
    tab.click("label[for=id_method_0]")
    tab.click("label[for=id_contents_0]")
    tab.click(".ks-savebar [value=save]")
    tab.wait_for_url(f"**/clients/{person.pk}/")
    assert Consultation.unscoped.get(written_by=writer).facts == "書いてから探した。"
    plain.close()
