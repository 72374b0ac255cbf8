/* <qkv-project>: q = x W_Q, with numbers that the reader changes.
 *
 *     <qkv-project data-x="1 2 0 1" data-w="1 0  0 1  2 1  1 -1">
 *       <table>… the same numbers, worked out, for readers without scripts …
 *     </qkv-project>
 *
 * x has four numbers, W_Q four rows of two. A second input with the same
 * query is found along a direction that W_Q sends to zero (its left null
 * space). `project` and `unseen` are compared with torch by a test.
 */
import { el, fill, math, number, tuple } from "../js/i18n.js";
import { Widget } from "./widget.js";

/** x W for a row x and a matrix given by its rows. */
export const project = (x, W) =>
  W[0].map((_, j) => x.reduce((sum, x_i, i) => sum + x_i * W[i][j], 0));

/** Directions n with n W = 0, the simplest first, as whole numbers.
 *
 * W has two columns, so any three rows give one: its entries are the 2 × 2
 * minors of the other two rows. Rows that are parallel, or zero, give
 * shorter ones. Entries count in hundredths, so the arithmetic is exact.
 */
export function unseen(W) {
  const rows = W.map(row => row.map(w => Math.round(w * 100)));
  const minor = (a, b) =>
    rows[a][0] * rows[b][1] - rows[a][1] * rows[b][0];
  const found = new Map();
  const add = entries => {
    const n = rows.map((_, i) => entries[i] ?? 0);
    const scale = n.reduce(divisor, 0);
    if (!scale || project(n, rows).some(q => q !== 0)) return;
    const sign = Math.sign(n.find(Boolean));
    const whole = n.map(value => value / scale * sign || 0);
    found.set(whole.join(), whole);
  };
  rows.forEach((_, a) => {
    add({ [a]: 1 });
    for (let b = a + 1; b < rows.length; b++) {
      for (const j of [0, 1]) add({ [a]: rows[b][j], [b]: -rows[a][j] });
      for (let c = b + 1; c < rows.length; c++) {
        add({ [a]: minor(b, c), [b]: -minor(a, c), [c]: minor(a, b) });
      }
    }
  });
  const size = n => Math.max(...n.map(Math.abs));
  return [...found.values()].sort((m, n) => size(m) - size(n));
}

function divisor(a, b) {
  [a, b] = [Math.abs(a), Math.abs(b)];
  while (b) [a, b] = [b, a % b];
  return a;
}

/** The direction at a length that keeps the numbers small. */
export function step(n) {
  const size = Math.max(...n.map(Math.abs));
  return size <= 3 ? n : n.map(value => value * 2 / size);
}

const LIMIT = 9;
const numbers = text => (text ?? "").split(/[\s,]+/).filter(Boolean)
  .map(Number);

class Project extends Widget {
  static section = "project";

  build(t) {
    const x = numbers(this.dataset.x ?? "1 2 0 1");
    const w = numbers(this.dataset.w ?? "1 0 0 1 2 1 1 -1");
    this.x = x;
    this.W = x.map((_, i) => [w[2 * i], w[2 * i + 1]]);
    this.turn = 0;
    this.other = null;

    const cell = (i, j, child) => el("td", { "data-i": i, "data-j": j },
      child);
    this.others = x.map(() => el("span", {}, "?"));
    this.results = [0, 1].map(() => el("output"));
    this.sums = [0, 1].map(j => el("p", { class: "qkv-sum", "data-j": j }));
    this.second = el("div", { class: "qkv-second", role: "status" });
    const head = (text, kind) =>
      el("th", { scope: "col", class: kind }, math(text));
    const table = el("table", { class: "qkv-grid" },
      el("thead", {}, el("tr", {}, head("x"), head("x′", "is-other"),
        ...[1, 2].map(j => head(fill(t.column, { j: number(j) }), "is-q")))),
      el("tbody", {}, x.map((_, i) => el("tr", {},
        cell(i, undefined, this.slider(i)),
        el("td", { class: "is-other", "data-i": i }, this.others[i]),
        [0, 1].map(j => cell(i, j, this.field(
          fill(t.weight, { i: number(i + 1), j: number(j + 1) }),
          this.W[i][j], value => {
            this.W[i][j] = value;
            this.other = null;
          })))))),
      el("tfoot", {}, el("tr", {},
        el("th", { scope: "row", colspan: 2, class: "is-q" },
          math("q = x W_Q")),
        [0, 1].map(j => el("td", { class: "is-q", "data-j": j },
          this.results[j])))));
    table.addEventListener("pointerover", event => this.light(event.target));
    table.addEventListener("pointerleave",
      () => this.light(document.activeElement));
    table.addEventListener("focusin", event => this.light(event.target));
    table.addEventListener("focusout", () => this.light(null));
    this.grid = table;

    const find = el("button", { type: "button", class: "qkv-button",
      onclick: () => this.find() }, t.find);
    this.update();
    return [el("p", { class: "qkv-title" }, math(t.title)), table,
      ...this.sums, el("p", { class: "qkv-actions" }, find), this.second];
  }

  /** A number field; what is not a number leaves the old value. */
  field(label, value, set) {
    const input = el("input", { type: "number", step: 0.5, min: -LIMIT,
      max: LIMIT, value, "aria-label": label,
      oninput: () => {
        const now = input.value === "" ? NaN : Number(input.value);
        const good = Math.abs(now) <= LIMIT;
        if (good) input.removeAttribute("aria-invalid");
        else input.setAttribute("aria-invalid", "true");
        if (!good) return;
        set(Math.round(now * 100) / 100);
        this.update();
      } });
    return input;
  }

  /** x_i as a field, with a slider below it for fingers. */
  slider(i) {
    const name = fill(this.t.input, { i: number(i + 1) });
    const range = el("input", { type: "range", step: 0.5, min: -3, max: 3,
      value: this.x[i], "aria-label": fill(this.t.slider, { name }),
      oninput: () => {
        field.value = range.value;
        field.dispatchEvent(new Event("input"));
      } });
    const field = this.field(name, this.x[i], value => {
      this.x[i] = value;
      range.value = value;
    });
    return el("div", { class: "qkv-x" }, field, range);
  }

  update() {
    const q = project(this.x, this.W);
    q.forEach((value, j) => {
      this.results[j].textContent = number(value);
      this.sums[j].replaceChildren(...this.sum(j, value));
    });
    this.showOther(q);
    this.light(document.activeElement);
  }

  /** q_j = x_1 w_1j + … written out, every product on its own. */
  sum(j, value) {
    const low = (name, ...at) => el("var", {}, name, el("sub", {},
      at.map(k => number(k + 1)).join("")));
    const sign = n => (n < 0 ? `(${number(n)})` : number(n));
    return [low("q", j), " = ", this.x.flatMap((x_i, i) => [
      i ? " + " : "",
      el("span", { class: "qkv-term", "data-i": i, "data-j": j,
        title: `x${i + 1} × w${i + 1}${j + 1}` },
      `${sign(x_i)}×${sign(this.W[i][j])}`),
    ]), " = ", el("strong", {}, number(value))].flat();
  }

  /** Steps along the next direction that the head does not see. */
  find() {
    const ways = unseen(this.W).flatMap(n => {
      const move = step(n);
      return [move, move.map(value => -value)];
    });
    const inside = ways.filter(move => move.every((value, i) =>
      Math.abs(this.x[i] + value) <= LIMIT));
    const choice = inside.length ? inside : ways;
    this.other = choice[this.turn++ % choice.length];
    this.update();
  }

  showOther(q) {
    const { t, x, other } = this;
    const moved = other && x.map((value, i) => value + other[i]);
    this.others.forEach((span, i) => {
      span.textContent = moved ? number(moved[i]) : "?";
      span.closest("td")?.classList.toggle("is-moved",
        Boolean(other && other[i]));
    });
    if (!moved) {
      this.second.replaceChildren();
      return;
    }
    this.moved = moved;
    const values = { x: tuple(x), y: tuple(moved), n: tuple(other),
      q: tuple(q), r: tuple(project(moved, this.W)) };
    this.second.replaceChildren(
      el("p", {}, math(fill(t.second, values))),
      el("p", {}, math(fill(t.why, values))));
  }

  /** Marks the row, the column and the product of the cell in hand. */
  light(target) {
    const at = target?.closest?.("td[data-i], td[data-j]");
    const { i, j } = (this.grid.contains(at) && at?.dataset) || {};
    this.querySelectorAll("[data-i], [data-j]").forEach(node => {
      const here = node.dataset;
      const row = i !== undefined && here.i === i;
      const column = j !== undefined && here.j === j;
      node.classList.toggle("is-lit",
        node.matches(".qkv-term") ? row && (column || j === undefined)
          : node.matches(".qkv-sum") ? column : row || column);
    });
  }
}

customElements.get("qkv-project")
  ?? customElements.define("qkv-project", Project);
