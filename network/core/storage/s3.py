"""Files in a bucket that speaks the S3 protocol. Nothing in it is public: the network hands everything over itself.

Who may have a file is decided for each request, so there are no signed addresses: one of them would go on working for
whoever has it after the guide was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from network.core.storage.port import APART, NAME, StoreAway, checked, new_name

_PATIENCE = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"max_attempts": 2, "mode": "standard"},
    # Other makers' stores do not all know the newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_GONE = {"404", "NoSuchKey", "NotFound"}


class S3Storage:
    """Objects `<prefix>files/3f…e1.webp` of one bucket. Credentials are found as boto3 finds them."""

    def __init__(self, bucket: str, *, prefix: str = "", region: str = "", endpoint: str = "") -> None:
        self._bucket = bucket
        self._files, self._apart = f"{prefix}files/", f"{prefix}{APART}/"
        self._client = boto3.client("s3", region_name=region or None, endpoint_url=endpoint or None, config=_PATIENCE)

    def put(self, data: bytes, suffix: str) -> str:
        """Store the bytes and return their new name."""
        name = new_name(suffix)
        with _bucket():
            self._client.put_object(Bucket=self._bucket, Key=self._files + name, Body=data)
        return name

    def source(self, name: str) -> IO[bytes] | None:
        """The file as it streams in, or None when it is gone."""
        with _bucket():
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=self._files + checked(name))
            except ClientError as error:
                if _is_gone(error):
                    return None
                raise
        return cast(IO[bytes], found["Body"])

    def read(self, name: str) -> bytes | None:
        """The whole file, or None when it is gone."""
        stream = self.source(name)
        if stream is None:
            return None
        with _bucket(), stream:
            return stream.read()

    def remove(self, name: str) -> None:
        """Take the file away; one that is gone already is no error."""
        with _bucket():
            self._client.delete_object(Bucket=self._bucket, Key=self._files + checked(name))

    def set_apart(self, name: str) -> None:
        """Move the object to the prefix that nothing is served from."""
        key = self._files + checked(name)
        with _bucket():
            try:
                where: Any = {"Bucket": self._bucket, "Key": key}
                self._client.copy_object(Bucket=self._bucket, Key=self._apart + name, CopySource=where)
            except ClientError as error:
                if not _is_gone(error):
                    raise
                return
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def older_than(self, moment: datetime, *, apart: bool = False) -> Iterator[str]:
        """Names of files stored, or set apart, before the moment."""
        prefix = self._apart if apart else self._files
        with _bucket():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
                for item in page.get("Contents", ()):
                    name = item["Key"].removeprefix(prefix)
                    if item["LastModified"] < moment and NAME.match(name):
                        yield name

    def remove_apart(self, name: str) -> None:
        """Take away a file that was set apart."""
        with _bucket():
            self._client.delete_object(Bucket=self._bucket, Key=self._apart + checked(name))

    def check(self) -> None:
        """Raises StoreAway when the bucket does not answer."""
        with _bucket():
            self._client.head_bucket(Bucket=self._bucket)


def _is_gone(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code", "") in _GONE


@contextmanager
def _bucket() -> Iterator[None]:
    """Whatever is wrong with the bucket is told in the words of the port."""
    try:
        yield
    except (BotoCoreError, ClientError, OSError) as error:
        raise StoreAway(str(error)) from error
