"""One still image: whatever is handed in is decoded within limits and drawn anew, so that nothing else comes along."""

import hashlib
import io
from typing import NamedTuple

from PIL import Image, ImageOps

from clinic.refusals import Unacceptable

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
REFUSED = "That is no picture that we can read. Take a JPEG, PNG or WebP of at most 2 MB."


class Still(NamedTuple):
    """A JPEG of at most 1,600 pixels a side, without metadata; ``digest`` is the SHA-256 of its bytes."""

    image: bytes
    digest: str
    width: int
    height: int


def still_of(handed_in: bytes) -> Still:
    """Return what was handed in as a still. Raises ``Unacceptable``."""
    if len(handed_in) > MOST_BYTES:
        raise Unacceptable("The picture is larger than 2 MB. Make it smaller, or take another.", field="image")
    try:
        with Image.open(io.BytesIO(handed_in), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unacceptable("The picture has more than 50 million pixels.", field="image")
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(opened).convert("RGB")
    except Unacceptable:
        raise
    except Exception:  # a hostile file raises whatever its decoder likes
        raise Unacceptable(REFUSED, field="image") from None
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", turned.size)
    bare.paste(turned)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82, optimize=True)
    image = out.getvalue()
    return Still(image, hashlib.sha256(image).hexdigest(), *bare.size)
