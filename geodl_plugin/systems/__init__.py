"""What differs between Linux, Windows and macOS; nothing outside this package asks for the system.

=================  ======================================================================
``exits``          what an exit status means
``folders``        where users' data is, where interpreters are
``libraries``      native libraries: which come first, and which are loaded
``locking``        how an open file is locked
``memory``         how much there is, is left, and is taken by this process
``nvidia``         what NVIDIA's driver tells of its GPUs
``packaging``      whether QGIS runs in Flatpak's sandbox
``pipes``          how a worker's standard input is kept from others, and its end noticed
``processes``      how a child process is started, and ended with its children
``processor``      what computes, and with which instructions
``search_path``    where an interpreter's packages find their DLLs
``sharing``        what can be done with files that a program has open
``storage``        how room on a disk is made sure of, and how long a path may be
=================  ======================================================================

All functions look at `sys.platform` when they are called, so that tests can play another system.
"""
