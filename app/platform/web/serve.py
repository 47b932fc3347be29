"""`flask serve`: the production server, one process a core."""

import os

import click
from granian.constants import Interfaces
from granian.server import Server


@click.command("serve")
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", default=8000, type=int, help="Port to listen on.")
@click.option("--workers", default=os.cpu_count() or 1, type=int, help="Processes; as many as cores.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site. A reverse proxy in front speaks TLS."""
    Server(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
    ).serve()
