"""What may be stored: text without characters that break databases, files or screens."""

import re

_LINE_BREAK = re.compile(r"\r\n?")
_ANY_BREAK = re.compile(r"[\n\r\u2028\u2029]")
# Controls but tab and line feed, lone surrogates, and the two non-characters XML forbids.
_UNSTORABLE = re.compile("(?P<control>[\x00-\x08\x0b-\x1f\x7f-\x9f])|[\ud800-\udfff\ufffe\uffff]")
NOTE_LIMIT_BYTES = 10_240
_BYTES_PER_KANJI = 3


class TextInputError(ValueError):
    """A text that cannot be stored; the text says in Japanese why and how to mend it."""


def clean_text(text: str, *, limit_bytes: int = NOTE_LIMIT_BYTES) -> str:
    """A note with LF line ends; the limit counts UTF-8 bytes.

    Raises TextInputError for control characters other than line break and tab, for lone
    surrogates and for a note over the limit.
    """
    text = _LINE_BREAK.sub("\n", text)
    _refuse_unstorable(text)
    size = len(text.encode())
    if size > limit_bytes:
        raise TextInputError(
            f"記録は{limit_bytes:,}バイト(日本語で約{_about(limit_bytes)}字)までです。"
            f"いまは{size:,}バイトです。分けて記録してください。"
        )
    return text


def clean_line(text: str, *, limit: int) -> str:
    """A one-line text without spaces at its ends; the limit counts code points.

    Raises TextInputError for a line break, a control character, a text over the limit, and for one of which
    nothing is seen (zero-width characters and marks of direction alone).
    """
    line = text.strip()
    if _ANY_BREAK.search(line):
        raise TextInputError("途中に改行が入っています。1行で入れてください。")
    line = line.replace("\t", " ")
    _refuse_unstorable(line)
    if len(line) > limit:
        raise TextInputError(f"{limit:,}字までです。いまは{len(line):,}字です。短くしてください。")
    if line and not any(character.isprintable() for character in line):
        raise TextInputError("目に見える文字がありません。消して、入れ直してください。")
    return line


def _refuse_unstorable(text: str) -> None:
    if found := _UNSTORABLE.search(text):
        kind = "制御文字" if found["control"] else "こわれた文字"
        raise TextInputError(
            f"{found.start() + 1:,}文字目に使えない文字({kind} U+{ord(found[0]):04X})が"
            "あります。その文字を消してください。"
        )


def _about(limit_bytes: int) -> str:
    """How many kanji fit, to two figures."""
    return f"{int(float(f'{limit_bytes // _BYTES_PER_KANJI:.2g}')):,}"
