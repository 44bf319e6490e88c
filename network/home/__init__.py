"""The front pages: home for visitors and members, topics, and the pages about the network itself."""
