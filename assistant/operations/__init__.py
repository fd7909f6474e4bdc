"""How the office's server is run: is it ready, what does it count, what does it write down, how does it stop."""
