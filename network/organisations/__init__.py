"""Public bodies, and the e-mail domains by which their staff are recognised."""
