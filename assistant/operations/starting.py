"""What is checked before the server starts: every fault at once, in Chinese, with what to do about it."""

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage

from assistant.operations.readiness import chroma_answers
from corpus.errors import StoreError
from corpus.settings import Settings
from index.database import answers as database_answers
from index.place import Place
from index.store import Store


def faults(settings: Settings, *, address: str, port: int) -> list[str]:
    """One sentence for each fault; empty where the server can start."""
    if unwritable := list(_store_faults(settings.store)):
        return [*unwritable, *_port_faults(address, port)]
    servers = [*_database_faults(settings), *_chroma_faults(settings)]
    return [
        *_disk_faults(settings),
        *servers,
        *([] if servers else _index_faults(settings)),
        *_port_faults(address, port),
    ]


def _store_faults(store: Path) -> Iterator[str]:
    try:
        store.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=store).close()
    except OSError as error:
        yield f"索引文件夹 {store} 写不进去（{error.strerror}）。请检查写权限，或用 JUSHI_STORE 换一个文件夹。"


def _disk_faults(settings: Settings) -> Iterator[str]:
    free = disk_usage(settings.store).free
    if free < settings.min_free_bytes:
        yield (
            f"磁盘只剩 {free / 1e6:.0f} MB，少于 {settings.min_free_bytes / 1e6:.0f} MB（{settings.store}）。"
            "请腾出空间，或用 JUSHI_MIN_FREE_BYTES 改这个限度。"
        )


def _database_faults(settings: Settings) -> Iterator[str]:
    try:
        database_answers(settings.store, settings.database_url)
    except StoreError as error:
        yield str(error)


def _chroma_faults(settings: Settings) -> Iterator[str]:
    if not settings.chroma_url:
        return
    try:
        chroma_answers(settings.chroma_url)
    except OSError as error:
        yield f"连不上 Chroma 服务器 {settings.chroma_url}（{error}）。请检查它是否在运行，以及 JUSHI_CHROMA_URL。"


def _index_faults(settings: Settings) -> Iterator[str]:
    """An index that is missing or out of date while nobody builds it; one being built comes into service by itself."""
    place = Place(
        folder=settings.store, embedding_model=settings.embedding_model,
        database_url=settings.database_url, chroma_url=settings.chroma_url,
    )  # fmt: skip
    try:
        Store.at(place)
    except StoreError as error:
        if not _being_built(place):
            yield str(error)


def _being_built(place: Place) -> bool:
    try:
        with place.generations().writing():
            return False
    except StoreError:
        return True


def _port_faults(address: str, port: int) -> Iterator[str]:
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, place = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        yield f"地址 {address} 的端口 {port} 用不了（{error.strerror}）。请换端口或地址：--port 8600 --address 0.0.0.0"
