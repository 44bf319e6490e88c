"""Files that members bring in by the web: uploaded, read, looked at, and made drafts of."""
