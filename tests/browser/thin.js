// Make a page lighter for axe without changing what axe can find in it.
// A page has thousands of coloured spans in its code and formulas, in a
// dozen combinations of ink and paper. One span of each combination stays
// (a long enough one: axe does not judge single characters); the others
// become plain text. Of the formulas those stay that bring a new combination.
// A drawing is one image to whoever hears it, so what is inside may go.
() => {
  const seen = new Set();
  const fresh = (node) => {
    const own = getComputedStyle(node);
    const around = node.closest("figure, details, td, .admonition, .predict");
    const key = [own.color, own.backgroundColor, own.fontWeight,
      around && around.className].join();
    return !seen.has(key) && seen.add(key);
  };
  const blocks = document.querySelectorAll(".highlight code");
  const leaves = [...blocks].flatMap((code) => [...code.querySelectorAll("span")])
    .filter((node) => !node.childElementCount &&
      (node.textContent.trim().length < 2 || !fresh(node)));
  const twins = [...document.querySelectorAll(".katex")].filter((formula) =>
    ![...formula.querySelectorAll(".katex-html span")].filter(fresh).length);
  for (const node of leaves) node.replaceWith(node.textContent);
  for (const code of blocks) code.normalize();
  for (const node of twins) node.replaceWith("formula");
  for (const one of document.querySelectorAll("svg[role=img] > :not(title)"))
    one.remove();
}
