"""The command line: one file a verb, thin; everything a verb does is a library call. Start at `main`."""
