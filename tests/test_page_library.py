"""The page: adding, finding, correcting and removing reports, in a real browser."""

from __future__ import annotations

from pathlib import Path

from page_reports import CRANES, INSIGHTS, RATING, VIEWS, view
from page_server import HOLDING, ROOT, served, visit
from pdf_samples import column, draw
from playwright.sync_api import Browser, expect


def test_files_that_are_too_big_are_told_in_the_language_of_the_page(chrome: Browser, tmp_path: Path) -> None:
    """One that is far too big is not even sent; what was chosen or dropped with it goes in."""
    for name, size in (("huge.txt", 2_200_000), ("big.txt", 1_500_000)):
        (tmp_path / name).write_text("word " * (size // 5), "utf-8")
    (tmp_path / "good.txt").write_text(CRANES, "utf-8")
    with (
        served(tmp_path / "home", RAG_MAX_FILE_MB="1") as own,
        visit(chrome, own.url, locale="zh-CN") as seen,
    ):
        page = seen.page
        page.set_input_files("#upload input[type=file]", [tmp_path / n for n in ("huge.txt", "big.txt", "good.txt")])
        expect(page.locator(".toast")).to_have_text("huge.txt 有 3 MB，单个文件最多 1 MB。")
        expect(page.locator("#uploads li.added")).to_contain_text("good.txt")
        expect(page.locator("#uploads li.failed")).to_contain_text("有 1.4 MB，上限为 1 MB，请拆分文件")
        drop = """text => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(2200000)], "huge.txt"));
            data.items.add(new File([text], "more.txt"));
            document.querySelector("#upload button").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
        page.evaluate(drop, CRANES.replace("2025-06-01", "2025-08-01"))
        expect(page.locator("#uploads li.added")).to_contain_text("more.txt")
        expect(page.locator("li.report")).to_have_count(2)
        page.locator("li.report .open").first.click()
        page.get_by_role("button", name="编辑", exact=True).click()
        page.locator("#manage").get_by_label("目标价").fill("很多")
        page.get_by_role("button", name="保存").click()
        expect(page.locator(".problem")).to_contain_text("应为数字，如 185.50")


def test_upload_good_and_bad_files_then_edit_filter_and_remove(chrome: Browser, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(CRANES, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "program.exe").write_bytes(b"MZ\x00\x01")
    files = [tmp_path / name for name in ("good.txt", "empty.txt", "program.exe")]
    with served(tmp_path / "home") as own, visit(chrome, own.url) as seen:
        page = seen.page
        expect(page.locator(".welcome")).to_contain_text("Your library is empty")
        expect(page.locator("#reports")).to_contain_text("No reports yet")
        page.set_input_files("#upload input[type=file]", files)
        expect(page.locator("#uploads li.added")).to_contain_text("good.txt")
        expect(page.locator("#uploads li.failed")).to_have_count(2)
        failed = page.locator("#uploads li.failed")
        expect(failed.filter(has_text="program.exe")).to_contain_text("is not a kind of file")
        expect(failed.filter(has_text="empty.txt").locator(".why")).not_to_be_empty()
        expect(page.locator("li.report")).to_have_count(1)
        expect(page.locator(".welcome .follow").first).to_be_visible()

        page.locator("#uploads .report-open").click()
        expect(page.locator(".proof h2")).to_contain_text("起重机行业")
        page.get_by_role("button", name="Edit", exact=True).click()
        page.locator("#manage").get_by_label("Broker").fill("HARBOUR BRIDGE")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("li.report")).to_contain_text("HARBOUR BRIDGE")

        (tmp_path / "good.txt").write_text(CRANES.replace("2025-06-01", "2025-07-01"), "utf-8")
        page.set_input_files("#upload input[type=file]", tmp_path / "good.txt")
        expect(page.locator("#uploads .earlier")).to_contain_text("2025-06-01. Both are kept.")
        expect(page.locator("li.report")).to_have_count(2)
        page.get_by_role("button", name="Replace the earlier one").click()
        expect(page.locator("li.report")).to_have_count(1)
        expect(page.locator("li.report")).to_contain_text("2025-07-01")
        expect(page.locator("li.report")).to_contain_text("HARBOUR BRIDGE")
        expect(page.locator("#uploads .earlier")).to_have_count(0)
        page.get_by_role("button", name="Hide").click()
        expect(page.locator("#uploads li").first).to_be_hidden()
        search = page.locator("#search input, #search textarea")
        search.fill("nothing like it")
        expect(page.locator("#reports")).to_contain_text("No report matches")
        search.fill("harbour")
        expect(page.locator("li.report")).to_have_count(1)

        seen.ask("港口起重机订单同比增长多少？")
        assert "27.5%" in seen.text(".said")
        page.locator("li.report .open").click()
        page.get_by_role("button", name="Remove", exact=True).click()
        page.get_by_role("button", name="Yes, remove").click()
        expect(page.locator("#reports")).to_contain_text("No reports yet")
        page.locator(".said a.cite").first.click()
        expect(page.locator(".proof blockquote")).to_contain_text("27.5%")
        assert not list((own.home / "uploads").rglob("good.txt")), "uploaded copies do not stay"


def test_others_can_ask_while_a_long_report_is_added(chrome: Browser, tmp_path: Path) -> None:
    """The report is not in before somebody else's two questions have been answered: the page lets it go on only then."""
    rows = ["Tugboat fleet table row 1,234 5,678 9,012"] * 45
    (tmp_path / "tugs.pdf").write_bytes(draw(*([lambda canvas: column(canvas, 72, 90, rows)] * 300)))
    (tmp_path / "cranes.md").write_text("# Cranes\n\nOrders of quay cranes rose by 5% in 2024.", "utf-8")
    with (
        served(tmp_path / "home", ROOT / "seeds", script=HOLDING) as own,
        visit(chrome, own.url) as adding,
        visit(chrome, own.url) as asking,
    ):
        adding.page.set_input_files("#upload input[type=file]", [tmp_path / "tugs.pdf", tmp_path / "cranes.md"])
        expect(adding.page.locator("#uploads li").first).to_contain_text("reading")
        for question, words in ((INSIGHTS, "model competition"), (RATING, "Buy")):
            asking.ask(question)
            assert words in asking.page.locator(".said").last.inner_text()
        expect(adding.page.locator("#uploads li.added")).to_have_count(0)
        (tmp_path / "later.md").write_text("# Later cranes\n\nOrders fell by 3% in 2025.", "utf-8")
        adding.page.set_input_files("#upload input[type=file]", tmp_path / "later.md")
        expect(adding.page.locator("#uploads li")).to_have_count(2)
        (tmp_path / "home" / "go").touch()
        expect(adding.page.locator("#uploads li.added", has_text="later.md")).to_be_visible(timeout=90_000)
        for title in ("300 pages", "Cranes", "Later cranes"):
            expect(adding.page.locator("li.report", has_text=title).first).to_be_visible()


def test_views_of_a_company_as_table_charts_and_matrix(chrome: Browser, tmp_path: Path) -> None:
    for number, given in enumerate(VIEWS):
        (tmp_path / f"note{number}.txt").write_text(view(*given), "utf-8")
    with served(tmp_path / "home", *sorted(tmp_path.glob("note*.txt"))) as own, visit(chrome, own.url) as seen:
        page = seen.page
        page.locator("li.report").nth(3).wait_for()
        for place in range(4):
            page.locator("li.report .open").nth(place).click()
            expect(page.locator(".proof h2")).to_have_text(page.locator("li.report .title").nth(place).inner_text())
            page.get_by_role("button", name="Edit", exact=True).click()
            page.locator("#manage").get_by_label("Companies").fill("Quayside plc")
            page.get_by_role("button", name="Save").click()
            expect(page.locator("#notice")).to_contain_text("Saved")
            expect(page.locator(".proof .facts")).to_contain_text("Quayside plc")
        page.click("#tab-views")
        expect(page.locator("#a-views tbody tr")).to_have_count(4)
        expect(page.locator("#views .matrix .has")).to_have_count(4)
        expect(page.locator("#chart-targets")).to_be_hidden()
        page.locator("#views-company input").click()
        page.get_by_role("option", name="Quayside plc").click()
        for chart in ("#chart-targets", "#chart-ratings"):
            expect(page.locator(f"{chart} :is(canvas, svg.marks)").first).to_be_visible()
        expect(page.locator(".views-bar")).to_contain_text("median")
        page.locator("#a-views a.cite").first.hover()
        expect(page.locator("#cite-card q")).to_contain_text("Outperform")
        page.locator("#a-views a.cite").nth(1).click()
        expect(page.locator(".passage.cited mark")).to_contain_text("45")
        with page.expect_download() as download:
            page.click("#act-views-csv")
        assert "Outperform" in Path(download.value.path()).read_text("utf-8-sig")
        page.locator("#views .matrix .report-open").first.click()
        expect(page.locator(".proof .facts")).to_contain_text("Quayside plc")
        page.click("#tab-talk")
        expect(page.locator("#ask textarea")).to_be_visible()
