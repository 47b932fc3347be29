"""The certificate of a factory: a rule over coverage, checked every night, with an end of its own."""
