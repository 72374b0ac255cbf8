/* Predict, then reveal: the options become buttons.
 *
 *     <div class="predict" id="predict-rank" data-answer="2">
 *       <p>Question?</p>
 *       <ol><li>…</li><li>…</li></ol>
 *       <details class="answer"><summary>Reveal</summary>…</details>
 *     </div>
 *
 * The first choice is told right or not quite, in words, and opens the
 * answer. Without scripts the question, the options and the details remain.
 */
import { el, fill, strings } from "./i18n.js";

export async function upgrade(root) {
  const t = await strings("predict");
  root.querySelectorAll(".predict:not([data-ready])")
    .forEach(box => equip(box, t));
}

function equip(box, t) {
  const list = box.querySelector(":scope > ol");
  const details = box.querySelector(":scope > details");
  const right = Number(box.dataset.answer) - 1;
  if (!list?.children[right] || !details) return;
  box.dataset.ready = "";

  const question = list.previousElementSibling;
  if (question) {
    question.id ||= `${box.id}-question`;
    list.setAttribute("aria-labelledby", question.id);
  }
  const verdict = el("p", { class: "predict-verdict", role: "status" });
  list.after(verdict);

  const buttons = [...list.children].map((item, i) => {
    const button = el("button",
      { type: "button", class: "predict-option", "aria-pressed": "false" },
      el("span", { class: "predict-number" }, String(i + 1)),
      el("span", { class: "predict-text" }, ...item.childNodes));
    item.append(button);
    button.addEventListener("click", () => choose(i));
    return button;
  });

  function choose(picked) {
    if (box.dataset.picked) return;
    box.dataset.picked = picked + 1;
    buttons.forEach(button => button.setAttribute("aria-disabled", "true"));
    buttons[picked].setAttribute("aria-pressed", "true");
    mark(buttons[right], "right", `✓ ${t.answer}`);
    if (picked !== right) mark(buttons[picked], "wrong", `✗ ${t.yours}`);
    verdict.textContent = picked === right
      ? t.right : fill(t.wrong, { answer: right + 1 });
    details.open = true;
  }

  function mark(button, kind, text) {
    button.classList.add(`is-${kind}`);
    button.append(el("span", { class: "predict-mark" }, text));
  }
}
