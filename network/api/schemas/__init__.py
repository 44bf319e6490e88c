"""What programs send and get, field by field: the answers, the OpenAPI document and the page are made of these."""
