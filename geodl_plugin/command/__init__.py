"""The command ``geodl``: jobs without QGIS.

=================  ======================================================================
``arguments``      what may be written on the command line
``reporters``      progress and messages on standard error, and in a log
``run``            ``geodl run job.json``
``several``        ``geodl run a.json b.json …``, in several processes; with ``--scheduler``: `cluster`
=================  ======================================================================

It is above `jobs`: it reads jobs, runs them, and prints their results.  The exit status tells what became of it:

======  ======================================================================
0       all jobs gave their results, which are on standard output as JSON
1       one did not: standard error says what is wrong
2       the command line is wrong
130     it was stopped by a signal, such as Ctrl-C; no output was written
======  ======================================================================
"""
