"""Closing an account: what somebody answers for, what they choose, and what is done about it everywhere.

It stands above the features because it asks all of them; none of them knows of it.
"""
