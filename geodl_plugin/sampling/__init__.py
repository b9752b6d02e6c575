"""Patch positions: which pixels patches are centred on, and which split each belongs to."""
