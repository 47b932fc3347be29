"""What certificates of factories tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class FactoryCertified(Event):
    """A factory has a certificate; its file is being drawn."""

    factory_certificate_id: int


@dataclass(frozen=True)
class FactoryAtRisk(Event):
    """The rule is no longer met; the day is set on which the certificate ends."""

    factory_certificate_id: int


@dataclass(frozen=True)
class FactoryRecovered(Event):
    """The rule is met again before that day."""

    factory_certificate_id: int


@dataclass(frozen=True)
class FactoryDowngraded(Event):
    """The certificate ended because its rule is no longer met."""

    factory_certificate_id: int


@dataclass(frozen=True)
class FactoryCertificateRevoked(Event):
    """Somebody revoked the certificate."""

    factory_certificate_id: int


@dataclass(frozen=True)
class FactoryCertificateSuspended(Event):
    """It is under review: nobody should rely on it until that is over."""

    factory_certificate_id: int


@dataclass(frozen=True)
class FactoryCertificateReinstated(Event):
    """A review is over, and it holds as before."""

    factory_certificate_id: int
