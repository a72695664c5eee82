/**
 * What is written above pictures: title, banners, names. All of it, in as many
 * lines as it takes.
 *
 * @module
 */

import { type Markup, markup } from "../markup.ts";
import { textLines, type TextRoom } from "./text_lines.ts";

/** Around everything. */
export const MARGIN = 32;
/** From one line of text to the next. */
export const LINE = 26;
const BANNER = 44;
const LABEL = 44;
const LABEL_SIZES = [26, 20];

/** A title in one line, else its parts in lines of their own. */
export function titleLines(title: string, room: TextRoom): readonly string[] {
  const whole = textLines(title, room);
  return whole.length === 1
    ? whole
    : title.split(" · ").flatMap((part) => textLines(part, room));
}

/** Bars below each other, and the height that they take. */
export function drawBanners(
  banners: readonly string[],
  width: number,
): { readonly markup: readonly Markup[]; readonly height: number } {
  let height = 0;
  const bars = banners.map((text) => {
    const lines = textLines(text, { width: width - 32, fontSize: 20 });
    const y = MARGIN + height - 8;
    const own = BANNER + (lines.length - 1) * LINE;
    height += own + 12;
    return markup`<rect x="${MARGIN}" y="${y}" width="${width}" height="${own}" rx="6" fill="#b3261e"/><text font-size="20" font-weight="600" fill="#ffffff">${
      spans(lines, { x: MARGIN + 16, y: y + 29 })
    }</text>`;
  });
  return { markup: bars, height };
}

/** A name in its lines. */
export interface Label {
  readonly lines: readonly string[];
  readonly fontSize: number;
}

/** Sets a name in the largest type in which it takes one line, else in the smallest. */
export function labelLines(label: string, width: number): Label {
  const sizes = LABEL_SIZES.map((fontSize) => ({
    lines: textLines(label, { width, fontSize }),
    fontSize,
  }));
  return sizes.find(({ lines }) => lines.length === 1) ?? sizes.at(-1)!;
}

/** Room for the tallest of them. */
export function labelHeightOf(labels: readonly Label[]): number {
  return Math.max(
    LABEL,
    ...labels.map(({ lines }) => LABEL + (lines.length - 1) * LINE),
  );
}

/** The last line stands right above the picture. */
export function drawLabel({ lines, fontSize }: Label, height: number): Markup {
  const y = height - 18 - (lines.length - 1) * LINE;
  return markup`<text font-size="${fontSize}" font-weight="600">${
    spans(lines, { x: 0, y })
  }</text>`;
}

/** Lines of a text, one below the other. */
export function spans(
  lines: readonly string[],
  { x, y }: { readonly x: number; readonly y: number },
): readonly Markup[] {
  return lines.map((line, index) =>
    markup`<tspan x="${x}" y="${y + index * LINE}">${line}</tspan>`
  );
}
