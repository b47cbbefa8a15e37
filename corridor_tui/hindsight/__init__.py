"""The hindsight bound: what nobody could have surpassed on a seed, found by a solver that knows the scenario."""
