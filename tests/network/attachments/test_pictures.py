"""Pictures are drawn anew: nothing but pixels is kept, and nothing else gets in."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from network.attachments import pictures
from network.attachments.pictures import PHOTO, PICTURE, PictureRefused, Shape, Stored, storage, store_picture
from tests.support.cost import costs_at_most
from tests.support.pictures import HIDDEN, bomb, photograph, picture


def kept(app: Flask, data: bytes, shape: Shape = PICTURE, filename: str = "a.png") -> tuple[Stored, bytes]:
    with app.app_context():
        stored = store_picture(data, filename, shape)
        return stored, storage().path(stored.name).read_bytes()


@pytest.mark.parametrize("shape", [PHOTO, PICTURE], ids=["photo", "picture"])
def test_what_hid_in_a_photograph_is_gone(app: Flask, shape: Shape) -> None:
    sent = photograph()
    assert sent.count(HIDDEN) >= 2
    stored, body = kept(app, sent + b"PK\x03\x04" + HIDDEN, shape)
    image = Image.open(io.BytesIO(body))
    assert HIDDEN not in body
    assert b"A camera" not in body
    assert b"PK\x03\x04" not in body
    assert dict(image.getexif()) == {}
    assert "icc_profile" not in image.info
    assert "comment" not in image.info
    assert image.format == "WEBP"
    assert stored.media_type == "image/webp"


def test_what_hid_in_a_drawing_is_gone(app: Flask) -> None:
    words = PngInfo()
    words.add_text("Comment", HIDDEN.decode())
    words.add_itxt("XML:com.adobe.xmp", HIDDEN.decode())
    _, body = kept(app, picture(kind="PNG", pnginfo=words, icc_profile=b"profile" + HIDDEN))
    image = Image.open(io.BytesIO(body))
    assert image.format == "PNG"
    assert set(image.info) <= {"transparency", "gamma", "dpi"}


def test_a_photograph_on_its_side_is_put_upright(app: Flask) -> None:
    _, body = kept(app, photograph((600, 400)))
    image = Image.open(io.BytesIO(body)).convert("RGB")
    assert image.size == (400, 600)
    red, _, blue = image.getpixel((200, 30))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(
    ("size", "shape", "becomes"),
    [
        ((1200, 800), PHOTO, (512, 512)),
        ((60, 40), PHOTO, (40, 40)),
        ((3200, 800), PICTURE, (1600, 400)),
        ((800, 3200), PICTURE, (800, 3200)),
        ((60, 40), PICTURE, (60, 40)),
    ],
)
def test_sizes_are_fixed_and_small_ones_stay(
    app: Flask, size: tuple[int, int], shape: Shape, becomes: tuple[int, int]
) -> None:
    stored, body = kept(app, picture(size), shape)
    assert Image.open(io.BytesIO(body)).size == becomes == (stored.width, stored.height)
    assert stored.size == len(body)


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (picture(kind="PNG"), "PNG"),
        (picture(kind="PNG", mode="P"), "PNG"),
        (picture(kind="PNG", mode="L"), "PNG"),
        (picture(kind="GIF"), "PNG"),
        (picture(kind="WEBP"), "WEBP"),
        (picture(kind="JPEG"), "WEBP"),
        (picture(kind="JPEG", mode="CMYK"), "WEBP"),
    ],
)
def test_drawings_stay_sharp_and_photographs_get_small(app: Flask, data: bytes, format_: str) -> None:
    stored, body = kept(app, data)
    image = Image.open(io.BytesIO(body))
    assert image.format == format_
    assert stored.filename == f"a.{format_.lower()}"
    assert image.convert("RGB").getpixel((5, 20))[0] > image.convert("RGB").getpixel((5, 20))[2] - 60


def test_clear_parts_stay_clear(app: Flask) -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    _, body = kept(app, out.getvalue())
    assert Image.open(io.BytesIO(body)).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "must be a JPEG, PNG, WebP or GIF picture"),
        (b"hello", "must be a JPEG, PNG, WebP or GIF picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "must be a JPEG"),
        (b"%PDF-1.7", "must be a JPEG"),
        (b"GIF89a<script>alert(1)</script>", "must be a JPEG"),
        (picture((300, 300), "BMP"), "must be a JPEG"),
        (picture((300, 300), "TIFF"), "must be a JPEG"),
        (photograph()[:3000], "is damaged"),
        (picture((900, 900))[:200], "is damaged"),
        (bomb(5001, 5000), "25 million pixels or fewer"),
        (bomb(9000, 9000), "25 million pixels or fewer"),
        (bomb(30_000, 30_000), "25 million pixels or fewer"),
        (bomb(100, 100_000_000), "25 million pixels or fewer"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (10 * 1024 * 1024), "must be smaller than 10 MB"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else str(len(value)),
)
def test_what_is_no_picture_is_refused_with_a_sentence(app: Flask, data: bytes, message: str) -> None:
    with app.app_context(), pytest.raises(PictureRefused, match=message):
        store_picture(data, "x.png")
    assert not list(Path(app.config["DATA_DIR"]).glob("files/*/*"))


def test_a_picture_of_thousands_of_layers_is_refused_at_once(app: Flask) -> None:
    """Each layer of some bytes costs a pass over all pixels."""
    whole = picture((3000, 3000), "JPEG", progressive=True)
    layer = whole[whole.rindex(b"\xff\xda") : -2]
    assert 1 < whole.count(b"\xff\xda") < 20
    with app.app_context(), costs_at_most(1), pytest.raises(PictureRefused, match="too many layers"):
        store_picture(whole[:-2] + layer * 5000 + whole[-2:], "x.jpg")


def test_nobody_waits_for_ever_behind_other_pictures(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LONGEST_WAIT", 0.05)
    with app.app_context(), pictures.one_at_a_time(), pytest.raises(PictureRefused, match="in a minute"):
        store_picture(picture(), "x.png")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\nb.png", "", ".png", "x" * 400 + ".jpg", 'a"b.png'])
def test_the_name_that_was_sent_decides_nothing(app: Flask, name: str) -> None:
    stored, _ = kept(app, picture(), filename=name)
    assert len(stored.name) == 36
    assert stored.filename.endswith(".png")
    assert len(stored.filename) <= 200
    assert "/" not in stored.filename


def test_a_wide_picture_is_kept_in_smaller_sizes_as_well(app: Flask) -> None:
    with app.app_context():
        wide, narrow = (store_picture(picture(size=(width, 300)), "map.png") for width in (1500, 700))
        assert [(one.width, one.height) for one in wide.smaller] == [(800, 160), (400, 80)]
        assert narrow.smaller == ()
        assert len({wide.name, *(one.name for one in wide.smaller)}) == 3


PEAK = """
import io
from pathlib import Path
from PIL import Image
from network.attachments.pictures import PICTURE, _drawn_anew, one_at_a_time
out = io.BytesIO()
image = Image.new("P", (5000, 5000))
image.putpalette([255, 0, 0, 0, 255, 0])
image.save(out, "PNG", bits=1, transparency=b"\\x80\\x10")
with one_at_a_time():
    drawn = _drawn_anew(out.getvalue(), PICTURE)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(drawn[0].size[0], int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much a process took at most")
def test_a_small_file_of_many_pixels_takes_little_memory() -> None:
    told = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True).stdout.split()
    assert told[0] == "1600"
    assert int(told[1]) < 180
