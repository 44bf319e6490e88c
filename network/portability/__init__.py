"""Taking things along: guides as files, packs for paper, the library as an archive that comes in again unchanged."""
