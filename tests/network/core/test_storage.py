"""The places for files keep the same promises: a folder, and a bucket on a stand-in for S3."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from network.attachments.actions import sweep
from network.attachments.uploads import store_upload
from network.core.clock import now
from network.core.settings import SettingError
from network.core.storage.choosing import read_bucket, storage
from network.core.storage.disk import DiskStorage
from network.core.storage.port import Storage, StoreAway
from network.core.storage.s3 import S3Storage
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.files import actions
from tests.network.library.shelf import Shelf
from tests.support.app import make_app, test_settings
from tests.support.cast import Cast

LATER, EARLIER = timedelta(minutes=1), timedelta(minutes=-1)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a stand-in for S3, which knows the bucket “files”."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def bucket(s3: str) -> str:
    """A FILE_STORE that names an empty bucket."""
    client = boto3.client("s3", endpoint_url=s3, region_name="eu-west-2")
    name = f"files-{len(client.list_buckets()['Buckets'])}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    return f"s3://{name}/network?region=eu-west-2&endpoint={s3}"


def open_bucket(address: str) -> S3Storage:
    found = read_bucket(address)
    return S3Storage(found.name, prefix=found.prefix, region=found.region, endpoint=found.endpoint)


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Each of the two."""
    if request.param == "disk":
        return DiskStorage(tmp_path / "files")
    return open_bucket(request.getfixturevalue("bucket"))


def sent(source: Path | IO[bytes] | None) -> bytes | None:
    """What a request would be answered with."""
    return source.read_bytes() if isinstance(source, Path) else source.read() if source else None


def test_what_is_put_is_kept_until_it_is_removed(place: Storage) -> None:
    place.check()
    name = place.put(b"words", "txt")
    other = place.put(b"words", "txt")
    assert name != other
    assert place.read(name) == sent(place.source(name)) == b"words"
    place.remove(name)
    place.remove(name)
    assert place.read(name) is None
    assert place.source(name) is None
    assert place.read(other) == b"words"


def test_names_lead_nowhere_else(place: Storage) -> None:
    for name in ("../secret_key", "a" * 32 + ".txt/..", "", "quarantine/" + "a" * 32 + ".txt"):
        for method in (place.read, place.source, place.remove, place.set_apart, place.remove_apart):
            with pytest.raises(ValueError, match="not a stored name"):
                method(name)


def test_old_ones_are_listed_and_what_is_set_apart_is_not_served(place: Storage) -> None:
    kept, apart = place.put(b"kept", "txt"), place.put(b"bad", "txt")
    place.set_apart(apart)
    place.set_apart(apart)
    assert place.read(apart) is None
    assert place.source(apart) is None
    assert list(place.older_than(now() + LATER)) == [kept]
    assert list(place.older_than(now() + EARLIER)) == []
    assert list(place.older_than(now() + LATER, apart=True)) == [apart]
    place.remove_apart(apart)
    assert list(place.older_than(now() + LATER, apart=True)) == []


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _away(tmp_path: Path, kind: str) -> Storage:
    if kind == "disk":
        (tmp_path / "files").write_text("a file where the folder should be")
        return DiskStorage(tmp_path / "files")
    return open_bucket(f"s3://files?region=eu-west-2&endpoint=http://127.0.0.1:{_closed_port()}")


@pytest.mark.parametrize("kind", ["disk", "s3"])
def test_a_place_that_is_away_says_so(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    place = _away(tmp_path, kind)
    calls: list[Callable[[], Any]] = [lambda: place.put(b"words", "txt"), place.check]
    if kind == "s3":
        name = "a" * 32 + ".txt"
        calls += [lambda: place.read(name), lambda: place.source(name), lambda: list(place.older_than(now()))]
    for call in calls:
        with pytest.raises(StoreAway):
            call()


@pytest.mark.parametrize(
    "value",
    [
        "bucket",
        "s3://",
        "s3://UPPER",
        "https://bucket",
        "s3://files?secret=x",
        "s3://files?endpoint=ftp://x",
        "s3://f?x",
    ],
)
def test_a_wrong_bucket_stops_the_start(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingError, match="FILE_STORE"):
        test_settings(tmp_path, FILE_STORE=value)


@pytest.mark.parametrize("value", ["127.0.0.1:3310", "tcp://host", "tcp://host:x", "unix:relative", "http://host:1"])
def test_a_wrong_scanner_stops_the_start(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingError, match="VIRUS_SCANNER"):
        test_settings(tmp_path, VIRUS_SCANNER=value)


def test_a_network_on_a_bucket_serves_searches_and_sweeps(tmp_path: Path, bucket: str, s3: str) -> None:
    app = make_app(tmp_path / "data", FILE_STORE=bucket)
    cast = Cast(app)
    priya = cast.person()
    guide = Shelf(cast).guide(priya)
    viewer = cast.viewer(priya)
    with app.app_context():
        stored, stray = (store_upload(data, "a.txt") for data in (b"Ask about the wheelbarrow", b"nobody names it"))
        with transaction():
            actions.add_file(viewer=viewer, guide_id=guide.id, stored=stored, title="Notes")
    while drain(app):
        pass
    visitor, address = cast.client(), f"/files/{stored.name}"
    answer = visitor.get(address)
    assert answer.data == b"Ask about the wheelbarrow"
    assert answer.headers["Content-Length"] == "25"
    assert answer.headers["Content-Disposition"] == "attachment; filename=a.txt"
    assert visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert address in visitor.get("/search?q=wheelbarrow").get_data(as_text=True)
    assert visitor.get("/health").get_json()["files"] == {"ok": True}
    with app.app_context():
        place = storage()
        assert isinstance(place, S3Storage)
        assert sweep() == 0, "young ones stay"
    with app.app_context(), pytest.MonkeyPatch.context() as later:
        later.setattr("network.attachments.actions.now", lambda: now() + timedelta(days=3))
        assert sweep() == 1
        assert place.read(stray.name) is None
        assert place.read(stored.name) is not None
    public = boto3.client("s3", endpoint_url=s3).get_bucket_acl(Bucket=read_bucket(bucket).name)
    assert all("AllUsers" not in str(grant) for grant in public["Grants"])
