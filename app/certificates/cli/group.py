"""The group that the commands of certificates stand in."""

from flask.cli import AppGroup

certificates = AppGroup("certificates", help="Certificates: their keys and files; issuing, checking, revoking.")
