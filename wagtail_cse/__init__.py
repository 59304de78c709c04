"""A Wagtail extension for civil-society networks."""

__version__ = "0.1.0.dev0"

#: The apps of this package, in the order for INSTALLED_APPS (a site's own apps stand before them, so that
#: its templates win). What we depend on (guardian, wagtail-localize, ...) the site lists itself.
APPS = [
    "wagtail_cse.pages",
    "wagtail_cse.languages",
    "wagtail_cse.modeldocs",
    "wagtail_cse.partnerships",
    "wagtail_cse.members",
    "wagtail_cse.coedit",
    "wagtail_cse.search",
    "wagtail_cse.access",
    "wagtail_cse.core",
]
