"""How certificates look, what they say and who signs them, designed in the browser. Start at `content.py`.

A design belongs to a programme, or to one course of it. Editing makes a draft; publishing makes it the next version,
which never changes. A certificate keeps a copy of the version it was issued with.
"""
