"""The arithmetic of line productivity. It loads numpy: only the worker and commands may import it, through `late`."""
