/* "Copy as script": fetches the file that the button names and copies it.
 *
 *     <button type="button" data-copy-script="projection.py">…</button>
 *
 * The address is relative to the page. Where the clipboard is not to be had
 * (an address without https, an old browser) the script appears in a box,
 * selected, to be copied by hand. The download link beside the button is
 * plain HTML and needs nothing of this.
 */
import { el, strings } from "./i18n.js";

export async function upgrade(root) {
  const t = await strings("copy");
  for (const button of root.querySelectorAll(
    "[data-copy-script]:not([data-ready])")) {
    button.dataset.ready = "";
    button.hidden = false;
    const status = el("span", { class: "copy-status", role: "status" });
    button.after(status);
    button.addEventListener("click", () => copy(button, status, t));
  }
}

async function copy(button, status, t) {
  const text = fetch(new URL(button.dataset.copyScript, location.href))
    .then(answer => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.text();
    });
  status.textContent = "";
  try {
    await write(text);
    say(status, t.copied);
  } catch {
    text.then(
      script => { byHand(status, script, t); },
      () => { say(status, t.failed); });
  }
}

/* Safari allows writing only within the click itself, so it is given the
   promise; where ClipboardItem takes none, the text. */
async function write(text) {
  if (!navigator.clipboard) throw new Error("no clipboard");
  try {
    const blob = text.then(s => new Blob([s], { type: "text/plain" }));
    await navigator.clipboard.write(
      [new ClipboardItem({ "text/plain": blob })]);
  } catch {
    await navigator.clipboard.writeText(await text);
  }
}

function say(status, words) {
  status.textContent = words;
  setTimeout(() => {
    if (status.textContent === words) status.textContent = "";
  }, 4000);
}

function byHand(status, script, t) {
  const row = status.parentElement;
  row.parentElement.querySelector(".copy-by-hand")?.remove();
  const area = el("textarea",
    { class: "copy-by-hand", readonly: true, rows: 8, "aria-label": t.script },
    script);
  row.after(area);
  area.focus();
  area.select();
  status.textContent = t.by_hand;
}
