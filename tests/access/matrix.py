from tests import factories
from tests.matrix import Row


def build(world):
    world.things["file"] = factories.private_file(world.space)


ROWS = {
    # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
    "cse_access:file": [
        Row(
            "404 404 404 404 200 200 200 200 404 200",
            kwargs=lambda world: {"uuid": world.things["file"].uuid},
        ),
        Row(
            "405 405 405 405 405 405 405 405 405 405",
            kwargs=lambda world: {"uuid": world.things["file"].uuid},
            method="post",
        ),
    ],
    "cse_access:act-for": [
        Row("405 405 405 405 405 405 405 405 405 405"),
        Row(
            "302 404 404 404 302 302 302 302 404 404",
            method="post",
            data=lambda world: {"party": world.parties["ours"].key},
        ),
    ],
}
