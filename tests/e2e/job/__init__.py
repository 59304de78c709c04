"""The whole job, walked in browsers: `walk(Walk(...))` goes through the ten steps in the language of the walk."""

from playwright.sync_api import expect

from tests.e2e.job import drafting, network, publishing, reading, signing, translating, workspace, writing
from tests.e2e.job.walking import PATIENCE, Walk

STEPS = (
    network.build,
    workspace.open_and_keep_closed,
    drafting.bring_texts,
    writing.write_together,
    writing.keep_versions,
    signing.sign_one_version,
    publishing.publish,
    translating.translate,
    reading.read,
    reading.find,
)


def walk(site, visitor, axe, language):
    """Every step builds on what the one before left in the database, as people would."""
    job = Walk(site, visitor, axe, language)
    expect.set_options(timeout=PATIENCE)
    try:
        for step in STEPS:
            step(job)
            job.leave()
    finally:
        expect.set_options(timeout=5_000)


__all__ = ["STEPS", "Walk", "walk"]
