"""Tests of the core library, one module a module of it; they run in any Python that has what it needs."""
