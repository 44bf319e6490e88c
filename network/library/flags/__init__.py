"""Flags: any member says that a guide is out of date, with a reason that readers see until its owner answers."""
