"""Markdown of the guides as HTML of the product: no HTML of its own, every link and picture accounted for.

Headings go down one level (a page has one h1), a picture that stands alone becomes a figure with its title as the
caption, a table becomes a region that scrolls by itself. A link or picture that leads nowhere raises GuideError.
"""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import unquote

from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

Address = Callable[[str], str]  # a link as it stands in the file → its address in the product


class GuideError(ValueError):
    """A guide names something that is not there."""


def parse(text: str) -> list[Token]:
    """Markdown as a flat list of tokens, to be cut by headings before it is rendered."""
    return _MARKDOWN.parse(text)


def render(tokens: Sequence[Token], *, link: Address, picture: Address, folder: Path) -> SafeString:
    """HTML of parsed Markdown; `folder` is where its relative picture names start."""
    heading = ""
    for at, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{int(token.tag[1]) + 1}"
            heading = tokens[at + 1].content if token.type == "heading_open" else heading
        elif token.type == "table_open":
            token.meta["label"] = f"{heading}の表"
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "inline":
            _resolve(token.children or [], link, picture, folder)
            if _is_picture(token):
                tokens[at - 1].tag = tokens[at + 1].tag = "figure"
                tokens[at - 1].attrSet("class", "ks-shot")
    return SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def links_of(tokens: Sequence[Token]) -> list[str]:
    """The links of the text in their order."""
    inner = [child for token in tokens for child in token.children or []]
    return [unquote(str(child.attrs["href"])) for child in inner if child.type == "link_open"]


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG file in pixels, from its first chunk."""
    with picture.open("rb") as file:
        head = file.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        raise GuideError(f"{picture.name} is not a PNG file")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _resolve(children: list[Token], link: Address, picture: Address, folder: Path) -> None:
    for child in children:
        if child.type == "link_open":
            child.attrSet("href", link(unquote(str(child.attrs["href"]))))
        elif child.type == "image":
            source = unquote(str(child.attrs["src"]))
            file = folder / source
            if not file.is_file():
                raise GuideError(f"the picture {source} is not there")
            child.meta["size"] = size_of(file)
            child.attrSet("src", picture(file.name))


def _is_picture(token: Token) -> bool:
    children = token.children or []
    return len(children) == 1 and children[0].type == "image"


def _image(self, tokens, at, options, env) -> str:
    token = tokens[at]
    width, height = token.meta["size"]
    shown = format_html(
        '<a href="{}"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
        '<span class="visually-hidden">(大きく開きます)</span></a>',
        token.attrs["src"],
        token.attrs["src"],
        self.renderInlineAsText(token.children or [], options, env),
        width,
        height,
    )
    caption = token.attrs.get("title")
    return shown + (format_html("<figcaption>{}</figcaption>", caption) if caption else "")


def _table(self, tokens, at, options, env) -> str:
    return format_html(
        '<div class="table-responsive" tabindex="0" role="region" aria-label="{}"><table class="table slim">',
        tokens[at].meta["label"],
    )


def _table_end(self, tokens, at, options, env) -> str:
    return "</table></div>"


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
for _name, _rule in (("image", _image), ("table_open", _table), ("table_close", _table_end)):
    _MARKDOWN.add_render_rule(_name, _rule)
