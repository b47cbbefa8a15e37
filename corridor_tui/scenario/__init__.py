"""The scenario: a level with every chance resolved by a seed."""
