"""Is what was signed still what is stored? Computed again each time, never remembered."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail_cse.coedit import canonical

from .models import Signature, SignOff


@dataclass(frozen=True, slots=True)
class Checked:
    """One signature and whether it stands on the text that is stored."""

    signature: Signature
    matches: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """`stated`: the fingerprint given at freezing; `computed`: hex SHA-256 of what is stored now."""

    computed: str
    stated: str
    text_matches: bool
    signatures: list[Checked]

    @property
    def matches(self) -> bool:
        return self.text_matches and all(checked.matches for checked in self.signatures)


def verify(signoff: SignOff) -> Verification:
    """Recompute the fingerprint of a frozen version and compare: text, images, kept bytes and every signature."""
    version = signoff.version
    text = canonical.verify(version)
    signatures = [
        Checked(signature, text.matches and signature.sha256 == version.sha256)
        for signature in signoff.signatures.select_related("organisation").order_by("signed_at", "pk")
    ]
    return Verification(text.computed, text.expected, text.matches, signatures)
