"""Files that the sample office's customers send along with a complaint: drawn here, so that nobody's are used."""

import struct
import zlib
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from crm_desktop.controllers.office import Office

WIDTH, HEIGHT = 120, 90
FLOOR, STAIN = 205, 150
"""Grey of the workshop's floor, and how much darker oil is."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def attach(entity: str, record: int, name: str, content: bytes, office: Office) -> None:
    """Keep a file with a record."""
    with TemporaryDirectory(prefix="crm-sample-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        office.attachments.add(entity, record, path)


def photograph(chance: Random) -> bytes:
    """A small grey PNG of a puddle of oil."""
    drops = [(chance.gauss(60, 20), chance.gauss(48, 13), chance.uniform(60, 400)) for _ in range(5)]
    grain = [chance.randint(-6, 6) for _ in range(997)]
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # this row is not filtered
        for x in range(WIDTH):
            depth = sum(size / (size / 4 + (x - left) ** 2 + 2 * (y - top) ** 2) for left, top, size in drops)
            rows.append(FLOOR + grain[(x * 31 + y * 57) % len(grain)] - int(STAIN * min(1.0, max(0.0, depth - 0.6))))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
