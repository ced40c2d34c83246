"""Encrypted backups, ``.crmbak``: a stream that gives way to no wrong password and to no change of a single bit.

    offset  bytes
    0       8      ``CRMBAK`` 0x00 0x01: what the file is, and the version of this format
    8       16     salt
    24      4      passes of Argon2id over its memory, little endian
    28      4      memory of Argon2id in KiB, little endian
    32      24     header of the stream (libsodium's secretstream, XChaCha20-Poly1305)
    56      …      pieces of 1 MiB of the database, each 17 bytes longer than what is in it; the last one, which may be
                   shorter and even hold nothing, carries the tag FINAL, and nothing follows it

The key is Argon2id over the password in UTF-8, 32 bytes. The first 32 bytes of the file are authenticated with every
piece, so a header that was exchanged is noticed like a piece that was changed, left out, doubled or put elsewhere.
"""

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from crm_desktop.errors import BackupError

SUFFIX = ".crmbak"
MAGIC = b"CRMBAK\x00\x01"
HEADER = struct.Struct("<8s16sII")
PIECE = 1 << 20
"""Bytes of the database in one piece; also all that is in memory at once."""
PASSES = 3
KIBIBYTES = 256 * 1024
"""What deriving a key costs; as much again for every password that somebody tries."""
MOST_PASSES = 10
MOST_KIBIBYTES = 1024 * 1024
"""A file may ask for this much at most: one that was made to block the computer is refused."""

WRONG_PASSWORD = "密码不正确，或文件已被改动，打不开这个加密备份。"
DAMAGED = "这个加密备份不完整或已被改动，不能使用。"
NO_PASSWORD = "这是加密备份，请输入备份密码。"

Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]


def is_encrypted(path: Path) -> bool:
    """Whether a file is one of these, by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def encrypt(source: Path, target: Path, password: str, on_progress: Progress, check: Callable[[], None]) -> None:
    """Write ``source`` encrypted and flushed to ``target``; ``check`` is called for every piece and may raise."""
    from nacl import bindings  # heavy: only for encrypted backups
    from nacl.utils import random  # heavy: only for encrypted backups

    header = HEADER.pack(MAGIC, random(16), PASSES, KIBIBYTES)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    total, done = source.stat().st_size, 0
    with source.open("rb") as plain, target.open("wb") as file:
        file.write(header)
        file.write(bindings.crypto_secretstream_xchacha20poly1305_init_push(state, _key(password, header)))
        for piece, is_last in _pieces(plain, PIECE):
            check()
            tag = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL if is_last else 0
            file.write(bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, header, tag))
            done += len(piece)
            on_progress(done, max(total, done))
        file.flush()
        os.fsync(file.fileno())


def decrypted(path: Path, password: str) -> Iterator[bytes]:
    """The pieces of a database, each authenticated; BackupError as soon as something is not as it was written.

    Only after the last piece is it certain that nothing is missing.
    """
    from nacl import bindings  # heavy: only for encrypted backups

    if not password:
        raise BackupError(NO_PASSWORD)
    with path.open("rb") as file:
        header = file.read(HEADER.size)
        start = file.read(bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        if len(start) < bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES:
            raise BackupError(DAMAGED)
        state = bindings.crypto_secretstream_xchacha20poly1305_state()
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, start, _key(password, header))
        is_first = True
        for sealed, is_last in _pieces(file, PIECE + bindings.crypto_secretstream_xchacha20poly1305_ABYTES):
            piece, tag = _pull(bindings, state, sealed, header, WRONG_PASSWORD if is_first else DAMAGED)
            if is_last != (tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL):
                raise BackupError(DAMAGED)
            is_first = False
            yield piece


def decrypt(path: Path, target: Path, password: str, on_progress: Progress) -> None:
    """Write the database inside an encrypted backup to ``target``, which the caller removes when this fails."""
    total, done = path.stat().st_size, 0
    with target.open("wb") as file:
        for piece in decrypted(path, password):
            file.write(piece)
            done += len(piece)
            on_progress(min(done, total), total)


def _pull(bindings: Any, state: Any, sealed: bytes, header: bytes, refusal: str) -> tuple[bytes, int]:
    if len(sealed) < bindings.crypto_secretstream_xchacha20poly1305_ABYTES:
        raise BackupError(DAMAGED)
    try:
        piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, header)
    except RuntimeError as error:  # how the library says that the authentication failed
        raise BackupError(refusal) from error
    return piece, tag


def _pieces(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """(piece, whether it is the last one); an empty file has one empty piece."""
    piece = file.read(size)
    while True:
        following = file.read(size) if len(piece) == size else b""
        yield piece, not following
        if not following:
            return
        piece = following


def _key(password: str, header: bytes) -> bytes:
    from nacl import bindings  # heavy: only for encrypted backups
    from nacl.exceptions import CryptoError  # heavy: only for encrypted backups
    from nacl.pwhash import argon2id  # heavy: only for encrypted backups

    magic, salt, passes, kibibytes = HEADER.unpack(header)
    is_sane = 1 <= passes <= MOST_PASSES and 8 <= kibibytes <= MOST_KIBIBYTES
    if magic != MAGIC or not is_sane:
        raise BackupError(DAMAGED)
    size = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
    try:
        key: bytes = argon2id.kdf(size, password.encode("utf-8"), salt, opslimit=passes, memlimit=kibibytes * 1024)
    except (CryptoError, RuntimeError, MemoryError) as error:
        raise BackupError("电脑的内存不够，打不开加密备份，请关闭其他程序后再试。") from error
    return key
