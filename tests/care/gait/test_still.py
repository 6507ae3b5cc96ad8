"""Images: decoded within limits and drawn anew, whatever is handed in."""

import io
import zlib

import pytest
from PIL import Image

from clinic.care.gait.still import MOST_BYTES, REFUSED, still_of
from clinic.refusals import Unacceptable


def picture(size: tuple[int, int] = (2400, 1200), kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture's bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, "olive").save(out, kind, **more)
    return out.getvalue()


def test_a_picture_is_made_smaller_and_loses_what_the_camera_wrote_into_it() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Sam Ortega, Main Street"
    handed_in = picture(exif=exif)

    still = still_of(handed_in)

    with Image.open(io.BytesIO(still.image)) as made:
        assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (1600, 800), {})
    assert (still.width, still.height, len(still.digest)) == (1600, 800, 64)
    assert (b"Sam Ortega" in handed_in, b"Sam Ortega" in still.image) == (True, False)


def test_a_picture_taken_upright_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    still = still_of(picture((200, 100), exif=exif))

    assert (still.width, still.height) == (100, 200)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg(kind: str) -> None:
    assert still_of(picture((30, 20), kind)).image.startswith(b"\xff\xd8\xff")


def bomb() -> bytes:
    """Return a PNG of 60,000 by 60,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60000).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("handed_in", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", REFUSED),
        (b"GIF89a" + b"\0" * 50, REFUSED),
        (picture((30, 20))[:200], REFUSED),
        (b"", REFUSED),
        (b"\xff\xd8\xff" + b"x" * MOST_BYTES, "The picture is larger than 2 MB. Make it smaller, or take another."),
        (bomb(), REFUSED),
    ],
)
def test_what_is_no_picture_or_a_hostile_one_is_refused(handed_in: bytes, sentence: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        still_of(handed_in)

    assert refused.value.sentence == sentence


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Unacceptable) as refused:
        still_of(picture((9000, 6000), "PNG"))

    assert refused.value.sentence == "The picture has more than 50 million pixels."
