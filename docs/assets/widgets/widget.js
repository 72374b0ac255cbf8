/* What the three widgets share.
 *
 * A widget is a custom element around HTML that stands by itself (a table
 * or a figure); with scripts the element replaces it:
 *
 *     <qkv-shapes><table>…</table></qkv-shapes>
 *
 *     class Shapes extends Widget {
 *       static section = "shapes";           // of strings.<lang>.json
 *       build(t) { return [el("p", {}, t.title)]; }
 *     }
 *
 * If the words cannot be loaded, what was inside stays.
 */
import { strings } from "../js/i18n.js";

export class Widget extends HTMLElement {
  async connectedCallback() {
    if (this.t) return;
    this.t = await strings(this.constructor.section);
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", this.t.title);
    this.replaceChildren(...this.build(this.t));
    this.dataset.ready = "";
  }

  /** A whole number from data-…, or the default. */
  whole(name, usual) {
    const value = Number.parseInt(this.dataset[name], 10);
    return Number.isNaN(value) ? usual : value;
  }
}
