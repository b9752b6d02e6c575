"""The command ``geodl``: jobs without QGIS.

=================  ======================================================================
``arguments``      what may be written on the command line
``reporters``      progress and messages on standard error, and in a log
``run``            ``geodl run job.json``
=================  ======================================================================

It is above `jobs`: it reads a job, runs it, and prints its results.  The exit status tells what became of it:

======  ======================================================================
0       the job gave its results, which are on standard output as JSON
1       it did not: standard error says what is wrong
2       the command line is wrong
130     it was stopped by a signal, such as Ctrl-C; no output was written
======  ======================================================================
"""
