"""Bundles of certificates as their owners order them, and what a worker makes of them."""

import io
import zipfile
from collections.abc import Sequence

from flask import current_app

from app.accounts.models import Account
from app.certificates.bundles import jobs, operations
from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.rules import BundleKind, Wanted
from app.certificates.models import Certificate
from app.factories.models import Factory
from app.platform.db import db
from app.platform.files import handouts
from tests.make import accounts, certificates, factories


def certified(factory: Factory, *names: str) -> list[Certificate]:
    """People with these names, each with a certificate that has a file."""
    return [certificates.drawn(certificates.certificate(factories.person(factory, name=name), factory)) for name in names]


def ordered(account: Account, wanted: Wanted | None = None, kind: BundleKind = BundleKind.ZIP) -> CertificateBundle:
    """An order of the account, still to be packed."""
    return operations.order(accounts.actor(account), kind, wanted or Wanted())


def packed(bundle: CertificateBundle) -> CertificateBundle:
    """The same order as a worker leaves it."""
    jobs.pack(bundle.id).write()
    db.session.flush()
    db.session.refresh(bundle)
    return bundle


def content(bundle: CertificateBundle, part: int = 1) -> bytes:
    """A made file."""
    opened, _size = handouts().opened(bundle.parts[part - 1]["key"])
    with opened:
        return opened.read()


def opened(bundle: CertificateBundle) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content(bundle)))


def kept() -> Sequence[str]:
    """Names of all handouts on the disk, half written ones too."""
    folder = current_app.extensions["handouts"].folder
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []
