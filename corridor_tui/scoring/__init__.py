"""The scoring: events to measures, losses and a score, with the reasons behind every lost point."""
