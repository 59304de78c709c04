from __future__ import annotations

from django.urls import path

from . import compare_views, drafting_views, export_views, signing_urls, version_views

app_name = "cse_modeldocs"

urlpatterns = [
    path("partnerships/<uuid:partnership>/documents/", drafting_views.document_list, name="list"),
    path("partnerships/<uuid:partnership>/documents/start/", drafting_views.start, name="start"),
    path("partnerships/<uuid:partnership>/documents/import/", drafting_views.import_document, name="import"),
    path("documents/<uuid:uuid>/", drafting_views.edit, name="edit"),
    path("documents/<uuid:uuid>/read/", drafting_views.read, name="read"),
    path("documents/<uuid:uuid>/imported/", drafting_views.imported, name="imported"),
    path("documents/<uuid:uuid>/title/", drafting_views.rename, name="rename"),
    path("documents/<uuid:uuid>/versions/", version_views.version_list, name="versions"),
    path("documents/<uuid:uuid>/versions/<int:number>/", version_views.version_detail, name="version"),
    path("documents/<uuid:uuid>/versions/<int:number>/restore/", version_views.version_restore, name="restore"),
    path("documents/<uuid:uuid>/compare/", compare_views.compare, name="compare"),
    path("documents/<uuid:uuid>/print/", export_views.print_view, name="print"),
    path("documents/<uuid:uuid>/download/<slug:form>/", export_views.download, name="download"),
    path("documents/<uuid:uuid>/versions/<int:number>/print/", export_views.print_view, name="version-print"),
    path(
        "documents/<uuid:uuid>/versions/<int:number>/download/<slug:form>/",
        export_views.download,
        name="version-download",
    ),
    *signing_urls.urlpatterns,
]
