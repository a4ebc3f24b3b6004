"""The box at the top of every page and the page of results."""

import pytest

from centers.models import AccessLog
from tests.factories import CaseFactory, ClientFactory, center

pytestmark = pytest.mark.django_db

SUGGEST, SEARCH = "/search/suggest/", "/search/"


def yoshida(**fields):
    return ClientFactory(family_name="吉田", family_kana="ヨシダ", **fields)


def test_candidates_are_options_that_open_the_person(sign_in, on):
    browser, _ = sign_in("soudan")
    found = yoshida(town="島崎", number="N1-00007")
    page = browser.post(SUGGEST, {"q": "よしだ"}).content.decode()
    assert f'data-href="/clients/{found.pk}/"' in page
    assert 'role="listbox"' in page and 'id="find-list"' in page
    assert '昭和60年5月10日(41歳)・島崎・<span class="nw">N1-00007</span>' in page
    assert "「よしだ」を新しく登録して記録" in page and "匿名・氏名不明で記録" in page


def test_at_most_seven_candidates(sign_in, on):
    browser, _ = sign_in("soudan")
    for _ in range(9):
        yoshida()
    page = browser.post(SUGGEST, {"q": "よしだ"}).content.decode()
    assert page.count("data-client=") == 7


def test_the_quick_logs_field_gets_its_own_list(sign_in, on):
    browser, _ = sign_in("soudan")
    found = yoshida()
    page = browser.post(SUGGEST, {"q": "吉田", "for": "log"}).content.decode()
    assert 'id="log-candidates"' in page and f'data-client="{found.pk}"' in page


def test_nobody_found_still_offers_to_register(sign_in, on):
    browser, _ = sign_in("soudan")
    page = browser.post(SUGGEST, {"q": "<b>ナナシ"}).content.decode()
    assert "合う人はいません" in page
    assert "<b>ナナシ" not in page and "&lt;b&gt;ナナシ" in page


@pytest.mark.parametrize("text", ["", " ", "ハ", "7"])
def test_too_little_is_not_searched(sign_in, on, text):
    browser, _ = sign_in("soudan")
    ClientFactory(family_kana="ハヤシ", number="N1-00007")
    page = browser.post(SUGGEST, {"q": text}).content.decode()
    assert "data-client=" not in page
    assert not AccessLog.objects.filter(verb="search").exists()


def test_a_search_is_noted_by_its_hits_without_its_words(sign_in, on):
    browser, user = sign_in("soudan")
    yoshida()
    browser.post(SUGGEST, {"q": "吉田"})
    browser.post(SEARCH, {"q": "吉田"})
    noted = AccessLog.objects.filter(user=user, verb="search").order_by("id")
    assert [(row.page, row.hits) for row in noted] == [("cases:suggest", 1), ("cases:search", 1)]
    assert all(len(row.query_hash) == 64 and "吉田" not in row.query_hash for row in noted)
    assert not AccessLog.objects.filter(verb="read").exists(), "a list of candidates is no read"


def test_candidates_come_by_post_alone(sign_in, on):
    browser, _ = sign_in("soudan")
    assert browser.get(SUGGEST, {"q": "吉田"}).status_code == 405


def test_the_page_of_results_works_without_scripts(sign_in, on):
    browser, _ = sign_in("soudan")
    found = yoshida()
    empty = browser.get(SEARCH)
    assert "探す言葉を入れてください" in empty.content.decode()
    page = browser.post(SEARCH, {"q": "吉田"}).content.decode()
    assert f'href="/clients/{found.pk}/"' in page and f'href="/clients/{found.pk}/log/"' in page
    assert "合う人はいません" in browser.post(SEARCH, {"q": "ナナシ"}).content.decode()


def test_the_title_names_nobody(sign_in, on):
    browser, _ = sign_in("soudan")
    yoshida()
    page = browser.post(SEARCH, {"q": "吉田"}).content.decode()
    assert "吉田" not in page.split("<title>")[1].split("</title>")[0]


def test_more_than_fifty_results_ask_for_another_word(sign_in, on):
    browser, _ = sign_in("soudan")
    for _ in range(51):
        yoshida()
    page = browser.post(SEARCH, {"q": "吉田"}).content.decode()
    assert "50件より多くあります" in page
    assert page.count("data-row") == 50


def test_a_foreign_center_stays_hidden(sign_in, on):
    browser, _ = sign_in("soudan")
    yoshida(center=center("kita1"))
    assert "data-client=" not in browser.post(SUGGEST, {"q": "吉田"}).content.decode()


def test_the_number_of_queries_of_a_search_stays(sign_in, on, queries_of):
    browser, _ = sign_in("soudan")
    CaseFactory(client=yoshida())
    one = queries_of(lambda: browser.post(SUGGEST, {"q": "吉田"}))
    CaseFactory(client=yoshida())
    CaseFactory(client=yoshida())
    assert queries_of(lambda: browser.post(SUGGEST, {"q": "吉田"})) == one
