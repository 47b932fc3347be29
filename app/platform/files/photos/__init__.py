"""Photos that people send, without whatever they tell beside the picture. Pure.

A camera writes into a photo where and when it was taken, with which telephone, and often a second, smaller photo. Only
the parts that draw the picture are copied; a file with anything that is not understood is refused. Nothing is decoded,
so that no picture can be a bomb here; one that would be a bomb for whoever looks at it is refused by its size.
"""

from app.platform.files.photos.cleaning import LARGEST_FILE, clean
from app.platform.files.photos.faults import Photo, PhotoFault, PhotoKind, PhotoRefused

__all__ = ["LARGEST_FILE", "Photo", "PhotoFault", "PhotoKind", "PhotoRefused", "clean"]
