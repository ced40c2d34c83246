"""Encrypted backups: what comes out is what went in, or nothing."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.db import encryption
from crm_desktop.errors import BackupError

PASSWORD = "备份密码2026"
PIECE = 64
HEADER = encryption.HEADER.size + 24
SEALED = PIECE + 17


@pytest.fixture(autouse=True, scope="module")
def cheap() -> object:
    """Small pieces, and keys that cost nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "PIECE", PIECE)
        patch.setattr(encryption, "PASSES", 1)
        patch.setattr(encryption, "KIBIBYTES", 8)
        yield


def sealed(folder: Path, content: bytes, password: str = PASSWORD) -> Path:
    plain, target = folder / "plain.db", folder / "a.crmbak"
    plain.write_bytes(content)
    encryption.encrypt(plain, target, password, lambda done, total: None, lambda: None)
    return target


def opened(path: Path, password: str = PASSWORD) -> bytes:
    return b"".join(encryption.decrypted(path, password))


@pytest.fixture(scope="module")
def content() -> bytes:
    return bytes(range(256)) + b"SQLite" * 7  # four whole pieces and a part of one


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, cheap: None, content: bytes) -> bytes:
    return sealed(tmp_path_factory.mktemp("good"), content).read_bytes()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_what_goes_in_comes_out(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    path = sealed(tmp_path, content)
    assert encryption.is_encrypted(path)
    assert opened(path) == content
    encryption.decrypt(path, tmp_path / "out.db", PASSWORD, lambda done, total: None)
    assert (tmp_path / "out.db").read_bytes() == content


def test_nothing_of_it_can_be_read_and_no_two_are_alike(tmp_path: Path) -> None:
    content = b"13904310001" * 100
    first = sealed(tmp_path, content).read_bytes()
    assert b"1390431" not in first
    assert sealed(tmp_path, content).read_bytes()[HEADER:] != first[HEADER:]


@pytest.mark.parametrize("password", ["备份密码2027", "备份密码202", "备份密码2026 "])
def test_a_wrong_password(tmp_path: Path, good: bytes, password: str) -> None:
    (tmp_path / "a.crmbak").write_bytes(good)
    with pytest.raises(BackupError, match="密码不正确"):
        opened(tmp_path / "a.crmbak", password)


def test_no_password(tmp_path: Path, good: bytes) -> None:
    (tmp_path / "a.crmbak").write_bytes(good)
    with pytest.raises(BackupError, match="请输入备份密码"):
        opened(tmp_path / "a.crmbak", "")


def pieces(file: bytes) -> list[bytes]:
    return [file[start : start + SEALED] for start in range(HEADER, len(file), SEALED)]


REARRANGED: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "the last piece is missing": lambda found: found[:-1],
    "all pieces are missing": lambda found: [],
    "the first piece is missing": lambda found: found[1:],
    "one in the middle is missing": lambda found: found[:1] + found[2:],
    "two have changed places": lambda found: [found[0], found[2], found[1], *found[3:]],
    "one is doubled": lambda found: [found[0], found[0], *found[1:]],
    "something follows": lambda found: [*found, b"\0" * SEALED],
    "the whole follows once more": lambda found: found + found,
}


@pytest.mark.parametrize("rearrange", REARRANGED.values(), ids=REARRANGED)
def test_pieces_out_of_place(tmp_path: Path, good: bytes, rearrange: Callable[[list[bytes]], list[bytes]]) -> None:
    (tmp_path / "a.crmbak").write_bytes(good[:HEADER] + b"".join(rearrange(pieces(good))))
    with pytest.raises(BackupError):
        opened(tmp_path / "a.crmbak")


def test_the_pieces_of_another_file(tmp_path: Path, good: bytes, content: bytes) -> None:
    other = sealed(tmp_path, content).read_bytes()
    (tmp_path / "a.crmbak").write_bytes(good[:HEADER] + other[HEADER:])
    with pytest.raises(BackupError):
        opened(tmp_path / "a.crmbak")


@given(data=st.data())
def test_no_changed_bit_is_overlooked(tmp_path_factory: pytest.TempPathFactory, good: bytes, data: st.DataObject) -> None:
    """The costs in the header are left out: what they may be is tested below, and the key would take long."""
    places = st.integers(0, len(good) - 1).filter(lambda place: not 24 <= place < 32)
    place, bit = data.draw(places), data.draw(st.integers(0, 7))
    changed = bytearray(good)
    changed[place] ^= 1 << bit
    path = tmp_path_factory.getbasetemp() / "changed.crmbak"
    path.write_bytes(changed)
    with pytest.raises(BackupError):
        opened(path)


@given(length=st.integers(0, 600))
def test_no_shortened_file_is_taken(tmp_path_factory: pytest.TempPathFactory, good: bytes, length: int) -> None:
    path = tmp_path_factory.getbasetemp() / "short.crmbak"
    path.write_bytes(good[: min(length, len(good) - 1)])
    with pytest.raises(BackupError):
        opened(path)


@given(tail=st.binary(min_size=1, max_size=200))
def test_no_lengthened_file_is_taken(tmp_path_factory: pytest.TempPathFactory, good: bytes, tail: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "long.crmbak"
    path.write_bytes(good + tail)
    with pytest.raises(BackupError):
        opened(path)


@pytest.mark.parametrize(("passes", "kibibytes"), [(0, 8), (11, 8), (2**32 - 1, 8), (1, 7), (1, 2**20 + 1), (1, 2**32 - 1)])
def test_a_file_that_would_block_the_computer(tmp_path: Path, good: bytes, passes: int, kibibytes: int) -> None:
    (tmp_path / "a.crmbak").write_bytes(good[:24] + struct.pack("<II", passes, kibibytes) + good[32:])
    with pytest.raises(BackupError, match="不完整或已被改动"):
        opened(tmp_path / "a.crmbak")


def test_cheaper_costs_do_not_open_it(tmp_path: Path, good: bytes) -> None:
    (tmp_path / "a.crmbak").write_bytes(good[:24] + struct.pack("<II", 2, 8) + good[32:])
    with pytest.raises(BackupError, match="密码不正确"):
        opened(tmp_path / "a.crmbak")


def test_the_costs_of_a_real_one() -> None:
    """What the program writes must be dear: a stick that is found can be tried at leisure."""
    source = Path(encryption.__file__).read_text(encoding="utf-8")
    assert "PASSES = 3\n" in source
    assert "KIBIBYTES = 256 * 1024\n" in source


def test_progress_and_a_stop(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    (tmp_path / "plain.db").write_bytes(b"x" * 200)

    def stop() -> None:
        if len(told) == 2:
            raise BackupError("已取消备份")

    with pytest.raises(BackupError, match="已取消"):
        encryption.encrypt(tmp_path / "plain.db", tmp_path / "a", PASSWORD, lambda *each: told.append(each), stop)
    assert told == [(64, 200), (128, 200)]
