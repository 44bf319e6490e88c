"""Reads an import as a whole: files, source, documents, links between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from network.library.importing import fields, filing, readers
from network.library.importing.addresses import Linker, Places
from network.library.importing.archives import open_archive
from network.library.importing.documents import (
    ImportedDocument,
    Limits,
    Progress,
    Reading,
    Refusal,
    SaidLicence,
    Source,
    SourceFile,
)
from network.library.importing.html import TooMuch
from network.library.importing.jekyll import Text, is_too_dense, only_links, translate
from network.library.importing.readers import CannotUse, Draft
from network.library.importing.sitemap import PICTURES, SiteMap
from network.library.importing.source import read_source
from network.library.importing.splitting import all_split, count_parts

_NO_GUIDE = re.compile(r"^(?:readme|licen[cs]e|copying|source)(?:\.(?:md|markdown|txt|html))?$", re.IGNORECASE)
MAX_LISTED = 8
FEW_WORDS = 40


def read(
    source: Path | bytes,
    *,
    name: str = "",
    limits: Limits | None = None,
    progress: Progress | None = None,
    site_url: str = "",
    default_language: str = "en",
    split_large: bool = False,
) -> Reading:
    """Reads a folder, an archive or a single document.

    name: the file's name when *source* is bytes. site_url: the address of the published site; links to
    pages that are not in the import then lead there. split_large: cut a document that is too long for a
    guide at its highest headings instead of skipping it. Raises ``archives.CannotRead`` when nothing can be
    read at all.
    """
    archive = open_archive(source, name=name, limits=limits)
    is_folder = isinstance(source, Path) and source.is_dir()
    return read_files(
        archive.files if is_folder else without_top_folder(archive.files),
        archive.refused,
        limits=limits,
        progress=progress,
        site_url=site_url,
        default_language=default_language,
        split_large=split_large,
    )


def read_files(
    files: list[SourceFile],
    refused: Iterable[Refusal] = (),
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    site_url: str = "",
    default_language: str = "en",
    split_large: bool = False,
) -> Reading:
    """Reads files that were opened before; *refused* is what was not opened. The rest is as in `read`."""
    limits = limits or Limits()
    skipped = list(refused)
    pictures = {file.path: file.data for file in files if file.path.lower().endswith(PICTURES)}
    drafts, origin = _drafts(files, skipped)
    documents = _documents(drafts, pictures, skipped, limits, site_url, default_language, progress)
    if split_large:
        documents = all_split(documents, limits)
    kept = [document for document in documents if _fits(document, limits, skipped)]
    shown = {path for document in kept for path in document.pictures}
    skipped += [Refusal(path, "no guide shows this picture") for path in pictures if path not in shown]
    return Reading(origin, tuple(kept), tuple(skipped))


def without_top_folder(files: list[SourceFile]) -> list[SourceFile]:
    """Archives usually hold one folder; a file's identity should not depend on its name."""
    tops = {file.path.split("/", 1)[0] if "/" in file.path else "" for file in files}
    if len(tops) != 1 or "" in tops:
        return files
    return [SourceFile(file.path.split("/", 1)[1], file.data) for file in files]


def _drafts(files: list[SourceFile], skipped: list[Refusal]) -> tuple[list[Draft], Source]:
    """Reads each file by itself; finds out where they come from."""
    drafts: list[Draft] = []
    origin = Source()
    for file in sorted(files, key=lambda file: file.path):
        last = file.path.rsplit("/", 1)[-1]
        if file.path.lower().endswith(PICTURES):
            continue
        try:
            if _NO_GUIDE.match(last):
                if last.lower() == "source.md":
                    origin = read_source(readers.decode(file.data))
                skipped.append(Refusal(file.path, "it tells about the source and is no guide"))
            elif not last.lower().endswith(readers.READABLE):
                skipped.append(Refusal(file.path, _no_guide(last)))
            else:
                drafts.append(readers.read_file(file))
        except CannotUse as error:
            skipped.append(Refusal(file.path, str(error)))
    return drafts, origin


def _no_guide(name: str) -> str:
    if name.lower().endswith((".doc", ".odt", ".rtf")):
        return "not a kind of file that becomes a guide: open it in your word processor and save it as .docx"
    return "not a kind of file that becomes a guide"


def _documents(
    drafts: list[Draft],
    pictures: Mapping[str, bytes],
    skipped: list[Refusal],
    limits: Limits,
    site_url: str,
    language: str,
    progress: Progress | None,
) -> list[ImportedDocument]:
    site = [(draft.path, draft.fields) for draft in drafts]
    texts: dict[str, Text] = {}
    for draft in drafts:
        if len(draft.body) > limits.file:
            skipped.append(Refusal(draft.path, "it is far too long for a guide"))
            continue
        if is_too_dense(draft.body):
            reason = "it has far more brackets and tags than a guide has; reading it would take too long"
            skipped.append(Refusal(draft.path, reason))
            continue
        try:
            markdown = draft.is_markdown
            texts[draft.path] = (
                translate(draft.path, draft.fields, draft.body, site) if markdown else only_links(draft.body)
            )
        except TooMuch as error:
            skipped.append(Refusal(draft.path, str(error)))
    site_map = SiteMap({draft.path: draft.fields for draft in drafts if draft.path in texts}, pictures, site_url)
    places = {path: text.places for path, text in texts.items()}
    documents = []
    for number, draft in enumerate(drafts, start=1):
        if draft.path in texts:
            document = _document(draft, texts[draft.path], site_map, places, pictures, limits, language)
            if document is None:
                skipped.append(Refusal(draft.path, _why_empty(texts[draft.path])))
            else:
                documents.append(document)
        if progress is not None:
            progress(number, len(drafts))
    return documents


def _document(
    draft: Draft,
    text: Text,
    site_map: SiteMap,
    places: Mapping[str, Places],
    pictures: Mapping[str, bytes],
    limits: Limits,
    language: str,
) -> ImportedDocument | None:
    own = SiteMap({}, draft.pictures) if draft.pictures else site_map
    linker = Linker(draft.path, own, places)
    body = text.finish(linker.rewrite(text.body))
    title, body = fields.title_of(draft.fields, body, draft.path, limits)
    if not re.search(r"\w", body):
        return None
    summary, body = fields.summary_of(draft.fields, body, limits)
    known = {**pictures, **draft.pictures}
    licence = filing.licence_of(draft.fields)
    return ImportedDocument(
        path=draft.path,
        title=title,
        summary=summary,
        body_markdown=body.strip() + "\n",
        language=fields.language_of(draft.fields, draft.path, language),
        tags=fields.tags_of(draft.fields, limits),
        kind=fields.kind_of(draft.fields),
        updated=fields.updated_of(draft.fields),
        pictures={path: known[path] for path in sorted(linker.used_pictures)},
        remarks=(*draft.remarks, *text.remarks, *_remarks(draft, linker), *_about(licence)),
        licence=licence,
        topics=filing.topics_of(draft.fields),
        lost_most=_has_gaps(text) and len(re.findall(r"\w+", body)) < FEW_WORDS,
    )


def _has_gaps(text: Text) -> bool:
    """Did the site's program put something here that is not in the file?"""
    return any(remark.startswith("Left out") for remark in text.remarks)


def _why_empty(text: Text) -> str:
    if _has_gaps(text):
        return "it holds nothing but template tags; its site fills this page by program"
    return "it has no text"


def _remarks(draft: Draft, linker: Linker) -> Iterator[str]:
    if linker.without_words:
        yield f"Pictures without a text alternative: {_listed(linker.without_words)}"
    if linker.missing_pictures:
        yield f"Pictures that are not in the import: {_listed(linker.missing_pictures)}"
    if linker.missing:
        yield f"Links to pages that are not in the import became plain words: {_listed(linker.missing)}"
    if draft.fields.get("outdated") is True:
        yield "The source itself marks this page as outdated."


def _about(licence: SaidLicence) -> Iterator[str]:
    if licence.unknown:
        yield f"The licence “{licence.name}” is not one we know: choose one before you publish."


def _listed(items: list[str]) -> str:
    distinct = list(dict.fromkeys(items))
    more = f" and {len(distinct) - MAX_LISTED} more" if len(distinct) > MAX_LISTED else ""
    return ", ".join(distinct[:MAX_LISTED]) + more


def _fits(document: ImportedDocument, limits: Limits, skipped: list[Refusal]) -> bool:
    if len(document.body_markdown.encode()) <= limits.guide:
        return True
    parts = count_parts(document.body_markdown)
    reason = f"longer than a guide may be ({limits.guide // 1024} KB)"
    if parts > 1:
        reason += f"; it can be split at its highest headings into {parts} guides"
    skipped.append(Refusal(document.path, reason))
    return False
