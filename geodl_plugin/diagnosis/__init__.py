"""What is known of an environment that was tried, as text and as a page to be sent along with a question.

===============  =================================================================
``privacy``      no names of people and computers, no passwords
``computer``     the system, its processor, memory, disk, GPUs and variables
``why``          why a trial failed, or will, and the one remedy
``content``      all of it together, also where the trial itself died
``text``         the same as text for people
===============  =================================================================
"""

from .content import Diagnosis, diagnose

__all__ = ["Diagnosis", "diagnose"]
