"""The HTTP API: the pages' journey for programs, with the same actions and the same protection."""

from __future__ import annotations

from ninja import NinjaAPI

from keguan.api import errors
from keguan.api.allocations.routes import router as allocations
from keguan.api.authentication import TokenAuth
from keguan.api.calendars.routes import router as calendars
from keguan.api.cases.routes import router as cases
from keguan.api.consequences.routes import router as consequences
from keguan.api.decisions.routes import router as decisions
from keguan.api.departures.routes import router as departures
from keguan.api.described import described
from keguan.api.duties.routes import router as duties
from keguan.api.exports.permits import router as permits
from keguan.api.exports.routes import router as exports
from keguan.api.imports.routes import router as imports
from keguan.api.ledger.routes import router as ledger
from keguan.api.metrics.routes import router as metrics
from keguan.api.notifications.routes import router as notifications
from keguan.api.parser import JSONParser
from keguan.api.people.appointments import router as appointments
from keguan.api.people.routes import router as people
from keguan.api.policies.drafts import router as drafts
from keguan.api.policies.paper import router as paper
from keguan.api.policies.routes import router as policies
from keguan.api.records.files import router as record_files
from keguan.api.records.routes import router as records
from keguan.api.renderer import JSONRenderer
from keguan.api.retention.routes import router as retention
from keguan.api.reviews.routes import router as reviews

api = NinjaAPI(
    title="Keguan",
    version="1",
    description=(
        "Records, cases, duties, decisions, imports, policies and the ledger over HTTP. Send `Authorization: Bearer "
        "kg_…`; a token reaches no further than the member of staff it belongs to, and no further than its scopes. "
        "Values come masked as on the pages; an original is asked for one at a time, with a reason. Answers are in the "
        "language that the member of staff has chosen."
    ),
    auth=TokenAuth(),
    parser=JSONParser(),
    renderer=JSONRenderer(),
    urls_namespace="api",
    docs_decorator=described,
)
errors.install(api)
api.add_router("/cases", cases, tags=["cases"])
api.add_router("/duties", duties, tags=["duties"])
api.add_router("/metrics", metrics, tags=["metrics"])
api.add_router("/consequences", consequences, tags=["consequences"])
api.add_router("/allocations", allocations, tags=["allocations"])
api.add_router("/retention", retention, tags=["retention"])
api.add_router("/records", records, tags=["records"])
api.add_router("/records", record_files, tags=["records"])
api.add_router("/records", decisions, tags=["decisions"])
api.add_router("/imports", imports, tags=["imports"])
api.add_router("/exports", exports, tags=["exports"])
api.add_router("/permits", permits, tags=["exports"])
api.add_router("/policies", policies, tags=["policies"])
api.add_router("/policies", drafts, tags=["policies"])
api.add_router("/policies", paper, tags=["policies"])
api.add_router("/people", people, tags=["people"])
api.add_router("/appointments", appointments, tags=["people"])
api.add_router("/departures", departures, tags=["departures"])
api.add_router("/reviews", reviews, tags=["reviews"])
api.add_router("/ledger", ledger, tags=["ledger"])
api.add_router("/notifications", notifications, tags=["notifications"])
api.add_router("/calendar", calendars, tags=["calendar"])
