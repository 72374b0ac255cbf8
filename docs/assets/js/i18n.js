/* Words, numbers and elements in the language of the page.
 *
 *     import { strings, number, fill, plural, el } from "./i18n.js";
 *     const t = await strings("predict");     // one section of the file
 *     fill(t.wrong, { answer: number(2) });   // "… {answer} …"
 *
 * The words are in ../widgets/strings.<lang>.json, where <lang> is that of
 * <html lang>; the build makes it from qkv_explained/words.
 */
const files = new Map();

/** The language of the page, such as "en". */
export const lang = () => document.documentElement.lang.slice(0, 2) || "en";

/** One section of the words; rejects where there is no such file. */
export async function strings(section) {
  const code = lang();
  if (!files.has(code)) {
    const url = new URL(`../widgets/strings.${code}.json`, import.meta.url);
    files.set(code, fetch(url).then(answer => {
      if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
      return answer.json();
    }));
  }
  return (await files.get(code))[section];
}

/** A number as the language writes it, with a true minus sign. */
export function number(value, digits = 3) {
  const scale = 10 ** digits;
  const rounded = Math.round(value * scale) / scale || 0;
  return new Intl.NumberFormat(lang(), { maximumFractionDigits: digits })
    .format(rounded).replace("-", "−");
}

/** A list of numbers in brackets; semicolons where the comma is decimal. */
export function tuple(values, digits) {
  const gap = number(0.5).includes(",") ? "; " : ", ";
  return `(${values.map(value => number(value, digits)).join(gap)})`;
}

/** The text with each {name} replaced. */
export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** The form of a text that fits a count: {one, few, many, other}. */
export const plural = (forms, count) =>
  forms[new Intl.PluralRules(lang()).select(count)] ?? forms.other;

/** An element: el("p", {class: "x", onclick: f}, "text", child, …). */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") {
      node.addEventListener(key.slice(2), value);
    } else {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children.flat().filter(child => child != null));
  return node;
}

/** Text with its subscripts: "W_Q" becomes W with a low Q. */
export function math(text) {
  return text.split(/([A-Za-z]+_[A-Za-z_]+)/).map((part, i) => {
    if (i % 2 === 0) return part;
    const at = part.indexOf("_");
    return el("var", {}, part.slice(0, at),
      el("sub", {}, part.slice(at + 1)));
  });
}
