"""The worker: a process of its own that runs jobs, since TensorFlow cannot live in QGIS's.

=================  ======================================================================
``server``         the worker's side: jobs in, progress and results out, line by line
``client``         the side of the caller, which starts the worker and listens to it
=================  ======================================================================
"""
