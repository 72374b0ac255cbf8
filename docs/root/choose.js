// Forward to the reader's language. `/?choose` stays, and so does a browser
// that wants none of them: the links on the page are always there.
(() => {
  if (new URLSearchParams(location.search).has("choose")) return;
  const have = {{ languages | list | tojson }};
  const wanted = (navigator.languages || [navigator.language])
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => have.includes(tag));
  if (wanted) location.replace(new URL(`${wanted}/`, location.href.split("?")[0]));
})();
