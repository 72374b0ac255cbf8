show({"Q, head 2": Q[1], "K, head 2": K[1]}, tokens)
