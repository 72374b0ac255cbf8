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
 * It touches three kinds of message of the search worker: 0 (the index: ё
 * becomes е, as most people type it), 2 (the query) and 3 (the results, where
 * the words that a page lacks are named as they were typed). Left alone: words
 * with other signs in them (d_k, W_Q, nn.Linear), words under an operator
 * (+ - ~ ^ : *) and quoted phrases, which Material asks for as they stand.
 */
(() => {
  "use strict";
  const RU = /^(..[бвгджзклмнпрстфхцчшщ]|.{4,}?)(иями|ыми|ими|ами|ями|иях|иям|ией|ием|ого|его|ому|ему|ью|ою|ею|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ым|им|ем|ом|ам|ям|ых|их|ах|ях|ую|юю|ию|ия|ии|ов|ев|а|е|и|о|у|ы|ь|ю|я)$/;

  // In оценка : оценок, столбец : столбца a vowel comes and goes: ask for
  // both. Whichever the reader typed, one of the two is found.
  function russian(word) {
    const stem = word.replace(RU, "$1").replace(/нн$/, "н");
    const bare = word.replace(/([аеиоуыэюя].*)[ое]([кц])$/, "$1$2");
    if (bare !== word) return [word, bare];
    const full = stem.replace(/([^аеиоуыэюяьй])([кц])$/, (_, before, last) =>
      before + (/[жчшц]/.test(before + last) ? "е" : "о") + last);
    return stem === word || full === stem ? [stem] : [stem, full];
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
    const terms = /^[а-я]+$/.test(low) ? russian(low) : [english(low)];
    for (const term of terms) asked.set(term, word);
    return terms.join(" ");
  }

  // What was typed, by what is asked for; the latest query's words.
  const asked = new Map();

  const plain = text => text.replace(/ё/g, "е").replace(/Ё/g, "Е");

  function shorten(query) {
    asked.clear();
    if (query.includes('"')) return plain(query);
    return plain(query)
      .replace(/(\p{sc=Han})(?=\w)|(\w)(?=\p{sc=Han})/gu, "$& ")
      .split(/(\s+)/)
      .map(part => /^[a-zа-я]+(-[a-zа-я]+)*[,.;!?]*$/i.test(part)
        ? part.replace(/[a-zа-я]+/gi, cut) : part)
      .join("");
  }

  // "Missing: …" names the words of the query that a result lacks: as they
  // were typed, and not if one of two spellings is there.
  function restore({ data: message }) {
    if (message?.type !== 3 || !message.data?.items) return;
    for (const { terms } of message.data.items.flat()) {
      const there = new Set(Object.keys(terms)
        .filter(term => terms[term]).map(term => asked.get(term)));
      for (const term of Object.keys(terms)) {
        const typed = asked.get(term);
        if (terms[term] || typed === undefined) continue;
        delete terms[term];
        if (!there.has(typed)) terms[typed] = false;
      }
    }
  }

  const heard = new WeakSet();
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (type, ...rest) {
    if (type === "message" && !heard.has(this)) {
      heard.add(this);
      listen.call(this, type, restore);  // before Material's own
    }
    return listen.call(this, type, ...rest);
  };

  const send = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    const { type, data } = message ?? {};
    if (type === 2 && typeof data === "string") {
      message = { type, data: shorten(data) };
    } else if (type === 0 && data?.docs) {
      const docs = data.docs.map(doc =>
        ({ ...doc, title: plain(doc.title), text: plain(doc.text) }));
      message = { type, data: { ...data, docs } };
    }
    return send.call(this, message, ...rest);
  };
})();
