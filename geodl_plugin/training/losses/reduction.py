"""How the losses of pixels become one number."""

REDUCTION = "mean_with_sample_weight"  # Keras' name for: the weighted sum, divided by the sum of the weights
