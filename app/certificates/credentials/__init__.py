"""The open credential of each certificate, the lists that say which still hold, and who we are. Start at `document.py`.

Web processes hand out what is stored; only the worker signs (`proofs.py`).
"""
