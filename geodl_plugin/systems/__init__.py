"""What differs between Linux, Windows and macOS: whoever looks for it need look nowhere else.

=================  =================================================================
``folders``        where users' data is, where an environment has its interpreter
``locking``        how an open file is locked
``memory``         whether memory that is asked for is taken at once
``processes``      how a child process is started, and ended with its children
``processor``      what computes, and with which instructions
``sharing``        what can be done with files that a program has open
``storage``        how room on a disk is made sure of, and how long a path may be
=================  =================================================================

All functions look at `sys.platform` when they are called, so that tests can play another system.
"""
