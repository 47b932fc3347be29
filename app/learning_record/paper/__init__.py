"""What people take along on paper: values in, PDF out. Every word is in the language of the reader."""
