/* Cuts endings from what a reader types into the search field.
 *
 * Material turns every word of a query into a prefix query, so a word finds
 * only the forms that begin with it: внимание misses внимания, heads misses
 * head. A stemmer does not help (prefix queries are not stemmed); a shorter
 * prefix does. The words of the index and what is shown stay as they are.
 *
 * How to use it: a classic script, not a module, BEFORE Material's bundle:
 *
 *     <script src="…/assets/js/search-shim.js"></script>
 *
 * It touches two kinds of message to the search worker: 0 (the index: ё
 * becomes е, as most people type it) and 2 (the query). Left alone: words
 * with other signs in them (d_k, W_Q, nn.Linear), words under an operator
 * (+ - ~ ^ : *) and quoted phrases, which Material asks for as they stand.
 */
(() => {
  "use strict";
  const RU = /^(..[бвгджзклмнпрстфхцчшщ]|.{4,}?)(иями|ыми|ими|ами|ями|иях|иям|ией|ием|ого|его|ому|ему|ью|ою|ею|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ым|им|ем|ом|ам|ям|ых|их|ах|ях|ую|юю|ию|ия|ии|ов|ев|а|е|и|о|у|ы|ь|ю|я)$/;

  function russian(word) {
    const stem = word.replace(RU, "$1").replace(/нн$/, "н");
    // оценок → оценк, столбец → столбц: the vowel of the ending comes and
    // goes, so both are asked for.
    const bare = word.replace(/([аеиоуыэюя].*)[ое]([кц])$/, "$1$2");
    return bare === word ? stem : `${word} ${bare}`;
  }

  function english(word) {
    if (/(ss|as|is|us)$/.test(word)) return word;
    return word
      .replace(/^(.{4,})(ix|ices)$/, "$1i")
      .replace(/^(.{4,})ies$/, "$1")
      .replace(/^(.{3,}[^aeiou])y$/, "$1")
      .replace(/^(.{3,})s$/, "$1")
      .replace(/^(.{4,})(ing|ed)$/, "$1")
      .replace(/^(.{4,})e$/, "$1")
      .replace(/^(.{3,}([^aeiousl]))\2$/, "$1");
  }

  function cut(word) {
    const low = word.toLowerCase();
    return /^[а-я]+$/.test(low) ? russian(low)
      : /^[a-z]+$/.test(low) ? english(low) : word;
  }

  const plain = text => text.replace(/ё/g, "е").replace(/Ё/g, "Е");

  function shorten(query) {
    if (query.includes('"')) return plain(query);
    return plain(query)
      .replace(/(\p{sc=Han})(?=\w)|(\w)(?=\p{sc=Han})/gu, "$& ")
      .split(/(\s+)/)
      .map(part => /^[a-zа-я]+(-[a-zа-я]+)*[,.;!?]*$/i.test(part)
        ? part.replace(/[a-zа-я]+/gi, cut) : part)
      .join("");
  }

  const send = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message && message.type === 2 && typeof message.data === "string")
      message = { ...message, data: shorten(message.data) };
    else if (message && message.type === 0 && message.data?.docs)
      message = { ...message, data: { ...message.data,
        docs: message.data.docs.map(doc => ({
          ...doc, title: plain(doc.title), text: plain(doc.text),
        })) } };
    return send.call(this, message, ...rest);
  };
})();
