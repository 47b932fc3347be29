"""The table of all that programs read. Addresses, checks, answers and the document are made from it."""

from typing import Any

from app.api.v1.resource import Resource
from app.api.v1.resources.certificates import CERTIFICATES
from app.api.v1.resources.completions import COMPLETIONS
from app.api.v1.resources.coverage import COVERAGE
from app.api.v1.resources.factories import FACTORIES
from app.api.v1.resources.indicators import INDICATORS
from app.api.v1.resources.people import PEOPLE
from app.api.v1.resources.sessions import SESSIONS

RESOURCES: tuple[Resource[Any], ...] = (FACTORIES, PEOPLE, SESSIONS, COMPLETIONS, CERTIFICATES, COVERAGE, INDICATORS)
