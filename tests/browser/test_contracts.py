"""契約・配置 as the city and a センター管理者 see it."""


def test_a_source_opens_beside_its_fact(login, page, site, no_axe_violations):
    login("shi")
    page.goto(f"{site}/contracts/?generation=r3-5")
    page.get_by_role("link", name="西 光").click()
    page.wait_for_url("**zone=nishi**")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="運営時間"))
    assert "要確認(推定)" in row.inner_text()
    row.get_by_text("出典").click()
    assert "令和3年度からの定めは資料にない" in row.inner_text()
    no_axe_violations()


def test_a_manager_changes_the_generation_and_stays_with_the_own_center(login, page, site, no_axe_violations):
    login("kanri")
    page.goto(f"{site}/contracts/")
    page.get_by_role("link", name="平成27〜29年度").click()
    page.wait_for_url("**generation=h27-29**")
    assert "西 光 の条件" in page.inner_text("main") and "1センター" in page.inner_text("main")
    no_axe_violations()
