"""What kind of file somebody hands in, told by its content; the name must say the same.

Nothing is unpacked but one small part of an Office file, and that only after its directory was judged.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


class FileRefused(ValueError):
    """A file that cannot be taken in; the text says in Japanese why and how to mend it."""


@dataclass(frozen=True)
class FileType:
    code: str
    label: str
    mime: str
    endings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """Of one file: bytes as it comes; of an Office file: parts, bytes unpacked, and how many times its own size."""

    file_bytes: int
    zip_entries: int
    unpacked_bytes: int
    unpacked_ratio: int


_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    one.code: one
    for one in (
        FileType("pdf", "PDF", "application/pdf", (".pdf",)),
        FileType("jpeg", "写真(JPEG)", "image/jpeg", (".jpg", ".jpeg")),
        FileType("png", "画像(PNG)", "image/png", (".png",)),
        FileType("heic", "写真(HEIC)", "image/heic", (".heic", ".heif")),
        FileType("docx", "Word", f"{_OFFICE}wordprocessingml.document", (".docx",)),
        FileType("xlsx", "Excel", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",)),
        FileType("pptx", "PowerPoint", f"{_OFFICE}presentationml.presentation", (".pptx",)),
    )
}
ACCEPTED = "PDF・JPEG・PNG・HEIC・Word(.docx)・Excel(.xlsx)・PowerPoint(.pptx)"
ENDINGS = tuple(ending for one in TYPES.values() for ending in one.endings)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {
    "docx": ("word/document.xml", f"{_OFFICE}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_OFFICE}presentationml.presentation.main+xml"),
}
_CONTENT_TYPES = "[Content_Types].xml"
_MOST_OF_CONTENT_TYPES = 1_000_000  # bytes; the list of a document of thousands of parts is a tenth of it
_LISTED = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_ENCRYPTED = 0x1
_TAIL = 2048
_BROKEN = "ファイルが壊れているか、途中で切れています。もとのファイルを開けるか確かめて、選び直してください。"


def file_type(data: bytes, name: str, limits: FileLimits) -> FileType:
    """The type of the content, which the name's ending must agree with. Raises FileRefused."""
    if not data:
        raise FileRefused("中身が空のファイルです。もとのファイルを確かめて、選び直してください。")
    found = _by_content(data, limits)
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in found.endings:
        said = f"名前の終わりは「{ending}」ですが" if ending else "名前に種類(.pdf など)が付いていませんが"
        raise FileRefused(
            f"{said}、中身は{found.label}です。名前の終わりを「{found.endings[0]}」に直すか、正しいファイルを選んでください。"
        )
    return found


def _by_content(data: bytes, limits: FileLimits) -> FileType:
    for begins, judge in _JUDGES:
        if begins(data):
            return TYPES[judge(data, limits)]
    if data.startswith(_OLD_OFFICE):
        raise FileRefused(
            "古い形式の Office か、パスワードの付いたファイルです。パスワードを外し、.docx・.xlsx・.pptx か PDF で"
            "保存し直してください。"
        )
    raise FileRefused(f"この種類のファイルは添付できません。添付できるのは {ACCEPTED} です。")


def _pdf(data: bytes, limits: FileLimits) -> str:
    if b"%%EOF" not in data[-_TAIL:]:
        raise FileRefused(_BROKEN)
    return "pdf"


def _jpeg(data: bytes, limits: FileLimits) -> str:
    if b"\xff\xd9" not in data[3:]:
        raise FileRefused(_BROKEN)
    return "jpeg"


def _png(data: bytes, limits: FileLimits) -> str:
    if data[12:16] != b"IHDR" or b"IEND" not in data[-_TAIL:]:
        raise FileRefused(_BROKEN)
    return "png"


def _heic(data: bytes, limits: FileLimits) -> str:
    return "heic"


def _is_heic(data: bytes) -> bool:
    """A box `ftyp` that names one of the brands, as its main one or among those it is compatible with."""
    size = int.from_bytes(data[:4], "big")
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, min(size, 256), 4))}
    return data[4:8] == b"ftyp" and bool(brands & _HEIC_BRANDS)


def _office(data: bytes, limits: FileLimits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _judge_directory(entries, len(data), limits)
            return _office_kind({entry.filename for entry in entries}, _listed_types(archive))
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        DefusedXmlException,
        NotImplementedError,
        KeyError,
        EOFError,
        OSError,
    ):
        raise FileRefused(_BROKEN) from None


def _judge_directory(entries: list[zipfile.ZipInfo], size: int, limits: FileLimits) -> None:
    """By the archive's directory alone, before anything is unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.zip_entries:
        raise FileRefused(
            f"中の部品が{limits.zip_entries:,}個を超えています。PDF で保存し直して添付してください。"
        )
    if unpacked > min(limits.unpacked_bytes, size * limits.unpacked_ratio):
        raise FileRefused(
            "開くと大きくなりすぎるファイルです。画像を小さくするか、PDF で保存し直して添付してください。"
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FileRefused("パスワードの付いたファイルです。パスワードを外して保存し直してください。")


def _listed_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part → its content type, of the one part that is read; never more of it than its own limit."""
    with archive.open(_CONTENT_TYPES) as part:
        text = part.read(_MOST_OF_CONTENT_TYPES + 1)
    if len(text) > _MOST_OF_CONTENT_TYPES:
        raise FileRefused(_BROKEN)
    listed = fromstring(text, forbid_dtd=True).iter(_LISTED)
    return {part.get("PartName", "").lstrip("/"): part.get("ContentType", "") for part in listed}


def _office_kind(names: set[str], listed: dict[str, str]) -> str:
    macro = any(name.lower().endswith("vbaproject.bin") for name in names)
    if macro or any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in listed.values()):
        raise FileRefused(
            "マクロの入ったファイルです。マクロのない形式(.docx・.xlsx・.pptx)か PDF で保存し直してください。"
        )
    if any("activex" in name.lower() for name in names):
        raise FileRefused("プログラムの部品(ActiveX)が入ったファイルです。PDF で保存し直してください。")
    for code, (part, kind) in _MAIN_PARTS.items():
        if part in names and listed.get(part) == kind:
            return code
    raise FileRefused(f"zip などのまとめたファイルは添付できません。1つずつ添付してください({ACCEPTED})。")


_JUDGES: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, FileLimits], str]], ...] = (
    (lambda data: data.startswith(b"%PDF-"), _pdf),
    (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    (_is_heic, _heic),
    (lambda data: data.startswith(b"PK\x03\x04"), _office),
)
