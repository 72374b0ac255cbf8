/* Makes of what a reader types a query that Material's search understands,
 * and puts the pages that answer it first.
 *
 * Material's worker reads + - ~ ^ : * as operators, turns each word into the
 * beginning of a word, and ranks by how rare and how frequent the words are.
 * So a pasted formula, error or line of code finds nothing, внимание misses
 * внимания, and a whole question is won by whatever repeats its "why". Here:
 *
 * - a query becomes words: whatever is neither letter, digit nor _ parts
 *   them. The worker is asked for words that its index has, in every form
 *   that begins the same, and for nothing else: no operator ever gets there.
 *   Words in "straight quotes" must all be there, as they were typed;
 * - words that only make a question (why, что, 怎么) do not count, unless
 *   there are no others;
 * - sections are ranked by how many of the words they have (rare words count
 *   more), by the words of their headings and of the questions they ask, and
 *   by those that stand together; only then by the worker's own score.
 *   `boost` is a factor for the whole.
 *
 * The habits of the languages (`ignored`, `letters`, `endings`) come with the
 * index, as `config.habits`: tools/search.py puts them there.
 *
 * How to use it: a classic script, not a module, BEFORE Material's bundle:
 *
 *     <script src="…/assets/js/search-shim.js"></script>
 *
 * It touches three kinds of message of the search worker: 0 (the index), 2
 * (the query) and 3 (the results).
 */
(() => {
  "use strict";
  // What a section gains, in shares of "has all words": for words in its own
  // heading and in its page's; for a heading that says just this; for asking
  // the same question; for words within as many words of a text as a sentence
  // has; for words side by side; for the worker's score.
  const HEADING = 0.5, PAGE = 0.5, NAMED = 0.7, ASKED = 1;
  const NEAR = 0.5, TOGETHER = 0.6, WORKER = 0.2, SENTENCE = 16;
  // A word that only begins like the one asked for, a word of another
  // place; and how good a page must be, next to the best, to be shown.
  const BEGINS = 0.5, ELSEWHERE = 0.5, SHOWN = 0.25;
  const HAN = /\p{sc=Han}/u;

  // As most people type it.
  const plain = text => text.replace(/ё/g, "е").replace(/Ё/g, "Е");
  const fold = word => plain(word.normalize("NFKC").toLowerCase());
  // QKᵀ and W_QW_K are products; to transpose is a word, however written.
  const TRANSPOSED = "ᐪ";
  const SIGN = /ᵀ|\^\{?\\?(?:top|T)\b|\.m?T\b/g;
  const PRODUCT = new RegExp(
    `(?<=[A-Z]_[A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?:${SIGN.source}))`, "g");
  const words = text =>
    text.replace(PRODUCT, " ").replace(SIGN, ` ${TRANSPOSED} `);
  // What a page asks, and so answers.
  const questions = html => html.replace(/<\/?code>/g, "")
    .split(/(?<=[.!?](?=[\s\u200b<])|[。！？])|<[^>]+>/)
    .filter(sentence => /[?？]\u200b?$/.test(sentence));
  const sum = (list, value) => list.reduce((all, one) => all + value(one), 0);

  /* One language's index: its words, and where they stand. */
  class Library {
    constructor({ config, docs }) {
      const habits = config.habits ?? [];
      this.parts = new RegExp(config.separator);
      this.endings = habits.filter(one => one.letters).map(
        ({ letters, endings }) => [
          new RegExp(`^[${letters}]+$`),
          endings.map(chain => chain.map(
            ([from, to]) => [new RegExp(from), to]))]);
      this.words = new Map();  // a word as it stands: what is known of it
      this.forms = new Map();  // what its forms have in common: the words
      this.ignored = new Set();
      for (const word of habits.flatMap(one => one.ignored))
        this.ignored.add(fold(word));
      this.sections = new Map();
      for (const doc of docs) this.add(doc);
      for (const { all } of this.sections.values())
        for (const word of all) word.sections++;
    }

    split(text) {
      return words(text).split(this.parts).filter(Boolean);
    }

    add({ location, title, text, boost = 1 }) {
      const know = part => this.know(part.toLowerCase());
      const bare = html => this.split(
        html.replace(/<[^>]+>/g, " ").replace(/&\w+;/g, " ")).map(know);
      const heading = bare(title), body = bare(text);
      const page = this.sections.get(location.split("#")[0]);
      this.sections.set(location, {
        page, boost, heading: new Set(heading),
        all: new Set([...heading, ...body]),
        row: body.filter(word => !word.ignored),
        asks: questions(text).map(one => new Set(bare(one))),
      });
    }

    know(word) {
      let known = this.words.get(word);
      if (known) return known;
      known = { word, sections: 0, ignored: this.ignored.has(fold(word)) };
      this.words.set(word, known);
      for (const key of this.keys(word)) {
        if (!this.forms.has(key)) this.forms.set(key, new Set());
        this.forms.get(key).add(known);
      }
      return known;
    }

    // d_k, dk and dₖ are one word, and so are n_head and nHeads.
    keys(word) {
      const bare = fold(word).replace(/_/g, "") || word;
      const found = this.endings.find(([letters]) => letters.test(bare));
      if (!found) return [bare];
      return [...new Set(found[1].map(chain => chain.reduce(
        (left, [from, to]) => left.replace(from, to), bare)))];
    }
  }

  /* What was typed, as words of the index. */
  class Query {
    constructor(library, typed) {
      this.library = library;
      const asked = [];
      this.wanted = [];
      // Quotes within a line of code are none: they touch what is outside.
      const rest = typed.replace(/(^|\s)"([^"]+)"(?=$|[\s.,;:!?])/g,
        (_, before, quoted) => {
          this.wanted.push(
            ...this.cut(quoted).filter(word => word !== TRANSPOSED));
          return " ";
        });
      for (const word of this.cut(rest))
        if (!asked.includes(word)) asked.push(word);
      const telling = asked.filter(word => !library.ignored.has(fold(word)));
      const left = telling.length || this.wanted.length ? telling : asked;
      this.words = [...this.wanted, ...left].map(word => this.find(word));
      this.rarity = new Map(this.words.map(word => [word, this.rare(word)]));
      this.total = sum(this.words, word => this.rarity.get(word)) || 1;
    }

    cut(text) {
      const parted = text.replace(/\p{sc=Han}+/gu, " $& ");
      return this.library.split(parted).flatMap(part =>
        HAN.test(part) ? this.chinese(part) : part);
    }

    // Into as few known words as it goes.
    chinese(run) {
      const { library } = this, letters = [...run];
      const best = [{ cost: 0, cut: [] }];
      for (let end = 1; end <= letters.length; end++)
        for (let start = Math.max(0, end - 8); start < end; start++) {
          const word = letters.slice(start, end).join("");
          const known = library.words.has(word) || library.ignored.has(word);
          if (!known && end - start > 1) continue;
          const cost = best[start].cost + (known ? 1 : 3);
          if (cost < (best[end]?.cost ?? Infinity))
            best[end] = { cost, cut: [...best[start].cut, word] };
        }
      return best[letters.length].cut;
    }

    find(typed) {
      const { library } = this, same = new Set(), begin = new Set();
      const keys = library.keys(typed);
      for (const key of keys)
        for (const word of library.forms.get(key) ?? []) same.add(word);
      const start = keys.filter(key => key.length > 2 || HAN.test(key));
      for (const word of library.words.values())
        if (!same.has(word) && start.some(key => word.word.startsWith(key)))
          begin.add(word);
      return { typed, same, begin, start };
    }

    rare({ same, begin }) {
      const often = Math.max(0, ...[...same.size ? same : begin]
        .map(word => word.sections));
      return often && Math.log(1 + this.library.sections.size / often);
    }

    // In the worker's language. ^ keeps a word from being a beginning. From
    // a run of Chinese the worker takes the longest known word that leaves
    // something over: 〇, which no word of the index has.
    toString() {
      const must = new Set(this.wanted);
      return this.words.flatMap(({ typed, same, begin, start }) =>
        must.has(typed) ? [`+${plain(typed.toLowerCase())}`] : [
          ...[...same].map(({ word }) => `${word}^8`),
          ...begin.size ? start : [],
        ]).join(" ").replace(/\p{sc=Han}+/gu, "$&〇");
    }

    fits({ same, begin }, words) {
      for (const word of same) if (words.has(word)) return 1;
      for (const word of begin) if (words.has(word)) return BEGINS;
      return 0;
    }

    share(words) {
      return sum(this.words, word =>
        this.rarity.get(word) * this.fits(word, words)) / this.total;
    }

    // How many words stand next to the one that they are asked for with.
    together({ row }) {
      const pairs = this.words.slice(1).map(
        (word, i) => [this.words[i], word]);
      const met = pairs.filter(([left, right]) => row.some((word, i) =>
        left.same.has(word) && right.same.has(row[i + 1])
        || right.same.has(word) && left.same.has(row[i + 1])));
      return met.length / (pairs.length || 1);
    }

    // The most that one sentence has of what is asked for.
    near({ row }) {
      const last = new Map();  // where in the row each word was met last
      let most = 0;
      row.forEach((one, at) => {
        const met = this.words.filter(({ same }) => same.has(one));
        for (const word of met) last.set(word, at);
        if (met.length)
          most = Math.max(most, sum([...last], ([word, seen]) =>
            at - seen < SENTENCE ? this.rarity.get(word) : 0));
      });
      return most / this.total;
    }

    // How much of a heading was asked for, and how much beside it.
    fit(heading) {
      const telling = [...heading].filter(word => !word.ignored);
      const asked = telling.filter(word =>
        this.words.some(({ same }) => same.has(word)));
      return this.share(heading) * (1 + asked.length / (telling.length || 1))
        / 2;
    }

    score(section, worker) {
      const { page = section, heading, asks, all, boost } = section;
      const has = sum(this.words, word => this.rarity.get(word) * Math.max(
        this.fits(word, all), ELSEWHERE * this.fits(word, page.heading)));
      const named = this.fit(heading);
      const asked = Math.max(0, ...asks.map(one => this.fit(one)));
      return boost * (has / this.total + PAGE * this.share(page.heading)
        + HEADING * named + ASKED * asked
        + NEAR * this.near(section) + TOGETHER * this.together(section)
        + WORKER * worker)
        + (named < 1 ? 0 : NAMED * (section.page ? boost : 1));
    }

    // By what they begin with, the words found; as typed, those that are not.
    terms({ all, heading }) {
      const terms = {};
      for (const { typed, same, begin } of this.words) {
        const found = [...same, ...begin].filter(
          word => all.has(word) || heading.has(word)).map(one => one.word);
        if (typed === TRANSPOSED) continue;
        if (!found.length) terms[typed] = false;
        else if (typed.length > 1 || HAN.test(typed))
          terms[found.reduce(common)] = true;
      }
      return terms;
    }

    rank(pages) {
      const most = Math.max(...pages.flat().map(({ score }) => score));
      for (const page of pages) {
        for (const item of page) {
          const section = this.library.sections.get(item.location);
          item.terms = this.terms(section);
          item.score = item.score && this.score(section, item.score / most);
        }
        page.sort((one, other) => other.score - one.score);
      }
      pages.sort(([one], [other]) => other.score - one.score);
      return pages.filter(([{ score }]) => score > SHOWN * pages[0][0].score);
    }
  }

  // Not a letter alone, which half of the words of a page begin with.
  function common(one, other) {
    let end = 0;
    while (end < one.length && one[end] === other[end]) end++;
    return end < 2 ? one : one.slice(0, end);
  }

  const libraries = new WeakMap();  // by worker
  const asked = new WeakMap();  // by worker: queries without an answer

  function answer({ data: message, target }) {
    if (message?.type !== 3) return;
    const query = asked.get(target)?.shift();
    if (query && message.data?.items?.length)
      message.data.items = query.rank(message.data.items);
  }

  const heard = new WeakSet();
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (type, ...rest) {
    if (type === "message" && !heard.has(this)) {
      heard.add(this);
      listen.call(this, type, answer);  // before Material's own
    }
    return listen.call(this, type, ...rest);
  };

  const send = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    const { type, data } = message ?? {};
    if (type === 0 && data?.docs) {
      const docs = data.docs.map(doc =>
        ({ ...doc, title: plain(doc.title), text: plain(doc.text) }));
      message = { type, data: { ...data, docs } };
      libraries.set(this, new Library(message.data));
      asked.set(this, []);
    } else if (type === 2 && libraries.has(this)) {
      const query = new Query(libraries.get(this), data);
      asked.get(this).push(query);
      message = { type, data: String(query) };
    }
    return send.call(this, message, ...rest);
  };
})();
