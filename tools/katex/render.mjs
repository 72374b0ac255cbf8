// Formulas as JSON on stdin ([{key, tex, display}]), KaTeX's HTML on stdout.
// Inline styles become classes, since the site's CSP forbids style=.
import { createHash } from "node:crypto";
import katex from "katex";

const SYMBOLS = { Q: "q", K: "k", V: "v", q: "q", k: "k", v: "v" };

// Colour Q, K, V (and W_Q, q_i …) wherever they stand outside of \text{}.
function colour(tex) {
  const parts = tex.split(/(\\(?:text|mathrm|operatorname|tag|label)\*?\{[^{}]*\})/);
  return parts.map((part, i) => i % 2 ? part : part
    .replace(/(?<![A-Za-z\\])W_(?:\{([QKV])\}|([QKV]))(?![A-Za-z])/g,
      (_, a, b) => `\\htmlClass{tex-${SYMBOLS[a ?? b]}}{W_${"\u0001"}${a ?? b}${"\u0002"}}`)
    .replace(/(?<![A-Za-z\\_^{\u0001])([QKV])(?![A-Za-z\u0002])/g,
      (_, a) => `\\htmlClass{tex-${SYMBOLS[a]}}{${a}}`)
    .replace(/(?<![A-Za-z\\_^{\u0001])([qkv])(?=_|\^|\s|[,)=+\\]|$)(?![A-Za-z\u0002])/g,
      (_, a) => `\\htmlClass{tex-${SYMBOLS[a]}}{${a}}`)
    .replaceAll("\u0001", "").replaceAll("\u0002", "")).join("");
}

let input = "";
for await (const chunk of process.stdin) input += chunk;
const styles = new Map();
const formulas = {};
const errors = [];
for (const { key, tex, display } of JSON.parse(input)) {
  try {
    const html = katex.renderToString(colour(tex), {
      displayMode: display, output: "htmlAndMathml", throwOnError: true,
      strict: (code) => code === "htmlExtension" || code === "unicodeTextInMathMode" ? "ignore" : "error",
      trust: (context) => context.command === "\\htmlClass",
    });
    // The annotation would repeat the TeX with its colour commands in it.
    const lean = html.replace(/<annotation .*?<\/annotation>/s, "");
    formulas[key] = lean.replace(/ style="([^"]*)"/g, (_, rule) => {
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
