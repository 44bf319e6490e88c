"""Words typed wrongly: the dictionary of public words, and what may have been meant."""
