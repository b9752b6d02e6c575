"""Networks: how they are built, what their fields are, and the folder that keeps them."""
