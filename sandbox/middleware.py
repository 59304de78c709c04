"""The content security policy of the demo: our pages hold no inline script or style, and need no exception."""

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
#: Wagtail's and Django's own admins hold inline scripts.
ADMINS = ("/admin/", "/django-admin/")


class ContentSecurityPolicy:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path.startswith(ADMINS):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
