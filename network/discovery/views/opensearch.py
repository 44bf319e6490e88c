"""How browsers learn to search here: the OpenSearch description that every page links to."""

from __future__ import annotations

from flask import Response, current_app, render_template

from network.core.web.access import everyone
from network.discovery.views import area

MIME = "application/opensearchdescription+xml"
# The longest short name that the format allows.
LONGEST_NAME = 16


@area.get("/opensearch.xml", access=everyone)
def opensearch() -> Response:
    """The description; it tells no more than the site's name and its addresses."""
    name = current_app.config["SITE_NAME"]
    text = render_template("discovery/opensearch.xml", base=current_app.config["BASE_URL"], short=name[:LONGEST_NAME])
    return Response(text, mimetype=MIME)
