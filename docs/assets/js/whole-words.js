/* After a search: marks whole words.
 *
 * Material marks on the page what was asked for (?h=вниман), and
 * search-shim.js asks for beginnings of words; so each mark takes in the
 * letters that follow it: <mark>внимание</mark>. Loaded only with ?h=.
 */
const MARK = "mark[data-md-highlight]:not([data-ready])";

export function upgrade(root) {
  const article = root.querySelector(".md-content__inner");
  if (!article) return;
  const all = () => article.querySelectorAll(MARK).forEach(extend);
  all();
  new MutationObserver(all)
    .observe(article, { childList: true, subtree: true });
}

function extend(mark) {
  mark.dataset.ready = "";
  const after = mark.nextSibling;
  if (after?.nodeType !== Node.TEXT_NODE) return;
  // Letters of alphabets only: a Chinese word has no end to look for.
  const rest = /^[a-zа-яё]+/i.exec(after.data)?.[0];
  if (!rest || !/[a-zа-яё]$/i.test(mark.textContent)) return;
  mark.append(rest);
  after.data = after.data.slice(rest.length);
}
