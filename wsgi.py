"""The door for WSGI servers and for `flask`."""

from app.boot import main

app = main()
