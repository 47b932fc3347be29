"""What a statement must look like, when two are the same, and how they are shown. Pure: no database, no HTTP.

Source: IEEE 9274.1.1-2023 (xAPI 2.0.0), and the xAPI specification 1.0.3 where a sender asks for that.
"""
