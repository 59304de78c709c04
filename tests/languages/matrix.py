from tests.matrix import Row

SECRETARIAT_ONLY = "302 404 404 404 404 404 404 404 200 200"
NOT_BY_GET = "302 405 405 405 405 405 405 405 405 405"
NOT_THERE = "302 404 404 404 404 404 404 404 404 404"

ROWS = {
    # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
    "cse_languages:board": Row(SECRETARIAT_ONLY),
    "cse_languages:translators": Row(SECRETARIAT_ONLY),
    "cse_languages:start": [Row(NOT_BY_GET), Row(NOT_THERE, method="post")],
    "cse_languages:publish": [
        Row(NOT_BY_GET, kwargs=lambda world: {"pk": 99999}),
        Row(NOT_THERE, kwargs=lambda world: {"pk": 99999}, method="post"),
    ],
    "cse_languages:dismiss": [Row(NOT_BY_GET), Row(NOT_THERE, method="post")],
}
