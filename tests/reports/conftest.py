"""Sample letters and a way to look at the pages that were made."""

from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from PIL import Image

from crm_desktop.reports import Recipient, Sender
from crm_desktop.reports.document import Document

MM = 72 / 25.4


class Page:
    """A rendered page: its size in mm, its text with boxes in mm from the top left, its ink."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.page = page
        self.text_page = page.get_textpage()
        self.width, self.height = (side / MM for side in page.get_size())
        self.text = self.text_page.get_text_range().replace("\r\n", "\n")
        self.flat = self.text.replace("\n", "")

    def boxes(self) -> list[tuple[str, float, float, float, float]]:
        """Every visible character with left, top, right, bottom of its ink."""
        found = []
        for index in range(self.text_page.count_chars()):
            char = self.text_page.get_text_range(index, 1)
            if char.strip():
                left, bottom, right, top = (edge / MM for edge in self.text_page.get_charbox(index))
                found.append((char, left, self.height - top, right, self.height - bottom))
        return found

    def ink(self, dots_per_mm: int = 8) -> Image.Image:
        """The page as an image whose non-zero pixels are ink."""
        picture = self.page.render(scale=dots_per_mm / MM, grayscale=True).to_pil()
        return picture.point([255] * 200 + [0] * 56)

    def ink_box(self, dots_per_mm: int = 8) -> tuple[float, float, float, float]:
        box = self.ink(dots_per_mm).getbbox()
        assert box
        left, top, right, bottom = (edge / dots_per_mm for edge in box)
        return left, top, right, bottom

    def is_blank(self, left: float, top: float, right: float, bottom: float) -> bool:
        part = (int(left * 8), int(top * 8), int(right * 8), int(bottom * 8))
        return self.ink(8).crop(part).getbbox() is None


@pytest.fixture
def pages() -> Iterator[Callable[[Document], list[Page]]]:
    opened: list[pypdfium2.PdfDocument] = []

    def look(document: Document) -> list[Page]:
        pdf = pypdfium2.PdfDocument(document.to_bytes())
        opened.append(pdf)
        return [Page(pdf[index]) for index in range(len(pdf))]

    yield look
    for pdf in opened:
        pdf.close()


@pytest.fixture
def sender() -> Sender:
    return Sender(
        "北京华信联创科技发展有限公司", "北京市海淀区科学院南路2号融科资讯中心C座12层",
        "100190", "010-82670000",
    )  # fmt: skip


@pytest.fixture
def recipient() -> Recipient:
    return Recipient(
        "i010001 明德", "310012", "浙江省杭州市西湖区文三路478号华星时代广场A座1606室",
        "杭州明德精密仪器有限公司", "市场部", "王建国", gender="男", phone="13800008000",
    )  # fmt: skip


@pytest.fixture
def longest() -> Recipient:
    return Recipient(
        "i0470001 呼伦贝尔", "021100",
        "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇索伦大街与安门路交叉口东北150米"
        "鄂温克旗农牧业科技综合服务大楼3号楼2单元1104室",
        "中国石油天然气股份有限公司内蒙古呼伦贝尔销售分公司鄂温克旗经营部", "", "龚契", gender="女",
    )  # fmt: skip


@pytest.fixture
def rare() -> Recipient:
    return Recipient(
        "i021003 𠮷野", "200040", "上海市静安区㛃路1266号䶮隆广场", "上海𠮷野商贸有限公司", "", "欧阳𬭎喆",
        position="总经理", position_is_title=True,
    )  # fmt: skip
