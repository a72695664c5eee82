/**
 * The little mark that ties a trial's name to its line in the charts.
 *
 * @module
 */

import { type Markup, markup } from "../markup.ts";
import type { Mark, SYMBOLS } from "../series.ts";

const SHAPES: Readonly<Record<(typeof SYMBOLS)[number], string>> = {
  circle: "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10",
  square: "M3.5 3.5h9v9h-9z",
  triangle: "M8 2.5l5.5 10h-11z",
  diamond: "M8 2l4.5 6l-4.5 6l-4.5-6z",
  star:
    "M8 1.5l1.7 4.3l4.6.3l-3.6 2.9l1.2 4.5l-3.9-2.5l-3.9 2.5l1.2-4.5l-3.6-2.9l4.6-.3z",
  cross: "M6 2.5h4v3.5h3.5v4h-3.5v3.5h-4v-3.5h-3.5v-4h3.5z",
  wye: "M6.2 14v-5l-4.2-2.5l1.7-3.1l4.3 2.5l4.3-2.5l1.7 3.1l-4.2 2.5v5z",
};

/** A trial's mark; decoration, for the name stands beside it. */
export function swatch(
  { color, symbol }: Pick<Mark, "color" | "symbol">,
): Markup {
  return markup`<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><path d="${
    SHAPES[symbol]
  }" fill="${color}"/></svg>`;
}
