"""What Word means by a style and its HTML does not say: which line is the title, and which row heads a table."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

STYLES = "p[style-name='Title'] => h1.title:fresh"
"""How mammoth marks the title, so that it can be told from a heading of the first level."""

FIRST_ROW = "The first row of {} became the head of the table, because the file marks none. Check that it is one."


def read_marks(html: str) -> tuple[str, str, list[str]]:
    """The HTML without its title and with heads in its tables, the title if it has one, and remarks."""
    soup = BeautifulSoup(html, "html.parser")
    title = ""
    for line in soup.find_all("h1", class_="title"):
        if not title and (title := " ".join(line.get_text().split())):
            line.decompose()
    guessed = sum(_head(table) for table in soup.find_all("table"))
    remarks = [FIRST_ROW.format("a table" if guessed == 1 else f"{guessed} tables")] if guessed else []
    return str(soup), title, remarks


def _head(table: Tag) -> bool:
    """Make the first row the head of a table that has none. True when nothing but its place says so."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    if len(rows) < 2 or table.find(["th", "thead"]) is not None:
        return False
    cells = rows[0].find_all("td", recursive=False)
    bold = all(_is_bold(cell) for cell in cells)
    for cell in cells:
        cell.name = "th"
        for strong in cell.find_all("strong") if bold else ():
            strong.unwrap()
    return not bold


def _is_bold(cell: Tag) -> bool:
    words = "".join(cell.get_text().split())
    return words == "".join("".join(strong.get_text().split()) for strong in cell.find_all("strong"))
