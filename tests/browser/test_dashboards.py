"""Home, city, ward, audit and notices in Chromium: axe at three widths, and the table of centers on one screen."""

import pytest

from centers.models import StaffMember
from reports.checks import run_checks
from tests.browser.conftest import TODAY
from tests.factories import CaseFactory, ClientFactory, ConsultationFactory, FollowUpFactory, center


@pytest.fixture
def world(here):
    client = ClientFactory(center=center())
    ConsultationFactory.create_batch(3, client=client)
    run_checks(TODAY, store=True)
    return client


def test_home_of_a_worker(login, page, site, world, no_axe_violations):
    user = login("soudan")
    staff = StaffMember.objects.get(user=user)
    CaseFactory(client=world, responsible=staff, last_contact_on=TODAY, last_contact_method="4")
    FollowUpFactory(client=world, staff=staff, due_on=TODAY, what="受診の結果を聞く", written_by=user)
    page.goto(f"{site}/")
    assert page.get_by_text("受診の結果を聞く").is_visible()
    no_axe_violations()
    page.get_by_role("button", name="相談員 0/3").first.click()
    page.goto(f"{site}/notices/")
    assert page.get_by_text("開いた").first.is_visible()
    no_axe_violations()


def test_nine_centers_fit_on_one_screen(login, page, site, world, no_axe_violations):
    login("shi")
    page.goto(f"{site}/city/")
    last = page.locator("section:has(#centers) tbody tr").nth(8)
    box = last.bounding_box()
    assert box["y"] + box["height"] <= 768
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    no_axe_violations()
    page.get_by_role("link", name="西 光").first.click()
    page.wait_for_url("**/city/centers/**")
    no_axe_violations()


@pytest.mark.parametrize(("role", "path"), [("ku", "/wards/nishi/"), ("kansa", "/audit/"), ("kanri", "/")])
def test_the_other_first_pages(login, page, site, world, no_axe_violations, role, path):
    login(role)
    page.goto(f"{site}/")
    assert page.url == f"{site}{path}"
    no_axe_violations()
