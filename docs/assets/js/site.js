/* The one script of the site: brings the others in where a page needs them.
 *
 *     <script type="module" src="…/assets/js/site.js"></script>
 *
 * A page without any of these parts loads nothing more than this file.
 * Every part improves HTML that stands by itself, so a reader without
 * scripts loses the buttons and no content.
 */
const PARTS = [
  [".predict", "./predict.js"],
  ["[data-copy-script]", "./copy-script.js"],
  ["table.claims", "./claims.js"],
  ["qkv-shapes", "../widgets/shapes.js"],
  ["qkv-project", "../widgets/project.js"],
  ["qkv-heads", "../widgets/heads.js"],
];

// Instant navigation changes the page and leaves the header: the language
// selector must follow, and keep the reader's place on the page.
function follow() {
  for (const link of document.querySelectorAll("a[data-language]")) {
    const lang = link.getAttribute("hreflang");
    const there = document.head.querySelector(`link[hreflang="${lang}"]`);
    if (there) link.href = there.href.split("#")[0] + location.hash;
  }
}
window.addEventListener("hashchange", follow);

// A table that scrolls sideways must be reached by keyboard too. To measure
// one can mean to lay it out, so at the start each has an idle moment of its
// own.
const idle = window.requestIdleCallback ?? requestAnimationFrame;
const boxes = () => [...document.querySelectorAll(".md-typeset__scrollwrap")];
function reach(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}
function reachInTurn([first, ...others]) {
  if (!first) return;
  idle(() => { reach(first); reachInTurn(others); });
}
window.addEventListener("resize", () => boxes().forEach(reach));

// A jump, within a page or back to a place on it, needs the heights of all
// that is above it: see the end of site.css.
function whole() {
  document.documentElement.classList.add("whole");
}
window.addEventListener("popstate", whole, true);
document.addEventListener("click", event => {
  if (event.target.closest?.('a[href*="#"]')) whole();
}, true);
let place = 0;
window.addEventListener("scroll", () => {
  if (Math.abs(scrollY - place) > 2 * innerHeight) whole();
  place = scrollY;
}, { passive: true });

function start() {
  follow();
  reachInTurn(boxes());
  if (new URLSearchParams(location.search).has("h")) {
    import("./whole-words.js").then(part => part.upgrade(document));
  }
  for (const [selector, path] of PARTS) {
    if (!document.querySelector(selector)) continue;
    import(path).then(part => part.upgrade?.(document));
  }
}

// Material says on document$ when navigation.instant has changed the page.
if (window.document$) window.document$.subscribe(start);
else start();
