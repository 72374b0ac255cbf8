/* Filters for the claim ledger.
 *
 *     <table class="claims">
 *       <tbody><tr id="claim-34" data-verdict="false" data-source="003"
 *                  data-page="multi-head">…
 *
 * A row may name several sources or pages, with spaces between. The text of
 * .verdict in a row names its verdict. What is chosen stands in
 * the address (#verdict=false&source=003&q=heads), so a selection can be
 * linked. Without scripts the whole table stands.
 */
import { el, fill, number, plural, strings } from "./i18n.js";

const KEYS = ["verdict", "source", "q"];
const words = text => (text ?? "").split(/\s+/).filter(Boolean);

export async function upgrade(root) {
  const t = await strings("claims");
  root.querySelectorAll("table.claims:not([data-ready])")
    .forEach(table => equip(table, t));
}

function equip(table, t) {
  table.dataset.ready = "";
  const rows = [...table.tBodies].flatMap(body => [...body.rows])
    .filter(row => row.dataset.verdict)
    .map(row => ({
      row,
      verdict: row.dataset.verdict,
      sources: words(row.dataset.source),
      text: row.textContent.replace(/\s+/g, " ").toLocaleLowerCase(),
    }));
  const verdicts = new Map();
  for (const { row, verdict } of rows) {
    verdicts.set(verdict, verdicts.get(verdict)
      ?? row.querySelector(".verdict")?.textContent.trim() ?? verdict);
  }
  const sources = [...new Set(rows.flatMap(({ sources }) => sources))].sort();

  const chips = ["", ...verdicts.keys()].map(value => el("button", {
    type: "button", class: "claims-chip", value,
    onclick: () => { state.verdict = value; changed(); },
  }));
  const source = el("select",
    { onchange: () => { state.source = source.value; changed(); } },
    el("option", { value: "" }, t.any_source),
    sources.map(value => el("option", { value },
      fill(/^\d+$/.test(value) ? t.note : "{name}", { name: value }))));
  const search = el("input", {
    type: "search", autocomplete: "off",
    oninput: () => { state.q = search.value; changed(); },
  });
  const count = el("p", { class: "claims-count", role: "status" });
  const link = el("a", { class: "claims-link" }, t.link);
  const clear = el("button", {
    type: "button", class: "qkv-button",
    onclick: () => { state = {}; changed(); search.focus(); },
  }, t.clear);
  const form = el("form",
    { class: "claims-filter", "aria-label": t.label,
      onsubmit: event => event.preventDefault() },
    el("div", { class: "claims-chips", role: "group",
      "aria-label": t.verdict }, chips),
    el("label", {}, el("span", {}, t.source), source),
    el("label", {}, el("span", {}, t.search), search),
    el("div", { class: "claims-state" }, count, link, clear));
  (table.closest(".md-typeset__scrollwrap, .claims-scroll") ?? table)
    .before(form);

  let state = read();
  const listen = () => {
    if (!table.isConnected) removeEventListener("hashchange", listen);
    // A link to a claim shows it, whatever was chosen before.
    else if (ours() || table.querySelector(":target")?.hidden) {
      state = read();
      show();
    }
  };
  addEventListener("hashchange", listen);

  function matches(entry, skip) {
    return (skip === "verdict" || !state.verdict
        || entry.verdict === state.verdict)
      && (!state.source || entry.sources.includes(state.source))
      && words(state.q?.toLocaleLowerCase())
        .every(word => entry.text.includes(word));
  }

  function show() {
    source.value = sources.includes(state.source) ? state.source : "";
    if (search.value !== (state.q ?? "")) search.value = state.q ?? "";
    const shown = rows.filter(entry => matches(entry));
    rows.forEach(entry => { entry.row.hidden = !shown.includes(entry); });
    for (const chip of chips) {
      const some = rows.filter(entry => matches(entry, "verdict")
        && (!chip.value || entry.verdict === chip.value)).length;
      chip.textContent =
        `${chip.value ? verdicts.get(chip.value) : t.all} ${number(some)}`;
      chip.setAttribute("aria-pressed",
        String((state.verdict ?? "") === chip.value));
    }
    const values = { shown: number(shown.length), all: number(rows.length) };
    count.textContent = fill(plural(t.count, rows.length), values);
    const filtered = KEYS.some(key => state[key]);
    link.href = `#${hash()}`;
    link.hidden = clear.hidden = !filtered;
  }

  function changed() {
    show();
    const url = new URL(location.href);
    url.hash = hash();
    history.replaceState(history.state, "", url);
  }

  function hash() {
    const parts = KEYS.filter(key => state[key])
      .map(key => [key, state[key]]);
    return new URLSearchParams(parts).toString();
  }

  show();
}

/** Is the part of the address after # a selection, not a heading's id? */
const ours = () => location.hash.length < 2
  || KEYS.some(key => location.hash.slice(1).startsWith(`${key}=`));

function read() {
  if (!ours()) return {};
  const found = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(KEYS.map(key => [key, found.get(key) ?? ""]));
}
