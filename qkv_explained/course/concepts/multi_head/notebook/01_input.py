import torch

from qkv_explained.course.drawing.pictures import show

tokens = ["white", "cat", "saw", "black", "dog"]
names = ["adj", "noun", "verb", "p", "p²", "1", "colour", "tense", "c", "t"]
X = torch.tensor(
    [
        [1, 0, 0, -2, 4, 1, 1, 0, 0, 0],
        [0, 1, 0, -1, 1, 1, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 1, 0, -1, 0, 0],
        [1, 0, 0, 1, 1, 1, -1, 0, 0, 0],
        [0, 1, 0, 2, 4, 1, 0, 0, 0, 0],
    ],
    dtype=torch.float64,
)  # (n, d_model) = (5, 10)
show({"X": X}, tokens, names)
