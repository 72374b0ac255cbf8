"""Right answers in other styles; each is a file of a learner.

`# exercise` and a name begin one; a checker that refuses it is wrong.
"""

VARIANTS = {
    "scores, einsum": ("scores", """
import torch
def scores(Q, K):
    return torch.einsum('bqd,bkd->bqk', Q, K)
"""),
    "scores, loops": ("scores", """
import torch
def scores(Q, K):
    rows = []
    for q, k in zip(Q, K):
        rows.append(torch.stack([
            torch.stack([(a * b).sum() for b in k]) for a in q]))
    return torch.stack(rows)
"""),
    "scores, broadcasting in float64": ("scores", """
def scores(queries, keys):
    q, k = queries.double(), keys.double()
    return (q[:, :, None] * k[:, None]).sum(-1)
"""),
    "softmax, torch's own": ("softmax", """
import torch
def softmax(scores):
    return torch.nn.functional.softmax(scores, -1)
"""),
    "softmax, through its logarithm": ("softmax", """
def softmax(scores):
    return (scores - scores.logsumexp(-1, keepdim=True)).exp()
"""),
    "softmax, row by row": ("softmax", """
import torch
def softmax(scores):
    out = torch.zeros_like(scores)
    for b in range(scores.shape[0]):
        for i in range(scores.shape[1]):
            e = torch.exp(scores[b, i] - scores[b, i].max())
            out[b, i] = e / e.sum()
    return out
"""),
    "mix, einsum; dropout by where": ("values", """
import torch
def mix(weights, V):
    return torch.einsum('bij,bjd->bid', weights, V)
def mix_with_dropout(weights, V, keep, p):
    kept = torch.where(keep, weights, torch.zeros(())) * (1 / (1 - p))
    return [torch.bmm(kept, V), weights]
"""),
    "attention, F.scaled_dot_product_attention": ("attention", """
from torch.nn.functional import scaled_dot_product_attention as attention
import torch
_f = attention
def attention(Q, K, V):
    return _f(Q, K, V)
"""),
    "attention, q scaled before the product": ("attention", """
def attention(Q, K, V):
    q = Q * Q.size(-1) ** -0.5
    return (q @ K.transpose(-2, -1)).softmax(-1) @ V
"""),
    "attention, key by key": ("attention", """
import math, torch
def attention(Q, K, V):
    total = top = 0
    for j in range(K.shape[1]):
        e = torch.exp((Q * K[:, j:j+1]).sum(-1, keepdim=True)
                      / math.sqrt(Q.shape[-1]))
        total = total + e
        top = top + e * V[:, j:j+1]
    return top / total
"""),
    "attention, a module": ("attention", """
import torch
from torch import nn
class Head(nn.Module):
    def forward(self, q, k, v):
        w = torch.softmax(torch.bmm(q, k.permute(0, 2, 1))
                          / q.shape[2] ** 0.5, dim=2)
        return torch.bmm(w, v)
attention = Head()
"""),
    "attention, numbers with gradients": ("attention", """
import torch
def attention(Q, K, V):
    Q = Q.clone().requires_grad_()
    return torch.softmax(Q @ K.mT * K.shape[-1] ** -.5, -1) @ V
"""),
    "head, nn.Linear with the weights copied in": ("projection", """
import torch
from torch import nn
from torch.nn import functional as F
def head(X, W_Q, W_K, W_V):
    made = []
    for W in (W_Q, W_K, W_V):
        layer = nn.Linear(*W.shape, bias=False)
        layer.weight = nn.Parameter(W.T)
        made.append(layer(X))
    return F.scaled_dot_product_attention(*made)
"""),
    "head, W_Q W_K^T merged": ("projection", """
def head(X, W_Q, W_K, W_V):
    M = W_Q @ W_K.T / W_Q.shape[1] ** 0.5
    return (X @ M @ X.mT).softmax(-1) @ X @ W_V
"""),
    "linear by F.linear; fused by slices": ("weight-dimensions", """
import torch
def linear(X, weight, bias):
    return torch.nn.functional.linear(X, weight, bias)
def fused(X, W_QKV, d_k, d_v):
    return (X @ W_QKV[:, :d_k], X @ W_QKV[:, d_k:2 * d_k],
            X @ W_QKV[:, -d_v:])
"""),
    "scaled, both sides by a fourth root": ("scaling", """
def scaled_scores(Q, K):
    s = Q.shape[-1] ** 0.25
    return (Q / s) @ (K / s).transpose(2, 3)
"""),
    "scaled, einsum and rsqrt": ("scaling", """
import torch
def scaled_scores(Q, K):
    d = torch.tensor(float(K.shape[-1]))
    return torch.einsum('bhid,bhjd->bhij', Q, K) * torch.rsqrt(d)
"""),
    "masks, tril and an additive mask": ("masks", """
import torch
from torch.nn import functional as F
def causal_mask(n_q, n_k):
    return torch.tril(torch.ones(n_q, n_k), n_k - n_q).bool()
def masked_attention(Q, K, V, mask):
    additive = torch.zeros(mask.shape).masked_fill(~mask, float('-inf'))
    return F.scaled_dot_product_attention(Q, K, V, additive.unsqueeze(1))
"""),
    "masks, lists; multiplied after exp and divided again": ("masks", """
import torch
def causal_mask(n_q, n_k):
    return torch.tensor([[j <= i + n_k - n_q for j in range(n_k)]
                         for i in range(n_q)])
def masked_attention(Q, K, V, mask):
    s = Q @ K.mT / K.shape[-1] ** 0.5
    m = mask[:, None].to(s.dtype)
    top = s.masked_fill(m == 0, -torch.inf).amax(-1, keepdim=True)
    e = (s - top).clamp(max=0).exp() * m
    return (e / e.sum(-1, keepdim=True)) @ V
"""),
    "masks, the smallest number of float32": ("masks", """
import torch
def causal_mask(n_q, n_k):
    return ~torch.ones(n_q, n_k, dtype=bool).triu(n_k - n_q + 1)
def masked_attention(Q, K, V, mask):
    s = Q @ K.mT / K.shape[-1] ** 0.5
    s = torch.where(mask[:, None], s, torch.finfo(s.dtype).min)
    return s.softmax(-1) @ V
"""),
    "heads, chunk and cat": ("multi-head", """
import torch
from torch.nn import functional as F
def split_heads(X, n_heads):
    return torch.stack(X.chunk(n_heads, dim=-1), dim=1)
def merge_heads(X):
    return torch.cat(list(X.unbind(1)), dim=-1)
def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    heads = [
        F.scaled_dot_product_attention(query @ q, key @ k, value @ v)
        for q, k, v in zip(*(W.chunk(n_heads, 1)
                             for W in (W_Q, W_K, W_V)))]
    return torch.cat(heads, -1) @ W_O
"""),
    "heads summed, each with its own output matrix": ("multi-head", """
import torch
def split_heads(x, h):
    b, n, w = x.shape
    return x.view(b, n, h, -1).permute(0, 2, 1, 3).contiguous()
def merge_heads(x):
    b, h, n, d = x.size()
    return x.permute(0, 2, 1, 3).contiguous().view(b, n, -1)
def multi_head(x, y, z, W_Q, W_K, W_V, W_O, h):
    out = 0
    for q, k, v, o in zip(W_Q.chunk(h, 1), W_K.chunk(h, 1),
                          W_V.chunk(h, 1), W_O.chunk(h, 0)):
        s = (x @ q / q.shape[1] ** 0.5) @ (y @ k).mT
        out = out + s.softmax(-1) @ (z @ v) @ o
    return out
"""),
    "heads as matrices of three axes, einsum": ("multi-head", """
import torch
def split_heads(X, n_heads):
    return X.unflatten(-1, (n_heads, -1)).movedim(2, 1)
def merge_heads(X):
    return X.movedim(1, 2).flatten(2)
def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    def three(W): return W.unflatten(1, (n_heads, -1))
    q = torch.einsum('bnm,mhd->bhnd', query, three(W_Q))
    k = torch.einsum('bnm,mhd->bhnd', key, three(W_K))
    v = torch.einsum('bnm,mhd->bhnd', value, three(W_V))
    w = (torch.einsum('bhid,bhjd->bhij', q, k) / q.shape[-1] ** .5).softmax(3)
    z = torch.einsum('bhij,bhjd->bihd', w, v)
    return torch.einsum('bihd,hdm->bim', z, W_O.unflatten(0, (n_heads, -1)))
"""),
    "heads folded into the batch": ("multi-head", """
import torch
def split_heads(X, n_heads):
    b, n, w = X.shape
    return X.reshape(b, n, n_heads, w // n_heads).swapaxes(1, 2)
def merge_heads(X):
    b, h, n, d = X.shape
    out = X.new_empty(b, n, h * d)
    for i in range(h):
        out[..., i * d:(i + 1) * d] = X[:, i]
    return out
def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    b = len(query)
    q, k, v = (split_heads(x @ W, n_heads).flatten(0, 1) for x, W in
               ((query, W_Q), (key, W_K), (value, W_V)))
    w = torch.baddbmm(torch.zeros(1, 1, 1), q, k.mT,
                      alpha=q.shape[-1] ** -.5).softmax(-1)
    return merge_heads((w @ v).unflatten(0, (b, n_heads))) @ W_O
"""),
    "heads, nn.MultiheadAttention's own function": ("multi-head", """
import torch
from torch.nn import functional as F
def split_heads(X, n_heads):
    return X.view(*X.shape[:2], n_heads, -1).transpose(1, 2)
def merge_heads(X):
    return X.transpose(1, 2).reshape(X.shape[0], X.shape[2], -1)
def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    parts = [split_heads(x @ W, n_heads) for x, W in
             zip((query, key, value), (W_Q, W_K, W_V))]
    return F.linear(merge_heads(F.scaled_dot_product_attention(*parts)),
                    W_O.T)
"""),
    "rotary, neighbours as complex numbers": ("rope", """
import torch
def rotate(X, positions):
    d = X.shape[-1]
    f = 1.0 / 10000 ** (torch.arange(0, d, 2).float() / d)
    turn = torch.polar(torch.ones(len(positions), d // 2),
                       torch.outer(positions.float(), f))
    z = torch.view_as_complex(X.reshape(*X.shape[:-1], -1, 2))
    return torch.view_as_real(z * turn).flatten(-2)
"""),
    "rotary, halves by rotate_half": ("rope", """
import torch
def rotate(x, positions):
    d = x.shape[-1]
    inv = torch.exp(-torch.arange(0, d, 2) * (torch.log(
        torch.tensor(10000.0)) / d))
    a = torch.outer(positions.to(inv), inv)
    cos, sin = torch.cat([a, a], -1).cos(), torch.cat([a, a], -1).sin()
    h = torch.cat([-x[..., d // 2:], x[..., :d // 2]], -1)
    return x * cos + h * sin
"""),
    "cross, F.scaled_dot_product_attention": ("cross-attention", """
import torch
def cross_attention(X, memory, W_Q, W_K, W_V):
    return torch.nn.functional.scaled_dot_product_attention(
        X @ W_Q, memory @ W_K, memory @ W_V)
"""),
    "block, F.layer_norm and one expression": ("transformer-block", """
import torch
from torch.nn import functional as F
def layer_norm(X, gain, bias):
    return F.layer_norm(X, X.shape[-1:], gain, bias, 1e-5)
def block(X, n1, att, n2, mlp):
    Y = att(n1(X)).add(X)
    return mlp(n2(Y)) + Y
"""),
    "layer norm by var(correction=0)": ("transformer-block", """
import torch
def layer_norm(x, g, b):
    v, m = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return g * (x - m) * torch.rsqrt(v + 1e-5) + b
def block(x, norm_1, attend, norm_2, mlp):
    for norm, f in ((norm_1, attend), (norm_2, mlp)):
        x = x + f(norm(x))
    return x
"""),
    "gpt, transposed classes": ("training-a-gpt", """
import torch
from torch import nn
def shift(tokens):
    return tokens.narrow(1, 0, tokens.shape[1] - 1), tokens[..., 1:]
def loss(logits, targets):
    return nn.CrossEntropyLoss()(logits.permute(0, 2, 1), targets)
"""),
    "gpt, gather": ("training-a-gpt", """
import torch
def shift(t):
    x = t[:, :-1].clone(); y = t[:, 1:].clone()
    return x, y
def loss(logits, targets):
    logp = logits - logits.logsumexp(-1, keepdim=True)
    return -logp.gather(-1, targets.unsqueeze(-1)).mean()
"""),
    "cache, token by token": ("kv-cache", """
import torch
from torch.nn import functional as F
def cached_attention(Q, K, V, K_past, V_past):
    rows = []
    for t in range(Q.shape[2]):
        K_past = torch.cat([K_past, K[:, :, t:t + 1]], 2)
        V_past = torch.cat([V_past, V[:, :, t:t + 1]], 2)
        rows.append(F.scaled_dot_product_attention(
            Q[:, :, t:t + 1], K_past, V_past))
    return torch.cat(rows, 2), K_past, V_past
def repeat_kv(K, n_heads):
    b, g, n, d = K.shape
    return K[:, :, None].expand(b, g, n_heads // g, n, d).reshape(
        b, n_heads, n, d)
"""),
    "cache, tril with an offset": ("kv-cache", """
import torch
from torch.nn import functional as F
def cached_attention(Q, K, V, K_past, V_past):
    K, V = torch.cat((K_past, K), 2), torch.cat((V_past, V), 2)
    n, m = Q.size(2), K.size(2)
    mask = torch.ones(n, m, dtype=torch.bool).tril(m - n)
    return F.scaled_dot_product_attention(Q, K, V, attn_mask=mask), K, V
def repeat_kv(K, n_heads):
    times = n_heads // K.shape[1]
    return torch.stack([K[:, i // times] for i in range(n_heads)], 1)
"""),
    "sinusoid by a loop; F.embedding": ("tokens-to-vectors", """
import math, torch
from torch.nn import functional as F
def sinusoid(n, d_model):
    t = torch.zeros(n, d_model)
    for pos in range(n):
        for i in range(d_model // 2):
            a = pos / 10000 ** (2 * i / d_model)
            t[pos, 2 * i], t[pos, 2 * i + 1] = math.sin(a), math.cos(a)
    return t
def embed(tokens, table, positions):
    p = torch.arange(tokens.shape[-1])
    return F.embedding(tokens, table) + F.embedding(p, positions)
"""),
    "sinusoid in float64 by exp; one-hot": ("tokens-to-vectors", """
import math, torch
def sinusoid(n, d):
    pe = torch.zeros(n, d, dtype=torch.float64)
    pos = torch.arange(n, dtype=torch.float64).unsqueeze(1)
    div = torch.exp(torch.arange(0, d, 2) * (-math.log(10000.0) / d))
    pe[:, 0::2], pe[:, 1::2] = torch.sin(pos * div), torch.cos(pos * div)
    return pe
def embed(tokens, table, positions):
    hot = torch.nn.functional.one_hot(tokens, len(table)).to(table)
    return hot @ table + positions[None, :tokens.shape[1], :]
"""),
}
