"""The server of the live tests: uvicorn runs it in a process of its own, on the database of the tests.

    CSE_SERVE_DATABASE=... python -m uvicorn tests.coedit.serve:application

CSE_SERVE_EARLY=1 makes it break the main promise: it acknowledges and shows before it commits. The crash test must
notice that.
"""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["CSE_SERVE_DATABASE"]
settings.ALLOWED_HOSTS = ["127.0.0.1"]

from django.core.asgi import get_asgi_application  # noqa: E402

django = get_asgi_application()

from wagtail_cse.coedit import hub, writer  # noqa: E402
from wagtail_cse.coedit.asgi import CoeditApplication  # noqa: E402

if os.environ.get("CSE_SERVE_EARLY"):
    put, shown, commit = hub.Hub._put, hub.Hub._shown, writer.commit_again

    def early(self, job):
        if job.pending is not None:
            job.connection.settle(job.pending)
            job.live.acknowledge(job.connection)
            job.live.show(job.pending.staged.data, job.connection)
        put(self, job)

    def late(pending, attempts=3):
        time.sleep(0.3)
        return commit(pending, attempts)

    hub.Hub._put = early
    hub.Hub._shown = lambda self, job, pending: job.live.committed(pending.seq)
    writer.commit_again = late

application = CoeditApplication(django)
