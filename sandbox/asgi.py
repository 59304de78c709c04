import os
from importlib.util import find_spec

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox.settings")

application = get_asgi_application()

if find_spec("wagtail_cse.coedit.asgi"):
    from wagtail_cse.coedit.asgi import CoeditApplication

    application = CoeditApplication(application)
