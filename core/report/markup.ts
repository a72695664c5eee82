/**
 * HTML and SVG in template strings, escaped unless it is markup already.
 *
 * @module
 */

/** Text that is markup and needs no escaping. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What can stand in a template: null, undefined and false leave nothing. */
export type Fragment =
  | Markup
  | string
  | number
  | null
  | undefined
  | false
  | readonly Fragment[];

/**
 * Joins a template; every interpolated string is escaped, lists are joined.
 *
 * @example
 * ```ts
 * markup`<p title="${title}">${lines.map((line) => markup`<b>${line}</b>`)}</p>`;
 * ```
 */
export function markup(
  strings: TemplateStringsArray,
  ...fragments: readonly Fragment[]
): Markup {
  let text = strings[0] ?? "";
  fragments.forEach((fragment, index) => {
    text += render(fragment) + (strings[index + 1] ?? "");
  });
  return new Markup(text);
}

/** Takes text as markup: only for what this program made itself. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/** Escapes text for HTML or XML, for elements and quoted attributes alike. */
export function escapeMarkup(text: string): string {
  return text
    // Control characters are not allowed in XML, escaped or not.
    .replace(
      /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      "\ufffd",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** PNG bytes as a `data:` address. */
export function pngUri(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

function render(fragment: Fragment): string {
  if (fragment === null || fragment === undefined || fragment === false) {
    return "";
  }
  if (fragment instanceof Markup) return fragment.text;
  if (typeof fragment === "object") return fragment.map(render).join("");
  return escapeMarkup(String(fragment));
}
