show({"X + output": X + output}, tokens, names)
