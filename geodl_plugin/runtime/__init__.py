"""What any program needs, whatever it computes: outputs that are whole or not there, progress, and checks.

=================  ======================================================================
``reporter``       progress, messages and cancelling of an operation
``progress_bar``   a reporter that shows a progress bar, for notebooks and scripts
``files``          outputs that are whole or not there
``locks``          outputs that one run at a time makes
``publishing``     how what was written takes the place of its target
``companions``     the files that belong to a file, and go with it
``checks``         checks of parameters that several operations have
``columns``        tables as text
``numbers``        arithmetic with whole numbers
``registry``       choices that are found where they are defined
``json_values``    JSON that every program can read, and values out of it
``process``        what a process sets before it computes
``stopping``       how signals end it
``devices``        what computes
``listening``      threads that listen to a program
=================  ======================================================================

It may use `errors`, `language` and `systems`.
"""
