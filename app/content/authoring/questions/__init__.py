"""Questions of a draft: as text that keeps what is not touched, as fields of a form, as a translation."""
