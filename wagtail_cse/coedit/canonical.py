"""What exactly is signed: the canonical bytes of a version, and their SHA-256.

Format 1 is a JSON object in UTF-8, keys sorted, no white space between tokens, non-ASCII characters as they are, no
final line end:

    {"content": [block, ...], "format": 1, "images": {uuid: sha256 of the file}, "language": tag, "title": text}

`content` is the neutral tree of `coedit.tree`, `images` covers the bytes of every image that stands in it. The format
number is part of the bytes. A later format gets a new number; an old version is always recomputed in its own format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .tree import from_state

if TYPE_CHECKING:
    from .models import Document, Version

FORMAT = 1
MISSING = "missing"

Tree = dict[str, Any]


def sha256(data: bytes) -> str:
    """Hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def encode(title: str, language: str, tree: Tree, images: dict[str, str], *, form: int = FORMAT) -> bytes:
    """The canonical bytes of these parts. `images`: uuid -> hex SHA-256 of the file."""
    if form != 1:
        raise ValueError(f"canonical format {form} is not known")
    return json.dumps(
        {
            "format": form,
            "title": title,
            "language": language,
            "content": tree.get("content", []),
            "images": images,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def canonical_bytes(version: Version) -> bytes:
    """The canonical bytes, computed now from the stored content of `version` and the files of its images."""
    return encode(
        version.title,
        version.language,
        version.content,
        image_hashes(version.document, version.content),
        form=version.canonical_format or FORMAT,
    )


def image_uuids(node: Tree) -> Iterator[str]:
    """The uuid of every image in a tree, in reading order."""
    if node.get("type") == "image" and node.get("attrs", {}).get("image"):
        yield node["attrs"]["image"]
    for child in node.get("content", ()):
        yield from image_uuids(child)


def image_hashes(document: Document, tree: Tree) -> dict[str, str]:
    """uuid -> hex SHA-256 of the bytes of each image in `tree`, from the files; "missing" where there is none."""
    wanted = set(image_uuids(tree))
    hashes = dict.fromkeys(wanted, MISSING)
    if not wanted:
        return hashes
    for image in document.images.filter(uuid__in=wanted).select_related("file"):
        digest = hashlib.sha256()
        try:
            with image.file.file.open("rb") as stored:
                for chunk in iter(lambda: stored.read(1 << 20), b""):
                    digest.update(chunk)
        except OSError:
            continue
        for name in wanted:
            if name.replace("-", "").lower() == image.uuid.hex:
                hashes[name] = digest.hexdigest()
    return hashes


@dataclass(frozen=True)
class Verification:
    """`matches`: nothing of the version was changed since it was frozen. `computed`: SHA-256 of what is there now."""

    matches: bool
    expected: str
    computed: str


def verify(version: Version) -> Verification:
    """Compute everything again from the stored version and its images and compare it with the fingerprint.

    The stored canonical bytes, the content and the Yjs state must all still say the same.
    """
    now = canonical_bytes(version)
    computed = sha256(now)
    same = computed == version.sha256 and version.canonical is not None and bytes(version.canonical) == now
    if same:
        try:
            same = from_state(bytes(version.state)) == version.content
        except Exception:
            # Bytes that were changed by hand may not decode at all, in whatever way the library says it.
            same = False
    return Verification(matches=bool(same and version.sha256), expected=version.sha256, computed=computed)
