"""The trial: whether an environment can do what jobs do, found out by doing it, in small.

It runs in the worker, with its order of imports and its variables, as the job ``tryenvironment``; the job
``checkenvironment`` starts it from outside and makes a diagnosis of it, also where the worker dies.

===============  ======================================================
``journal``      what was found so far, kept for the process that started the trial
``steps``        the steps, and what the first ones do
``devices``      each device computes
``network``      a tiny network from its dataset to its map, by our jobs
===============  ======================================================
"""
