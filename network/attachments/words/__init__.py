"""Reading the words of files, so that they can be searched; in a process of its own, because files may be hostile."""
