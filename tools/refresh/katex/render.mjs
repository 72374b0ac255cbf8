// Formulas as JSON on stdin ([{key, tex, display}]), KaTeX's HTML on stdout.
// Inline styles become classes, since the site's CSP forbids style=.
import { createHash } from "node:crypto";
import katex from "katex";
import { lean } from "./lean.mjs";

const SYMBOLS = { Q: "q", K: "k", V: "v", q: "q", k: "k", v: "v" };

// Colour Q, K, V (and W_Q, q_i …) token by token: never in \text{}, in a
// command's name, or in an index (d_k is a number, not a key).
const TOKEN = /\\(?:text|mathrm|operatorname|tag|label|begin|end)\*?\{[^{}]*\}|\\[A-Za-z]+|\\.|W_(?:\{[QKV]\}|[QKV])|[_^](?:\{[^{}]*\}|\\[A-Za-z]+|.)|[\s\S]/g;
function colour(tex) {
  return (tex.match(TOKEN) ?? []).map((token) => {
    const letter = /^W_/.test(token) ? token.replace(/[W_{}]/g, "") : token;
    const name = SYMBOLS[letter];
    return name ? `\\htmlClass{tex-${name}}{${token}}` : token;
  }).join("");
}

// `--whole` leaves the elements as KaTeX makes them, for comparison.
const whole = process.argv.includes("--whole");

let input = "";
for await (const chunk of process.stdin) input += chunk;
const styles = new Map();
const formulas = {};
const errors = [];
for (const { key, tex, display } of JSON.parse(input)) {
  try {
    const tree = katex.__renderToDomTree(colour(tex), {
      displayMode: display, output: "htmlAndMathml", throwOnError: true,
      strict: (code) => code === "htmlExtension" || code === "unicodeTextInMathMode" ? "ignore" : "error",
      trust: (context) => context.command === "\\htmlClass",
    });
    formulas[key] = (whole ? tree : lean(tree)).toMarkup().replace(/ style="([^"]*)"/g, (_, rule) => {
      if (!styles.has(rule)) styles.set(rule, null);
      return ` data-kx="${rule}"`;
    });
  } catch (error) {
    errors.push(`${tex}: ${error.message}`);
  }
}
if (errors.length) {
  console.error(errors.join("\n"));
  process.exit(1);
}
// Named by content, so that a new formula does not rename all the others.
for (const rule of styles.keys()) {
  styles.set(rule, "kx" + createHash("sha256").update(rule).digest("hex").slice(0, 6));
}
for (const key of Object.keys(formulas)) {
  formulas[key] = formulas[key]
    .replace(/<(\w+)((?: [\w-]+="[^"]*")*?) data-kx="([^"]*)"((?: [\w-]+="[^"]*")*)>/g,
      (_, tag, before, rule, after) => {
        const name = styles.get(rule);
        const all = before + after;
        const merged = / class="/.test(all)
          ? all.replace(/ class="([^"]*)"/, ` class="$1 ${name}"`)
          : `${all} class="${name}"`;
        return `<${tag}${merged}>`;
      });
}
process.stdout.write(JSON.stringify({
  katex: katex.version,
  styles: Object.fromEntries([...styles].map(([rule, name]) => [name, rule])
    .sort((a, b) => a[0].localeCompare(b[0], "en", { numeric: true }))),
  formulas: Object.fromEntries(Object.entries(formulas).sort()),
}, null, 0));
