"""Pages of a PDF as pictures."""

import threading
import time

import pypdfium2
import pytest

from crm_desktop.errors import SystemRefused
from crm_desktop.system import PdfPages


def test_pictures_have_the_size_of_the_page(make_pdf):
    with PdfPages(make_pdf(220, 110, ["一", "二"])) as pages:
        assert pages.count == 2
        assert pages.size(2) == pytest.approx((220 * 72 / 25.4, 110 * 72 / 25.4), abs=0.1)
        colour, grey = pages.picture(1, 150), pages.picture(2, 150, grey=True)

    assert (colour.mode, grey.mode) == ("RGB", "L")
    assert colour.size == grey.size == pytest.approx((220 / 25.4 * 150, 110 / 25.4 * 150), abs=1)
    # Text begins 20 mm from the left and stands 50 mm above the lower edge.
    left, _, _, lower = grey.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert left * 25.4 / 150 == pytest.approx(20, abs=1.5)
    assert lower * 25.4 / 150 == pytest.approx(60, abs=2)


def test_a_file_by_its_path(make_pdf, tmp_path):
    file = tmp_path / "信封.pdf"
    file.write_bytes(make_pdf(110, 220, ["一"]))

    with PdfPages(file) as pages:
        assert pages.count == 1


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.4\ncut"])
def test_what_is_no_pdf_is_refused(content):
    with pytest.raises(SystemRefused, match="不是完整的 PDF"):
        PdfPages(content)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(SystemRefused, match="不是完整的 PDF"):
        PdfPages(tmp_path / "gone.pdf")


def test_threads_take_turns(make_pdf, monkeypatch):
    """PDFium breaks when two threads are in it at once, even with different documents."""
    pdf = make_pdf(220, 110, ["𠮷田"])
    inside, most = [], []
    render = pypdfium2.PdfPage.render

    def slow_render(self, **options):
        inside.append(self)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        return render(self, **options)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", slow_render)

    def draw():
        with PdfPages(pdf) as pages:
            pages.picture(1, 50)

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1, 1, 1, 1]
