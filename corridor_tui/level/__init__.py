"""The level: an instructor's file, read, checked and made immutable, with every error at its place."""
