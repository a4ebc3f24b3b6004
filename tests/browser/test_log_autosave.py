"""What is pressed while a draft is still on its way."""

from cases.models import Consultation


def test_a_save_is_not_lost_while_a_draft_is_on_its_way(site, login, page):
    user = login("soudan", "nishi")
    on_the_way: list = []
    page.route("**/log/draft/", lambda route: on_the_way.append(route))  # never answered
    page.goto(f"{site}/log/")
    page.click('input[name="subject"][value="anonymous"] + label')
    page.click('input[name="contents"][value="01"] + label')
    page.fill("#id_facts", "家賃の相談")
    while not on_the_way:
        page.wait_for_timeout(50)
    page.press("#id_facts", "Control+Enter")
    page.wait_for_selector(".ks-toast")
    assert Consultation.unscoped.filter(written_by=user).count() == 1
