from qkv_explained.arrows import louder_and_louder, rows_right
from qkv_explained.lab.tasks.lookup import cycle

n = 7
Q = louder_and_louder(n)  # (n, d_k)
right = rows_right(Q @ Q.mT, cycle(n))
print(right.int().tolist())
print(int(right.sum()), "of", n)
