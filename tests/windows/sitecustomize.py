"""Files as Windows has them, from the start of a Python whose PYTHONPATH has this folder."""

import windows_hook

windows_hook.install()
