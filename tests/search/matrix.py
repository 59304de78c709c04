from tests.matrix import Row

ROWS = {
    # Everybody may ask; what is found depends on who asks (test_query.py).
    "cse_search:search": Row("200 200 200 200 200 200 200 200 200 200", query="?q=volunteers"),
}
