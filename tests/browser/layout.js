// What a reader would see go wrong at this width, as a list of sentences.
// `scrollers` may be wider than the screen, if they scroll by themselves.
() => {
  const problems = [];
  const scrollers = "pre, .md-typeset__scrollwrap, .math, .katex, svg, " +
    ".tabbed-labels, .md-typeset__table";
  const say = (text) => { if (problems.length < 20) problems.push(text); };
  const name = (node) => {
    const id = node.id ? `#${node.id}` : "";
    const kind = typeof node.className === "string" && node.className
      ? `.${node.className.trim().split(/\s+/).join(".")}` : "";
    const words = (node.textContent || "").trim().replace(/\s+/g, " ");
    return `<${node.tagName.toLowerCase()}${id}${kind}> “${words.slice(0, 40)}”`;
  };
  const shown = (node) => node.checkVisibility
    ? node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    : node.getClientRects().length > 0;
  const readAloudOnly = (node) => {
    const box = node.getBoundingClientRect();
    return box.width <= 1 || box.height <= 1;
  };

  // 1. The page itself never scrolls sideways.
  const page = document.documentElement;
  const wide = page.clientWidth;
  if (page.scrollWidth > wide) {
    const guilty = [...document.body.querySelectorAll("*")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.width && box.right + scrollX > wide + 1 && shown(node) &&
        !node.parentElement.closest(scrollers);
    });
    const innermost = guilty.filter((node) =>
      !guilty.some((other) => other !== node && node.contains(other)));
    say(`the page scrolls sideways: it is ${page.scrollWidth} px wide on a ` +
      `screen of ${wide}; because of ${innermost.slice(0, 3).map(name).join(", ")}`);
  }

  // 2. No text sticks out of its box or is cut off by one around it.
  const content = document.querySelector(".md-content__inner, main") ||
    document.body;
  const styles = new Map();
  const style = (node) => {
    if (!styles.has(node)) {
      const { display, overflowX } = getComputedStyle(node);
      styles.set(node, { display, overflowX });
    }
    return styles.get(node);
  };
  const text = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, .katex, script, style")) continue;
    if (!shown(parent) || readAloudOnly(parent)) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    const right = Math.max(...boxes.map((box) => box.right));
    const left = Math.min(...boxes.map((box) => box.left));
    let inBlock = false;
    let scrolls = false;
    for (let box = parent; box && box !== content.parentElement;
      box = box.parentElement) {
      const { display, overflowX } = style(box);
      if (display.startsWith("inline") && !display.includes("-")) continue;
      scrolls = overflowX === "auto" || overflowX === "scroll";
      if (scrolls) break;
      const edge = box.getBoundingClientRect();
      // A hanging indent may begin left of its box, unless that cuts it off.
      const beyond = right > edge.right + 2;
      if ((beyond || left < edge.left - 2) && overflowX !== "visible") {
        say(`text is cut off in ${name(box)}: “${node.data.trim().slice(0, 40)}”`);
      } else if (beyond && !inBlock && !display.includes("inline")) {
        say(`text sticks out of ${name(box)}: “${node.data.trim().slice(0, 40)}”`);
      }
      inBlock = true;
    }
    if (!scrolls) text.push({ node, boxes });
  }

  // 3. No two pieces of text lie on each other.
  const overlaps = (boxes, describe) => {
    boxes.sort((a, b) => a.top - b.top);
    for (let i = 0; i < boxes.length; i++) {
      const a = boxes[i];
      for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
        const b = boxes[j];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (a.node === b.node || across < 2 || down < 1) continue;
        say(describe(a, b));
      }
    }
  };
  const boxesOf = (node, rects, shrink) => [...rects]
    .filter((box) => box.width > 1 && box.height > 1)
    .map((box) => ({
      node, left: box.left, right: box.right,
      top: box.top + box.height * shrink,
      bottom: box.bottom - box.height * shrink,
    }));
  const lines = text.flatMap(
    ({ node, boxes }) => boxesOf(node, boxes, 0.25));
  overlaps(lines, (a, b) => `text lies on text: “${a.node.data.trim().slice(0, 40)}” ` +
    `and “${b.node.data.trim().slice(0, 40)}”`);
  return problems;
}
