"""What administrators keep for everybody: the topics and the organisations."""
