import os
from importlib.util import find_spec

from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

application = ASGIStaticFilesHandler(get_asgi_application())

if find_spec("wagtail_cse.coedit.asgi"):
    from wagtail_cse.coedit.asgi import CoeditApplication

    application = CoeditApplication(application)
