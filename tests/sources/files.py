"""Builds real EPUB, DOCX and PDF files for the readers' tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

XML = '<?xml version="1.0" encoding="utf-8"?>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HTML = (
    f"{XML}<!DOCTYPE html>"
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title/></head>"
)
CONTAINER = (
    f'{XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
STYLES = (
    f'{XML}<w:styles xmlns:w="{_W}">'
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="我的"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="b"/></w:style>'
    '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style></w:styles>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return stream.getvalue()


def epub_parts(
    bodies: Sequence[str], toc: str = "", metadata: str = "", guide: str = ""
) -> dict[str, str | bytes]:
    """A book of XHTML bodies; ``toc`` is the list inside its navigation document."""
    names = [f"p{number}" for number in range(len(bodies))]
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names
    )
    refs = "".join(f'<itemref idref="{n}"/>' for n in names)
    opf = (
        f'{XML}<package xmlns="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata><manifest>'
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest><spine>{refs}</spine>"
        f"{guide}</package>"
    )
    nav = f'{_HTML}<body><nav epub:type="toc"><ol>{toc}</ol></nav></body></html>'
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf,
        "OPS/nav.xhtml": nav,
    }
    for name, body in zip(names, bodies, strict=True):
        parts[f"OPS/{name}.xhtml"] = f"{_HTML}<body>{body}</body></html>"
    return parts


def docx_parts(body: str, **more: str) -> dict[str, str | bytes]:
    """A document of ``w:`` markup; ``more`` are other parts of the folder by their stem."""
    spaces = (
        f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": XML + "<Types/>",
        "word/document.xml": f"{XML}<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": STYLES,
    }
    for stem, content in more.items():
        parts[f"word/{stem}.xml"] = f'{XML}<w:{stem} xmlns:w="{_W}">{content}</w:{stem}>'
    return parts


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, properties)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


Placed = tuple[float, float, float, str]
"""x and y in points, size, text."""


def pdf(pages: Sequence[Sequence[Placed]], title: str = "", password: str = "") -> bytes:
    """A file with Adobe's Chinese font, which PDF programs bring themselves."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    canvas = Canvas(stream, encrypt=password or None)
    canvas.setTitle(title)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
