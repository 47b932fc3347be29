"""Keys that sign certificates, and the seal on their files. Start at `keys.py`.

A root (10 years), whose key may be taken off the machine once seals are made, signs seals (3 years). A set of keys
has a name; the newest set signs, the older ones stay good for what they signed.
"""
