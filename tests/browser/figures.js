// What is wrong with the drawings at this width, as a list of sentences: a
// label smaller than `smallest` px, outside its picture, or on another one.
(smallest) => {
  const problems = [];
  // Letters fill about the middle half of the box of their line.
  const letters = ({ left, right, top, bottom }) => {
    const spare = (bottom - top) * 0.22;
    return { left, right, top: top + spare, bottom: bottom - spare };
  };
  const outside = (box, frame) => box.left < frame.left - 1 ||
    box.right > frame.right + 1 || box.top < frame.top - 1 ||
    box.bottom > frame.bottom + 1;
  const touch = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) >= 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) >= 1;

  for (const svg of document.querySelectorAll("figure svg, svg[role=img]")) {
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll("text")].filter((node) =>
      node.textContent.trim() && node.checkVisibility());
    if (!frame.width || !labels.length) continue;
    const id = svg.closest("[id]")?.id;
    const said = (svg.querySelector("title")?.textContent ??
      svg.getAttribute("aria-label") ?? "").slice(0, 40);
    const say = (text) => problems.push(`${id || "drawing"} (“${said}”): ${text}`);
    if (frame.right > document.documentElement.clientWidth + 1) {
      say("is wider than the screen");
    }
    const placed = labels.map((node) => {
      const name = `“${node.textContent.trim()}”`;
      const to = node.getScreenCTM();
      const size = parseFloat(getComputedStyle(node).fontSize) *
        Math.hypot(to.a, to.b);
      // A hundredth of a px is what is lost in rounding a transformation.
      if (size < smallest - 0.01) {
        say(`${name} is ${size.toFixed(1)} px high; at least ${smallest} ` +
          "can be read");
      }
      if (outside(letters(node.getBoundingClientRect()), frame)) {
        say(`${name} runs out of the picture`);
      }
      // Labels at the same angle are compared in their own direction.
      const angle = Math.round(Math.atan2(to.b, to.a) * 180 / Math.PI);
      const own = node.getBBox();
      const back = new DOMMatrix().rotate(-angle).multiply(to);
      const from = new DOMPoint(own.x, own.y).matrixTransform(back);
      const end = new DOMPoint(own.x + own.width, own.y + own.height)
        .matrixTransform(back);
      const box = letters({ left: from.x, right: end.x, top: from.y,
        bottom: end.y });
      return { name, angle, box };
    });
    placed.forEach((a, at) => {
      for (const b of placed.slice(at + 1)) {
        if (a.angle === b.angle && touch(a.box, b.box)) {
          say(`${a.name} and ${b.name} lie on each other`);
        }
      }
    });
  }
  return problems;
}
