"""What can happen to an organisation: each function is one event, whole or not at all.

The caller has already asked who may; these ask whether it can be done.
"""
