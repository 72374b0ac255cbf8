"""What is typed into the search, and what it marks."""

import pytest

# Any form finds the others: what is asked for is a beginning of them all.
FORMS = [
    "маска маски масок маскам", "оценка оценок оценки", "ошибка ошибок",
    "столбец столбца столбцы столбцов", "список списка списков",
    "строка строк строки", "точка точек точки",
    "внимание внимания вниманию вниманием внимании",
    "ключ ключа ключу ключом ключе ключи ключей ключам ключами ключах",
    "матрица матрицы матрице матрицу матрицей матриц матрицам матрицами",
    "запрос запроса запросу запросы запросов запросами",
    "значение значения значению значением значений значениям значениями",
    "голова головы голове голову головой голов головам головами",
    "многоголовое многоголового многоголовому многоголовым",
    "проекция проекции проекцию проекцией проекций проекциями",
    "размерность размерности размерностью размерностей размерностям",
    "масштабирование масштабированное масштабированного масштабирования",
    "вес веса весов весам весами",
    "эмбеддинг эмбеддинга эмбеддинги эмбеддингов",
    "трёхмерный трехмерного трёхмерная",
    "вектор векторы вектора векторов",
    "обучение обучения обучению",
    "скалярное скалярного скалярным",
    "attention Attention",
    "head heads", "key keys", "query queries", "value values",
    "matrix matrices", "weight weights", "scale scaled scaling scales",
    "projection projections", "project projected projecting",
    "split splits splitting", "embed embedding embeddings",
    "mask masks masked masking", "shape shapes", "memory memories",
    "bias biases", "softmax",
]
AS_IT_IS = ["d_k", "W_Q", "nn.Linear", "注意力", "多头注意力", "512", "+heads",
            "-матрицами", '"all keys and values"', "title:heads", "class",
            "scaled_dot_product_attention", "heads~1", "как"]
SPACED = {"query矩阵": "quer 矩阵", "权重W_Q": "权重 W_Q",
          "query-key heads": "quer-key head", "матрицы весов,": "матриц вес,"}


def ask(page, queries):
    """What reaches the search worker when these are typed."""
    return page.evaluate("""queries => new Promise(done => {
      const worker = new Worker("echo.js");
      const got = [];
      worker.addEventListener("message", ({ data }) => {
        got.push(data.data);
        if (got.length === queries.length) done(got);
      });
      queries.forEach(data => worker.postMessage({ type: 2, data }));
    })""", queries)


def search_problems(page):
    problems = []
    pairs = [(typed, form) for group in FORMS for typed in group.split()
             for form in group.split()]
    asked = ask(page, [typed for typed, _ in pairs])
    for (typed, form), query in zip(pairs, asked, strict=True):
        plain = form.lower().replace("ё", "е")
        if not any(plain.startswith(term) for term in query.split()):
            problems.append(f"{typed} asks for {query!r}, not {form}")
        if any(len(term) < 3 for term in query.split()):
            problems.append(f"{typed} asks for {query!r}: too short")
    for typed, query in zip(AS_IT_IS, ask(page, AS_IT_IS), strict=True):
        if query != typed:
            problems.append(f"{typed} became {query!r}")
    for typed, query in zip(SPACED, ask(page, [*SPACED]), strict=True):
        if query != SPACED[typed]:
            problems.append(f"{typed} became {query!r}")
    return problems + protocol_problems(page)


def protocol_problems(page):
    """The index loses its ё; results name words as they were typed."""
    problems = []
    other = page.evaluate("""() => new Promise(done => {
      const worker = new Worker("echo.js");
      worker.onmessage = ({ data }) => done(data);
      worker.postMessage({ type: 0, data: { config: { lang: ["ru"] }, docs:
        [{ location: "a/", title: "Ёж", text: "взвешённая", boost: 2 }] } });
    })""")
    if other != {"type": 0, "data": {"config": {"lang": ["ru"]}, "docs": [
            {"location": "a/", "title": "Еж", "text": "взвешенная",
             "boost": 2}]}}:
        problems.append(f"the index became {other}")
    items = page.evaluate("""() => new Promise(done => {
      const worker = new Worker("echo.js");
      worker.addEventListener("message", ({ data }) => {
        if (data.type === 3) done(data.data.items);
      });
      worker.postMessage({ type: 2, data: "Матрицы столбец d_k" });
      worker.postMessage({ type: 3, data: { items: [
        [{ terms: { "матриц": false, "столбец": false, "столбц": true } },
         { terms: { "матриц": true, "столбец": true, "столбц": false } }],
        [{ terms: { "столбец": false, "столбц": false, d_k: false } }],
      ] } });
    })""")
    if items != [[{"terms": {"столбц": True, "Матрицы": False}},
                  {"terms": {"матриц": True, "столбец": True}}],
                 [{"terms": {"столбец": False, "d_k": False}}]]:
        problems.append(f"the results became {items}")
    return problems


def test_search(lab):
    assert search_problems(lab.open()) == []


@pytest.mark.parametrize(("old", "new"), [
    ("ими|ами|", "ими|"),
    ('replace(/^(.{3,})s$/, "$1")', 'replace(/^(.{9,})s$/, "$1")'),
    ('if (query.includes(\'"\')) return plain(query);', " "),
    ('.replace(/ё/g, "е")', " "),
    ("if (!there.has(typed)) ", " "),
    ("return [word, bare]", "return [bare]"),
])
def test_search_defect(lab, old, new):
    assert search_problems(lab.open(swap=("js/search-shim.js", old, new)))


def mark_problems(page):
    """Material marks beginnings of words; the page shows whole words."""
    page.evaluate("""document.querySelector(".predict + *").before(
      document.createRange().createContextualFragment(
        "<p id=marks><mark data-md-highlight>вниман</mark>ие к " +
        "<mark data-md-highlight>Matri</mark>ces, " +
        "<mark data-md-highlight>注意</mark>力 " +
        "<mark data-md-highlight>d_k</mark>·n</p>"))""")
    page.wait_for_timeout(50)
    marks = page.locator("#marks mark").all_inner_texts()
    text = page.locator("#marks").inner_text()
    if marks != ["внимание", "Matrices", "注意", "d_k"]:
        return [f"marked: {marks}"]
    return [] if text == "внимание к Matrices, 注意力 d_k·n" else [text]


def test_marks(lab):
    assert mark_problems(lab.open(at="?h=matri")) == []


def test_marks_defect(lab):
    assert mark_problems(lab.open(at="?h=matri", swap=(
        "js/whole-words.js", "childList: true", "characterData: true")))
