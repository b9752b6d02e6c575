"""Faults by the hundred: the real programs, disturbed at random, and what must hold after each disturbance.

``python -m tests.faults`` runs them (``make test-faults``); the same seed gives the same sequence of faults.

- `scenarios`: a tiny scene, the steps of the work on it, and how each ends undisturbed;
- `running`: starts a step in a folder of its own, as a job file or through qgis_process, and waits for it;
- `disturbances`: kills, full disks, damaged inputs, two runs at once…: each draws a case from a source of chance;
- `means`: what the disturbances do it with;
- `checks`: what must hold after each case;
- `parameters`: values of parameters at and beyond their limits, by hypothesis;
- `summary`: the table of what happened.
"""
