"""What somebody asks of the search page: the words, the filters typed among them or chosen beside them, the order."""
