"""What happens to guides: drafting, publishing, editing, checking, superseding, withdrawing.

All take keyword arguments, run inside `with transaction():`, and raise NotAllowed when the rule does not
hold. `viewer` is who acts: in a request `g.viewer`; a loader makes one, `Viewer(person_id=…,
organisation_id=…, group_ids=…, facilitated_ids=…)`. `at` sets the moment of the act for material that is
older than its arrival; it is now by default.
"""
