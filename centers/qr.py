import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString


def qr_svg(text: str, label: str) -> SafeString:
    """The code as inline SVG, one path of squares, since data: pictures are not allowed; `label` is read out."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="ks-qr" viewBox="0 0 {0} {0}" role="img" aria-label="{2}">'
        '<rect width="{0}" height="{0}"/><path d="{1}" shape-rendering="crispEdges"/></svg>',
        len(rows),
        squares,
        label,
    )
