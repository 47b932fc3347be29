"""Security and cache headers on every answer."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}

VARY = ("Cookie", "HX-Request", "Accept-Encoding", "Accept-Language")


def install(app: Flask, *, secure: bool) -> None:
    """Add the headers to every response; HSTS only where the site is served by https."""

    usual = {**FIXED, "Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"}
    if secure:
        usual["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    lowered = [(name.lower(), name, value) for name, value in usual.items()]

    @app.after_request
    def add(response: Response) -> Response:
        said = {name.lower() for name, _ in response.headers}
        for lower, name, value in lowered:
            if lower not in said:
                response.headers.add(name, value)
        if "vary" in said:
            response.vary.update(VARY)
        else:
            response.headers.add("Vary", ", ".join(VARY))
        return response


def is_htmx() -> bool:
    """Whether a script asks for a fragment."""
    return request.headers.get("HX-Request") == "true"
