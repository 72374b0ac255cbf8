show({"V, head 1": V[0], "V, head 2": V[1]}, tokens)
