// A page has hundreds of formulas, and a phone pays for every element. What
// KaTeX says with several is said with one where that looks the same.
const SIZES = [.5, .6, .7, .8, .9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];
const number = (length) => parseFloat(length ?? "0");
const em = (length) => `${+length.toFixed(4)}em`;
const plain = (node) => !Object.keys(node.style ?? {}).length;
const isSymbol = (node) => node.text !== undefined && node.italic !== undefined;
const isWrapper = (node) => node.children && plain(node) && node.classes?.length
  && node.classes.every((name) => name === "mord" || name === "mtight");

// An index (the k of d_k) is a table with rows and cells: a dozen elements,
// and a table to lay out, for one letter. One element, moved off the line by
// the same distance, will do; where an index and an exponent stand above each
// other, the table stays.
function script(node) {
  const entries = node.children[0].children[0].children[0].children;
  if (entries.length !== 1) return node;
  const { style, children: [strut, body] } = entries[0];
  const from = body.classes.find((name) => /^reset-size\d+$/.test(name));
  const to = body.classes.find((name) => /^size\d+$/.test(name));
  if (!from || !to || !plain(body)) return node;
  const ratio = SIZES[to.slice(4) - 1] / SIZES[from.slice(10) - 1];
  const down = number(style.top) + number(strut.style.height);
  const letter = body.children.length === 1 && isSymbol(body.children[0])
    && plain(body.children[0]) ? body.children[0] : null;
  const kept = letter ?? body;
  if (letter) letter.classes = [...new Set([...letter.classes, ...body.classes])];
  const right = number(style.marginRight) / ratio + (letter?.italic ?? 0);
  if (letter) letter.italic = 0;
  kept.style.position = "relative";
  kept.style.top = em(down / ratio);
  if (number(style.marginLeft)) kept.style.marginLeft = em(number(style.marginLeft) / ratio);
  if (right) kept.style.marginRight = em(right);
  return kept;
}

// The space after a sign becomes the margin of what stands before it.
function spaced(children) {
  const kept = [];
  for (const child of children) {
    const before = kept.at(-1);
    if (child.classes?.includes("mspace") && child.classes.length === 1 && before
        && before.style && plain(before) && !before.classes.includes("katex-strut")
        && Object.keys(child.style).join() === "marginRight") {
      before.style.marginRight = em(number(child.style.marginRight) + (before.italic || 0));
      before.italic = 0;
    } else kept.push(child);
  }
  return kept;
}

// Say a formula (KaTeX's tree) with fewer elements.
export function lean(node) {
  if (!node.children) return node;
  // The annotation would repeat the TeX with its colour commands in it.
  if (node.type === "semantics") return lean(node.children[0]);
  node.children = node.children.map(lean);
  if (node.type) return node;
  if (node.classes?.includes("msupsub")) return script(node);
  node.children = spaced(node.children);
  if (!node.children.some((child) => child.classes?.includes("pstrut"))) {
    node.children = node.children.flatMap((child) => isWrapper(child) ? child.children : [child]);
  }
  return node;
}
