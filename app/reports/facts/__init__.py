"""Where the facts come from: what is known now, or what a frozen period keeps."""
