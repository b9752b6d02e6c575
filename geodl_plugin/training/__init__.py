"""From a dataset folder to a trained network."""
