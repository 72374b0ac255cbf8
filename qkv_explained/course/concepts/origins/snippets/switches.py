import torch

from qkv_explained.origins import accuracy, draw_boards, draw_weights, train

heads, boards = [], []
for shift in (0, 1):
    rng = torch.Generator().manual_seed(0)
    W = draw_weights(10, 4, 3, 4, generator=rng)
    heads.append(train(W, steps=200, generator=rng, shift=shift)[-1])
    boards.append(draw_boards(1000, generator=rng, shift=shift))

print("            cup → cup  cup → book")
for switch in (None, "swap", "tie", "no_W_V", "no_softmax", "no_scale"):
    own, following = (
        accuracy(b, W, switch) for b, W in zip(boards, heads, strict=True)
    )
    print(f"{switch!s:10} {own:10.2f} {following:11.2f}")
