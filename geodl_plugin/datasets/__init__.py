"""Datasets: patches and their labels, as folders of TFRecords."""
