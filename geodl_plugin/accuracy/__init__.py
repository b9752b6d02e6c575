"""How good a map or a network is: from predictions and references to figures."""
