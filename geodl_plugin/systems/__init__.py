"""What differs between Linux, Windows and macOS: whoever looks for it need look nowhere else.

=================  =================================================================
``exits``          what the status of a program that crashed means
``folders``        where users' data is, where an environment has its interpreter
``libraries``      native libraries: which come first, and which are loaded
``locking``        how an open file is locked
``memory``         how much there is, and whether memory that is asked for is taken at once
``processes``      how a child process is started, and ended with its children
``processor``      what computes, and with which instructions
``storage``        how room on a disk is made sure of
=================  =================================================================

All functions look at `sys.platform` when they are called, so that tests can play another system.
"""
