"""What only people at the desktop meet: the menu, messages, the first steps, and help while a dialog is filled in.

It is imported when QGIS has a window, never in qgis_process.
"""
