"""Whether training works: what people learnt, what they do differently, what their lines make."""
