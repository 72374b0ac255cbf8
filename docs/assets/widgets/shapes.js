/* <qkv-shapes>: every shape and parameter count on the way from X to the
 * output, for sizes that the reader chooses.
 *
 *     <qkv-shapes data-d-model="512" data-heads="8" data-kv-heads="8"
 *                 data-d-v="64" data-tokens="10" data-batch="2">
 *       <table>… the same for these sizes, for readers without scripts …
 *     </qkv-shapes>
 *
 * Every attribute may be left out. `attentionShapes` is the same function
 * as qkv_explained.shapes.attention_shapes; a test compares the two.
 */
import { el, fill, math, number } from "../js/i18n.js";
import { Widget } from "./widget.js";

/** Sizes that do not make a layer; kind, argument, choices as in Python. */
export class ShapeError extends Error {
  constructor(kind, argument, sizes, choices = []) {
    super(`${argument}: ${kind}`);
    Object.assign(this, { kind, argument, sizes, choices });
  }
}

/** Every whole number that divides n, in rising order. */
export const divisors = n =>
  Array.from({ length: n }, (_, i) => i + 1).filter(k => n % k === 0);

/** The layer's sizes, with those left out filled in; or a ShapeError. */
export function attentionShapes(given) {
  for (const name of ["d_model", "n_heads", "n_kv_heads", "d_k", "d_v",
    "n_q", "n_k", "batch"]) {
    const value = given[name];
    if (value != null && !(Number.isSafeInteger(value) && value >= 1)) {
      throw new ShapeError("positive", name, { [name]: value });
    }
  }
  const { d_model, n_heads, n_q = 10, batch = null } = given;
  const n_kv_heads = given.n_kv_heads ?? n_heads;
  if (given.d_k == null && d_model % n_heads) {
    throw new ShapeError("heads", "n_heads", { d_model, n_heads },
      divisors(d_model));
  }
  if (n_heads % n_kv_heads) {
    throw new ShapeError("kv_heads", "n_kv_heads", { n_heads, n_kv_heads },
      divisors(n_heads));
  }
  const d_k = given.d_k ?? d_model / n_heads;
  return { d_model, n_heads, n_kv_heads, d_k, d_v: given.d_v ?? d_k,
    n_q, n_k: given.n_k ?? n_q, batch };
}

/** Every tensor from X to the output, in the order of the layer. */
export function steps(layer) {
  const kv = layer.n_kv_heads === layer.n_heads ? "n_heads" : "n_kv_heads";
  const size = axis =>
    axis.split("·").reduce((product, name) => product * layer[name], 1);
  const tensor = (name, formula, ...axes) => {
    const full = layer.batch == null ? axes : ["batch", ...axes];
    return { name, formula, axes: full, shape: full.map(size),
      weights: 0, bias: 0 };
  };
  const matrix = (name, ...axes) => {
    const shape = axes.map(size);
    return { name, formula: "", axes, shape,
      weights: shape[0] * shape[1], bias: shape[1] };
  };
  return [
    tensor("X", "", "n_q", "d_model"),
    matrix("W_Q", "d_model", "n_heads·d_k"),
    matrix("W_K", "d_model", `${kv}·d_k`),
    matrix("W_V", "d_model", `${kv}·d_v`),
    tensor("Q", "X W_Q", "n_heads", "n_q", "d_k"),
    tensor("K", "X W_K", kv, "n_k", "d_k"),
    tensor("V", "X W_V", kv, "n_k", "d_v"),
    tensor("scores", "Q Kᵀ / √d_k", "n_heads", "n_q", "n_k"),
    tensor("weights", "softmax", "n_heads", "n_q", "n_k"),
    tensor("heads", "weights V", "n_heads", "n_q", "d_v"),
    tensor("concat", "", "n_q", "n_heads·d_v"),
    matrix("W_O", "n_heads·d_v", "d_model"),
    tensor("output", "concat W_O", "n_q", "d_model"),
  ];
}

/** What the four matrices hold, and what a decoder keeps per token. */
export function totals(layer) {
  const all = steps(layer);
  const sum = key => all.reduce((total, step) => total + step[key], 0);
  return { weights: sum("weights"), biases: sum("bias"),
    cache_per_token: layer.n_kv_heads * (layer.d_k + layer.d_v) };
}

/** Of many choices the twelve nearest to what was asked for. */
const nearest = (choices, asked) => [...choices]
  .sort((a, b) => Math.abs(a - asked) - Math.abs(b - asked))
  .slice(0, 12).sort((a, b) => a - b);

const FIELDS = ["d_model", "n_heads", "n_kv_heads", "d_v", "n_q", "batch"];
const LIMIT = 1_000_000;
let made = 0;

class Shapes extends Widget {
  static section = "shapes";

  build(t) {
    const id = `qkv-shapes-${++made}`;
    const start = { d_model: this.whole("dModel", 512),
      n_heads: this.whole("heads", 8), n_kv_heads: this.whole("kvHeads"),
      d_v: this.whole("dV"), n_q: this.whole("tokens", 10),
      batch: this.whole("batch") };
    this.inputs = Object.fromEntries(FIELDS.map(name => [name,
      el("input", { type: "number", min: 1, max: LIMIT, step: 1,
        inputmode: "numeric", id: `${id}-${name}`, name,
        value: start[name], oninput: () => this.update() })]));
    this.message = el("div", { class: "qkv-message", role: "status",
      id: `${id}-message` });
    this.rows = el("tbody");
    this.sums = el("tfoot");
    this.table = el("table", { class: "qkv-table" },
      el("thead", {}, el("tr", {}, [t.tensor, t.shape, t.parameters]
        .map(text => el("th", { scope: "col" }, text)))),
      this.rows, this.sums);
    const form = el("form", { class: "qkv-fields",
      onsubmit: event => event.preventDefault() },
    FIELDS.map(name => el("label", { for: `${id}-${name}` },
      el("code", {}, name), el("span", {}, t.fields[name]),
      this.inputs[name])));
    this.update();
    return [el("p", { class: "qkv-title" }, t.title), form, this.message,
      this.table];
  }

  /** The sizes in the fields; an empty field takes its usual value. */
  read() {
    return Object.fromEntries(FIELDS.map(name => {
      const { value, validity } = this.inputs[name];
      return [name, validity.badInput ? NaN
        : value === "" ? undefined : Number(value)];
    }).filter(([, value]) => value !== undefined));
  }

  update() {
    const given = this.read();
    for (const input of Object.values(this.inputs)) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    try {
      for (const name of FIELDS) {
        const wanted = name === "d_model" || name === "n_heads";
        if ((wanted && given[name] === undefined) || given[name] > LIMIT) {
          throw new ShapeError("positive", name, { [name]: given[name] });
        }
      }
      const layer = attentionShapes(given);
      this.inputs.n_kv_heads.placeholder = String(layer.n_kv_heads);
      this.inputs.d_v.placeholder = String(layer.d_v);
      this.inputs.n_q.placeholder = String(layer.n_q);
      this.inputs.batch.placeholder = "—";
      this.show(layer);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      this.refuse(error);
    }
  }

  show(layer) {
    const { t } = this;
    this.table.hidden = false;
    this.message.classList.remove("is-wrong");
    this.message.replaceChildren(el("p", {}, math(fill(this.kind(layer), {
      d_k: number(layer.d_k), d_model: number(layer.d_model),
      n_heads: number(layer.n_heads), n_kv_heads: number(layer.n_kv_heads),
      shared: number(layer.n_heads / layer.n_kv_heads),
    }))));
    this.rows.replaceChildren(...steps(layer).map(step => {
      const role = /^(W_)?([QKV])$/.exec(step.name)?.[2];
      return el("tr", { class: role && `is-${role.toLowerCase()}`,
        "data-tensor": step.name },
      el("th", { scope: "row" }, el("span", { class: "qkv-name" },
        math(step.name)), step.formula &&
          el("span", { class: "qkv-formula" }, " = ", math(step.formula))),
      el("td", {}, el("span", { class: "qkv-shape" },
        `(${step.shape.map(n => number(n)).join(" × ")})`),
      el("code", {}, `(${step.axes.join(", ")})`)),
      el("td", {}, step.weights ? number(step.weights) : ""));
    }));
    const sum = totals(layer);
    this.sums.replaceChildren(...[
      ["weights", t.sum, sum.weights],
      ["biases", t.biases, sum.biases],
      ["cache_per_token", t.cache, sum.cache_per_token],
    ].map(([key, text, value]) => el("tr", { "data-sum": key },
      el("th", { scope: "row", colspan: 2 }, math(text)),
      el("td", {}, number(value)))));
  }

  kind({ n_heads, n_kv_heads }) {
    const { t } = this;
    if (n_kv_heads === n_heads) return t.multi_head;
    return n_kv_heads === 1 ? t.multi_query : t.grouped_query;
  }

  refuse({ kind, argument, sizes, choices }) {
    const { t } = this;
    const input = this.inputs[argument];
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", this.message.id);
    this.table.hidden = true;
    this.message.classList.add("is-wrong");
    const [whole, part] = Object.values(sizes);
    const values = { argument, limit: number(LIMIT), whole: number(whole),
      part: number(part), quotient: number(Math.floor(whole / part)),
      rest: number(whole % part) };
    this.message.replaceChildren(
      el("p", {}, math(fill(t.errors[kind], values))),
      choices.length > 0 ? el("p", { class: "qkv-choices" },
        math(fill(t.choose, values)), " ",
        nearest(choices, part).map(n => el("button", { type: "button",
          class: "qkv-button", onclick: () => {
            input.value = n;
            input.focus();
            this.update();
          } }, number(n)))) : "");
  }
}

customElements.get("qkv-shapes") ?? customElements.define("qkv-shapes", Shapes);
