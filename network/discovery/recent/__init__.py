"""Recent searches: what a member searched for lately, theirs alone, cleared or switched off by them."""
