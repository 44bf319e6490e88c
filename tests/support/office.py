"""Office and PDF files made by hand, as small as such files can be: for tests that upload them or read their words."""

from __future__ import annotations

import io
import zipfile

_CONTENT = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/{main}"/></Types>'
)
_MAIN = "vnd.openxmlformats-officedocument.{}.main+xml"
WORD, EXCEL = _MAIN.format("wordprocessingml.document"), _MAIN.format("spreadsheetml.sheet")
MACROS = "vnd.ms-word.document.macroEnabled.main+xml"


def packed(parts: dict[str, str | bytes], *, stored: bool = False) -> bytes:
    """An archive of these parts in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)  # With no time in it.
    return out.getvalue()


def word(*paragraphs: str, main: str = WORD, more: dict[str, str | bytes] | None = None) -> bytes:
    """A .docx of these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": _CONTENT.format(part="word/document.xml", main=main),
            "word/document.xml": document,
            **(more or {}),
        }
    )


def excel(*cells: str, sheet: str = "Costs") -> bytes:
    """A .xlsx with these cells."""
    return packed(
        {
            "[Content_Types].xml": _CONTENT.format(part="xl/workbook.xml", main=EXCEL),
            "xl/workbook.xml": f'<workbook><sheets><sheet name="{sheet}"/></sheets></workbook>',
            "xl/sharedStrings.xml": f"<sst>{''.join(f'<si><t>{cell}</t></si>' for cell in cells)}</sst>",
        }
    )


def open_document(*paragraphs: str, kind: str = "text") -> bytes:
    """An .odt (or another kind of OpenDocument) of these paragraphs."""
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f'<office:document xmlns:office="o" xmlns:text="t">{body}</office:document>',
        },
        stored=True,
    )


def pdf(*pages: str) -> bytes:
    """A PDF with one line on each page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n0\n%%EOF\n").encode("latin-1")
