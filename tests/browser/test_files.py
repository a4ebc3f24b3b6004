"""文書, from the person's page: a file that lies is refused in words, a true one is kept, opened and taken back."""

from tests.factories import CaseFactory, center


def test_a_file_is_attached_opened_and_taken_back(login, page, site, tmp_path):
    user = login("soudan", "minami1")
    person = CaseFactory(client__center=center("minami1"), responsible=user.staff_member).client
    lying, true = tmp_path / "写真.jpg", tmp_path / "診断書.pdf"
    for file in (lying, true):
        file.write_bytes(b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n")
    page.goto(f"{site}/clients/{person.pk}/")
    page.click("nav[aria-label='この人の記録'] >> text=文書")
    page.click("text=添付する")
    page.set_input_files("#id_file", lying)
    page.select_option("#id_kind", label="診断書")
    page.fill("#id_note", "本人から")
    page.click("main form.ks-form button[type=submit]")
    page.wait_for_selector(".ks-errsum >> text=中身はPDFです")
    assert page.input_value("#id_note") == "本人から"
    page.set_input_files("#id_file", true)
    page.click("main form.ks-form button[type=submit]")
    with page.expect_download() as download:
        page.click("main .ks-rows a:has-text('診断書.pdf')")
    assert download.value.suggested_filename == "診断書.pdf"
    assert download.value.path().read_bytes() == true.read_bytes()
    page.click("[aria-label='診断書.pdfを取り消す']")
    page.fill("#id_reason", "別の人の文書だった")
    page.click("button.btn-danger")
    page.wait_for_selector("text=取り消し済")
    assert page.locator("main a:has-text('診断書.pdf')").count() == 0
