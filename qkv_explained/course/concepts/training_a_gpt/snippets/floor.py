import math
import random

after = {"a": {"a": 0.25, "b": 0.75}, "b": {"a": 1.0}}
random.seed(0)
text = "a"
for _ in range(100_000):
    ways = after[text[-1]]
    text += random.choices(list(ways), ways.values())[0]

share = {c: text.count(c) / len(text) for c in "ab"}
uniform = math.log(2)
letters = -sum(math.log(share[c]) for c in text) / len(text)
pairs = list(zip(text, text[1:], strict=False))
source = -sum(math.log(after[x][y]) for x, y in pairs) / len(pairs)
exact = 4 / 7 * -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))
print(f"{uniform:.3f} {letters:.3f} {source:.3f} {exact:.3f}")
