"""Version 1 of the interface, with its description as OpenAPI."""

from django.contrib.auth.decorators import login_not_required
from ninja.throttling import AuthRateThrottle

from pejl_hub.api.described import Described
from pejl_hub.api.keys import ByKey
from pejl_hub.api.problems import teach
from pejl_hub.api.rooms import figures, opendata, recording, reports

api = Described(
    title="Pejl",
    version="1",
    urls_namespace="api-1",
    docs_url=None,  # its pages need scripts and styles that the pages' policy forbids
    auth=ByKey(),
    throttle=[AuthRateThrottle("600/m")],
)
api.add_router("", figures.router)
api.add_router("", recording.router)
api.add_router("", reports.router)
api.add_router("", opendata.router)
teach(api)

urls = api.urls
for pattern in urls[0]:
    # A key signs in, not a session.
    pattern.callback = login_not_required(pattern.callback)
