"""Which place for files a deployment has: a folder, or a bucket named by FILE_STORE."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, current_app

from network.core.storage.disk import DiskStorage
from network.core.storage.port import Storage

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")
KNOWN = {"region", "endpoint"}


class Bucket(NamedTuple):
    """What `s3://bucket/prefix?region=…&endpoint=…` says."""

    name: str
    prefix: str
    region: str
    endpoint: str


def read_bucket(address: str) -> Bucket:
    """The bucket of a FILE_STORE. Raises ValueError for one that cannot be."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    endpoint = options.get("endpoint", "")
    if parts.scheme != "s3" or not BUCKET.match(parts.netloc) or not options.keys() <= KNOWN:
        raise ValueError(address)
    if endpoint and not (urlsplit(endpoint).scheme in ("http", "https") and urlsplit(endpoint).hostname):
        raise ValueError(address)
    prefix = parts.path.strip("/")
    return Bucket(parts.netloc, f"{prefix}/" if prefix else "", options.get("region", ""), endpoint)


def storage(app: Flask | None = None) -> Storage:
    """Where files of this network lie."""
    chosen = app or current_app
    kept: Storage | None = chosen.extensions.get("storage")
    if kept is None:
        kept = chosen.extensions["storage"] = _open(chosen.config)
    return kept


def _open(config: Mapping[str, Any]) -> Storage:
    if not config["FILE_STORE"]:
        return DiskStorage(Path(config["DATA_DIR"]) / "files")
    from network.core.storage.s3 import S3Storage  # Only where there is a bucket: boto3 takes a while to come in.

    bucket = read_bucket(config["FILE_STORE"])
    return S3Storage(bucket.name, prefix=bucket.prefix, region=bucket.region, endpoint=bucket.endpoint)
