"""Small trained models whose every number the pages can show.

Examples:
    >>> from qkv_explained.models import sentence_model
    >>> sentence_model("ru")("Кошка легла на коврик.")["1.weights"].shape
    torch.Size([1, 5, 5])
"""

from qkv_explained.models.sentence import Run, SentenceModel, sentence_model

__all__ = ["Run", "SentenceModel", "sentence_model"]
