"""What a file is, from its first bytes; the name of a file is only somebody's word."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ZIP_LIKE = (b"PK\x05\x06", b"PK\x07\x08")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"RIFF",
    b"II*\x00",
    b"MM\x00*",
    b"SQLite format 3",
    b"\x7fELF",
    b"MZ\x90",
    b"ID3",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"<meta", b"<svg")


def signature(data: bytes) -> str:
    """One of: empty, encrypted, foreign, zip, text (or what may be text)."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if data.startswith(_OLE):
        return "encrypted" if _ENCRYPTED_PACKAGE in data else "foreign"
    if data.startswith(_ZIP):
        return "zip"
    start = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "foreign" if data.startswith(_FOREIGN + _ZIP_LIKE) or start.startswith(_MARKUP) else "text"
