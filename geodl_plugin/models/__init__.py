"""Networks: architectures, their receptive fields, and models on disk.

- `base.ModelBase` and `base.StandardizedModel` are the bases of all networks, `layers` has Keras layers for them,
  `heads` their last layer; `architectures` are the networks that ship with GeoDL, one file each; `custom` loads those
  of users.
- `inspect_model.inspect_model` finds out how a model is best applied: `fields` and `receptive_field` hold the numbers;
  `layer_fields`, `layer_rules` and `layer_table` compute them from the layers, `probing` measures them; `trimming` and
  `memory` use them.
- `loading.open_model` opens any model; `folder` describes the model folder, `checksums` tells which of its files were
  changed.
- `internals` has all that is used of Keras and TensorFlow which is not public.

It may use `datasets`, `labels`, `operations`, `rasters` and `runtime`.
"""

from .inspect_model import InspectModelRequest, inspect_model

# Imported here and not on demand: a function would be hidden by the module of its name as soon as that is imported.
__all__ = ["InspectModelRequest", "inspect_model"]
