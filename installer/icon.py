"""``python -m installer.icon`` draws the program's icon: a customer's card, in the blue of the window."""

from PIL import Image, ImageDraw

from installer.contents import ICON

SIDE = 1024
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
BLUE, WHITE = "#0d6efd", "#ffffff"
LINES = ((590, 370, 820), (590, 480, 820), (590, 590, 740))
"""Left, top and right of what is written on the card; nothing thinner survives at 16 pixels."""
THICK = 56


def draw() -> Image.Image:
    """Large enough to be made small."""
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((32, 32, SIDE - 32, SIDE - 32), radius=190, fill=BLUE)
    pen.rounded_rectangle((130, 250, 894, 774), radius=70, fill=WHITE)
    pen.ellipse((292, 330, 448, 486), fill=BLUE)
    pen.pieslice((230, 510, 510, 830), 180, 360, fill=BLUE)
    for left, top, right in LINES:
        pen.rounded_rectangle((left, top, right, top + THICK), radius=THICK // 2, fill=BLUE)
    return picture


def main() -> None:
    """Windows chooses the size that fits; each is shrunk from the large one."""
    draw().save(ICON, sizes=[(size, size) for size in SIZES])


if __name__ == "__main__":
    main()
