"""What differs between the versions of QTI when it is written."""

from enum import Enum

from app.quizzes.interchange.markup import attribute
from app.quizzes.interchange.qti.names import camel

_QTI = "http://www.imsglobal.org/xsd/"


class Version(Enum):
    """Names of a version: namespace of items, of packages, kind of resource, schema of a package and its version."""

    V21 = (_QTI + "imsqti_v2p1", _QTI + "imscp_v1p1", "imsqti_item_xmlv2p1", "QTIv2.1 Package", "1.0.0")
    V3 = (_QTI + "imsqtiasi_v3p0", _QTI + "qti/qtiv3p0/imscp_v1p1", "imsqti_item_xmlv3p0", "QTI Package", "3.0.0")

    def __init__(self, items: str, packaging: str, resource: str, schema: str, number: str) -> None:
        self.items = items
        self.packaging = packaging
        self.resource = resource
        self.schema = schema
        self.number = number

    def tag(self, name: str, *inside: str, **attributes: str) -> str:
        """An element of QTI; attributes with _ for the hyphen. `xmlns` and `data_…` stay as they are."""
        is_3 = self is Version.V3
        element = f"qti-{name}" if is_3 else camel(name)
        said = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        written = "".join(f' {key if is_3 else camel(key)}="{attribute(value)}"' for key, value in said.items())
        return f"<{element}{written}>{''.join(inside)}</{element}>" if inside else f"<{element}{written}/>"
