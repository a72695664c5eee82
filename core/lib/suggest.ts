/**
 * Words for error messages: lists of names, and the one that was likely meant.
 *
 * @module
 */

/** The name in `known` nearest to `word`, where one is near enough to be a slip. */
export function nearest(
  word: string,
  known: readonly string[],
): string | undefined {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** `Did you mean "train"?`, where something near is known. */
export function didYouMean(
  word: string,
  known: readonly string[],
): string | undefined {
  const name = nearest(word, known);
  return name === undefined ? undefined : `Did you mean "${name}"?`;
}

/** `"a", "b"`; `none` where there are none. */
export function quoteAll(names: readonly string[], none = "none"): string {
  return names.length === 0
    ? none
    : names.map((name) => `"${name}"`).join(", ");
}

/** `"a", "b" and 3 more`, of which `most` are named. */
export function quoteSome(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return quoteAll(names.slice(0, most)) + (rest > 0 ? ` and ${rest} more` : "");
}

/** A value as an error message shows it, cut to one short line. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint") {
    return String(value);
  }
  const text = stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Edits (insert, drop, replace, swap neighbours) from `a` to `b`: optimal string alignment. */
function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      let cost = i === 0 ? j : j === 0 ? i : Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(i - 2, j - 2) + 1);
      }
      table[i * width + j] = cost;
    }
  }
  return at(a.length, b.length);
}

/** `a prior`, `an objective`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}
