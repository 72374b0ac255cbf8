// Mark one element for each way in which text stands on the page: its ink,
// its size, and everything painted behind it. Where these are equal, so is
// the contrast, and axe, which takes milliseconds for each element, need not
// look at all of them.
() => {
  const clear = "rgba(0, 0, 0, 0)";
  const stacks = new Map([[null, ""]]);
  const stack = (node) => {
    if (!stacks.has(node)) {
      const own = getComputedStyle(node);
      const paint = own.backgroundColor === clear ? "" : own.backgroundColor;
      const image = own.backgroundImage === "none" ? "" : own.backgroundImage;
      const faint = own.opacity === "1" ? "" : `/${own.opacity}`;
      const fixed = /fixed|sticky/.test(own.position) ? own.position : "";
      stacks.set(node,
        stack(node.parentElement) + paint + image + faint + fixed);
    }
    return stacks.get(node);
  };
  for (const node of document.querySelectorAll("[data-ink]")) {
    delete node.dataset.ink;
  }
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (text.data.trim().length < 2 || !node.dataset) continue;
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const own = getComputedStyle(node);
    const key = [own.color, own.fontSize, own.fontWeight, own.textShadow,
      own.display === "none", stack(node)].join();
    // Two of each, should something lie across the first.
    if (seen.has(`${key}2`)) continue;
    seen.add(seen.has(key) ? `${key}2` : key);
    node.dataset.ink = "";
  }
}
