"""The corridor: the SimPy model of line, station, terminal and customs; orders in, events out, views for the desks."""
