"""The works that the site cites, by key.

A key is also the anchor of the work's entry on the page of sources, in every
language; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from qkv_explained.course import UnknownName
from qkv_explained.languages import PIVOT, Lang, words


@dataclass(frozen=True)
class Work:
    """A paper, or one of the five notes whose claims the site judges.

    Attributes:
        key: Its key, such as ``"vaswani2017"`` or ``"note-003"``.
        authors: Family names; a third one stands for "and others".
        year: Year of first publication; 0 for a note.
        title: Its title as published.
        url: Where it is; empty for a note.
    """

    key: str
    authors: tuple[str, ...]
    year: int
    title: str
    url: str


def _arxiv(key: str, authors: str, number: str, title: str) -> Work:
    names = tuple(authors.split(", "))
    year = int(key[-4:])
    return Work(key, names, year, title, f"https://arxiv.org/abs/{number}")


def _note(number: str) -> Work:
    return Work(f"note-{number}", (), 0, f"Note {number}", "")


WORKS: tuple[Work, ...] = (
    _arxiv("vaswani2017", "Vaswani, Shazeer, Parmar", "1706.03762",
           "Attention Is All You Need"),
    _arxiv("bahdanau2014", "Bahdanau, Cho, Bengio", "1409.0473",
           "Neural Machine Translation by Jointly Learning to Align and "
           "Translate"),
    _arxiv("graves2014", "Graves, Wayne, Danihelka", "1410.5401",
           "Neural Turing Machines"),
    _arxiv("miller2016", "Miller, Fisch, Dodge", "1606.03126",
           "Key-Value Memory Networks for Directly Reading Documents"),
    Work("elhage2021", ("Elhage", "Nanda", "Olsson"), 2021,
         "A Mathematical Framework for Transformer Circuits",
         "https://transformer-circuits.pub/2021/framework/index.html"),
    _arxiv("kitaev2020", "Kitaev, Kaiser, Levskaya", "2001.04451",
           "Reformer: The Efficient Transformer"),
    _arxiv("courtois2024", "Courtois, Ostendorff, Hennig", "2406.06366",
           "Symmetric Dot-Product Attention for Efficient Training of BERT "
           "Language Models"),
    _arxiv("kayyam2026", "Kayyam, Gopal, Lewis", "2606.04032",
           "Do Transformers Need Three Projections? Systematic Study of "
           "QKV Variants"),
    _arxiv("karbevski2025", "Karbevski, Mijoski", "2510.23912",
           "Key and Value Weights Are Probably All You Need: On the "
           "Necessity of the Query, Key, Value weight Triplet in "
           "Decoder-Only Transformers"),
    _arxiv("saponati2025", "Saponati, Sager, Vilimelis Aceituno",
           "2502.10927",
           "The underlying structures of self-attention: symmetry, "
           "directionality, and emergent dynamics in Transformer training"),
    _arxiv("dong2025", "Dong, Noci, Khodak", "2506.01115",
           "Attention Retrieves, MLP Memorizes: Disentangling Trainable "
           "Components in the Transformer"),
    _arxiv("trockman2023", "Trockman, Kolter", "2305.09828",
           "Mimetic Initialization of Self-Attention Layers"),
    _arxiv("hu2021", "Hu, Shen, Wallis", "2106.09685",
           "LoRA: Low-Rank Adaptation of Large Language Models"),
    _arxiv("bhojanapalli2020", "Bhojanapalli, Yun, Rawat", "2002.07028",
           "Low-Rank Bottleneck in Multi-head Attention Models"),
    _arxiv("shazeer2019", "Shazeer", "1911.02150",
           "Fast Transformer Decoding: One Write-Head is All You Need"),
    _arxiv("ainslie2023", "Ainslie, Lee-Thorp, de Jong", "2305.13245",
           "GQA: Training Generalized Multi-Query Transformer Models from "
           "Multi-Head Checkpoints"),
    _arxiv("lan2019", "Lan, Chen, Goodman", "1909.11942",
           "ALBERT: A Lite BERT for Self-supervised Learning of Language "
           "Representations"),
    _arxiv("raffel2019", "Raffel, Shazeer, Roberts", "1910.10683",
           "Exploring the Limits of Transfer Learning with a Unified "
           "Text-to-Text Transformer"),
    _arxiv("michel2019", "Michel, Levy, Neubig", "1905.10650",
           "Are Sixteen Heads Really Better than One?"),
    _arxiv("he2023", "He, Hofmann", "2311.01906",
           "Simplifying Transformer Blocks"),
    _arxiv("namazifar2023", "Namazifar, Hazarika, Hakkani-Tür",
           "2302.08626", "Role of Bias Terms in Dot-Product Attention"),
    _arxiv("gros2024", "Gros", "2407.18601",
           "Reorganizing attention-space geometry with expressive "
           "attention"),
    _arxiv("tsai2019", "Tsai, Bai, Yamada", "1908.11775",
           "Transformer Dissection: A Unified Understanding of "
           "Transformer's Attention via the Lens of Kernel"),
    _arxiv("martins2016", "Martins, Astudillo", "1602.02068",
           "From Softmax to Sparsemax: A Sparse Model of Attention and "
           "Multi-Label Classification"),
    _arxiv("correia2019", "Correia, Niculae, Martins", "1909.00015",
           "Adaptively Sparse Transformers"),
    _arxiv("haviv2022", "Haviv, Ram, Press", "2203.16634",
           "Transformer Language Models without Positional Encodings "
           "Still Learn Positional Information"),
    _arxiv("su2021", "Su, Lu, Pan", "2104.09864",
           "RoFormer: Enhanced Transformer with Rotary Position Embedding"),
    _arxiv("kobayashi2020", "Kobayashi, Kuribayashi, Yokoi", "2004.10102",
           "Attention is Not Only a Weight: Analyzing Transformers with "
           "Vector Norms"),
    _arxiv("jain2019", "Jain, Wallace", "1902.10186",
           "Attention is not Explanation"),
    _arxiv("wiegreffe2019", "Wiegreffe, Pinter", "1908.04626",
           "Attention is not not Explanation"),
    _arxiv("clark2019", "Clark, Khandelwal, Levy", "1906.04341",
           "What Does BERT Look At? An Analysis of BERT's Attention"),
    _arxiv("olsson2022", "Olsson, Elhage, Nanda", "2209.11895",
           "In-context Learning and Induction Heads"),
    _arxiv("xiao2023", "Xiao, Tian, Chen", "2309.17453",
           "Efficient Streaming Language Models with Attention Sinks"),
    _arxiv("yang2022", "Yang, Hu, Babuschkin", "2203.03466",
           "Tensor Programs V: Tuning Large Neural Networks via Zero-Shot "
           "Hyperparameter Transfer"),
    _arxiv("dao2022", "Dao, Fu, Ermon", "2205.14135",
           "FlashAttention: Fast and Memory-Efficient Exact Attention "
           "with IO-Awareness"),
    _arxiv("he2015", "He, Zhang, Ren", "1512.03385",
           "Deep Residual Learning for Image Recognition"),
    _arxiv("ba2016", "Ba, Kiros, Hinton", "1607.06450",
           "Layer Normalization"),
    Work("radford2019", ("Radford", "Wu", "Child"), 2019,
         "Language Models are Unsupervised Multitask Learners",
         "https://cdn.openai.com/better-language-models/"
         "language_models_are_unsupervised_multitask_learners.pdf"),
    _arxiv("xiong2020", "Xiong, Yang, He", "2002.04745",
           "On Layer Normalization in the Transformer Architecture"),
    _arxiv("dong2021", "Dong, Cordonnier, Loukas", "2103.03404",
           "Attention Is Not All You Need: Pure Attention Loses Rank Doubly "
           "Exponentially with Depth"),
    Work("shannon1951", ("Shannon",), 1951,
         "Prediction and Entropy of Printed English",
         "https://doi.org/10.1002/j.1538-7305.1951.tb01366.x"),
    _arxiv("kingma2014", "Kingma, Ba", "1412.6980",
           "Adam: A Method for Stochastic Optimization"),
    _arxiv("pope2022", "Pope, Douglas, Chowdhery", "2211.05102",
           "Efficiently Scaling Transformer Inference"),
    _arxiv("jiang2023", "Jiang, Sablayrolles, Mensch", "2310.06825",
           "Mistral 7B"),
    _arxiv("deepseek2024", "DeepSeek-AI", "2405.04434",
           "DeepSeek-V2: A Strong, Economical, and Efficient "
           "Mixture-of-Experts Language Model"),
    _note("000"),
    _note("001"),
    _note("002"),
    _note("003"),
    _note("004"),
)


def find(key: str) -> Work:
    """Look a work up by its key.

    Args:
        key: A key such as ``"vaswani2017"``.

    Returns:
        The work.

    Raises:
        UnknownName: If there is none; it names the nearest keys.
    """
    for work in WORKS:
        if work.key == key:
            return work
    raise UnknownName(key, (work.key for work in WORKS))


def label(key: str, lang: Lang = PIVOT) -> str:
    """How a work is named in running text.

    Args:
        key: Its key.
        lang: The reader's language.

    Returns:
        Authors and year, or the note's number.

    Examples:
        >>> label("vaswani2017"), label("karbevski2025", "ru")
        ('Vaswani et al. 2017', 'Karbevski и Mijoski 2025')
    """
    work = find(key)
    habits = words(lang)["bibliography"]
    if not work.authors:
        return str(habits["note"].format(key.removeprefix("note-")))
    if len(work.authors) == 1:
        return f"{work.authors[0]} {work.year}"
    if len(work.authors) == 2:
        return str(habits["two"].format(*work.authors, work.year))
    return str(habits["many"].format(work.authors[0], work.year))


def place(where: str, lang: Lang = PIVOT) -> str:
    """A place in a work, such as "Theorem 1", in the reader's language.

    Args:
        where: The place as the map writes it; "§3.2.2" stays as it is.
        lang: The reader's language.

    Returns:
        The same place.

    Examples:
        >>> place("Theorem 1", "ru"), place("§3.2.2", "zh")
        ('теорема 1', '§3.2.2')
    """
    word, _, number = where.partition(" ")
    places = words(lang)["bibliography"]["places"]
    return str(places[word].format(number)) if word in places else where
