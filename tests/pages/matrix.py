from tests.matrix import Row

ROWS = {
    # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
    "cse_pages:setup": [
        Row("302 403 403 403 403 403 403 403 200 200"),
        Row("302 403 403 403 403 403 403 403 302 302", method="post"),
    ],
    "cse_pages:appoint": [
        Row("302 403 403 403 403 403 403 403 200 200", method="post"),
        Row("302 405 405 405 405 405 405 405 405 405"),
    ],
}
