/* <qkv-heads>: the columns of one W_Q, cut into more and more heads.
 *
 *     <qkv-heads data-heads="8"><table>… the same …</table></qkv-heads>
 *
 * On the left the paper's design, 512 × 512 cut into n_heads blocks of
 * d_k = 512 / n_heads columns; on the right, to the same scale, the design
 * of the source note, which cuts 512 × 64. `cut` is what both are drawn
 * from.
 */
import { el, fill, math, number } from "../js/i18n.js";
import { Widget } from "./widget.js";

export const D_MODEL = 512;
export const NOTE = 64;

/** What n_heads heads make of a matrix with so many columns. */
export function cut(columns, n_heads, d_model = D_MODEL) {
  const whole = columns % n_heads === 0;
  const d_k = columns / n_heads;
  return { columns, n_heads, whole, d_k, per_head: d_model * d_k,
    together: d_model * columns, rank: Math.min(d_model, d_k) };
}

const SVG = "http://www.w3.org/2000/svg";
const GAP = 48;
const CHOICES = Array.from({ length: 10 }, (_, i) => 2 ** i);

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  return node;
}

class Heads extends Widget {
  static section = "heads";

  build(t) {
    const start = Math.max(0, CHOICES.indexOf(this.whole("heads", 8)));
    this.range = el("input", { type: "range", min: 0,
      max: CHOICES.length - 1, step: 1, value: start,
      oninput: () => this.update() });
    this.now = el("strong");
    this.drawing = shape("svg", { role: "img",
      viewBox: `0 0 ${D_MODEL + GAP + NOTE + 4} ${D_MODEL + 4}` });
    this.notes = ["paper", "note"].map(name =>
      el("div", { class: "qkv-design", "data-design": name }));
    this.status = el("p", { class: "qkv-message", role: "status" });
    this.update();
    return [el("p", { class: "qkv-title" }, math(t.title)),
      el("label", { class: "qkv-range" }, el("span", {}, math(t.slider),
        " ", this.now), this.range),
      el("div", { class: "qkv-pair" }, this.drawing,
        el("div", {}, this.notes)), this.status];
  }

  update() {
    const { t } = this;
    const n_heads = CHOICES[this.range.value];
    this.now.textContent = number(n_heads);
    this.range.setAttribute("aria-valuetext", number(n_heads));
    const designs = [cut(D_MODEL, n_heads), cut(NOTE, n_heads)];
    this.draw(designs);
    designs.forEach((design, at) => {
      const name = ["paper", "note"][at];
      const values = { h: number(n_heads), d_model: number(D_MODEL),
        columns: number(design.columns), d_k: number(design.d_k),
        per_head: number(design.per_head), rank: number(design.rank),
        together: number(design.together) };
      const lines = design.whole ? t.lines : [t.broken, t.lines.at(-1)];
      this.notes[at].replaceChildren(
        el("p", { class: "qkv-subtitle" }, math(t[name])),
        el("ul", {}, lines.map(line => el("li", {},
          math(fill(line, values))))));
    });
    this.status.replaceChildren(...math(fill(t.status, { h: number(n_heads),
      d_k: number(designs[0].d_k), together: number(designs[0].together) })));
    this.drawing.setAttribute("aria-label", fill(t.drawing, {
      h: number(n_heads), d_k: number(designs[0].d_k) }));
  }

  draw(designs) {
    let left = 2;
    this.drawing.replaceChildren(...designs.flatMap(design => {
      const x = left;
      left += design.columns + GAP;
      const box = { x, y: 2, width: design.columns, height: D_MODEL };
      const whole = shape("rect", { ...box, class: "qkv-matrix" });
      if (!design.whole) return [whole];
      const first = shape("rect", { ...box, width: design.d_k,
        class: "qkv-first" });
      let path = "";
      for (let k = 1; k < design.n_heads; k++) {
        path += `M${x + k * design.d_k} 2v${D_MODEL}`;
      }
      const wide = design.d_k >= 8 ? "" : " is-fine";
      return [whole, first,
        shape("path", { d: path, class: `qkv-cut${wide}` })];
    }));
  }
}

customElements.get("qkv-heads") ?? customElements.define("qkv-heads", Heads);
