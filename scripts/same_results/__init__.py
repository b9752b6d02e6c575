"""Two revisions of GeoDL give the same results on the demo data: python -m scripts.same_results BEFORE [AFTER]."""
