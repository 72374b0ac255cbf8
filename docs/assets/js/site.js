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

// A table that scrolls sideways must be reached by keyboard too.
function reach() {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
window.addEventListener("resize", reach);

function start() {
  follow();
  requestAnimationFrame(reach);  // when Material has wrapped the tables
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
