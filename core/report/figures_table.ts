/**
 * Tables of figures with their uncertainty, the best of a column marked where it is known.
 *
 * @module
 */

import type { FigureValue } from "../vae/figures/figure.ts";
import type { Mark } from "./standings.ts";
import { MISSING } from "./format.ts";
import { type Fragment, type Markup, markup } from "./markup.ts";

/** A column of figures of `Item`s. */
export interface FigureColumn<Item> {
  readonly name: string;
  readonly value: (item: Item) => FigureValue | null;
  /** Which values are better, for the heading. */
  readonly wanted: "high" | "low" | null;
  /** Decimals; default 2. */
  readonly decimals?: number;
  /** How an item stands among the others; default not at all. */
  readonly mark?: (item: Item) => Mark | null;
}

/** A table around its figures. */
export interface FiguresTableOptions<Item> {
  readonly caption: string;
  /** What the region is called for those who cannot see it. */
  readonly label: string;
  /** Heading of the first column. */
  readonly first: string;
  readonly head: (item: Item) => Fragment;
  readonly columns: readonly FigureColumn<Item>[];
  /** Columns after the figures. */
  readonly more?: readonly {
    readonly name: string;
    readonly cell: (item: Item) => Fragment;
  }[];
}

/** Renders a row for each item. */
export function figuresTable<Item>(
  items: readonly Item[],
  options: FiguresTableOptions<Item>,
): Markup {
  const { caption, label, first, head, more = [] } = options;
  const columns = options.columns.map((column) => {
    const figures = items.map(column.value);
    const marks = items.map((item) => column.mark?.(item) ?? null);
    return { ...column, figures, marks };
  });
  const rows = items.map((item, index) =>
    markup`<tr><th scope="row">${head(item)}</th>${
      columns.map(({ figures, marks, decimals }) =>
        cell(figures[index] ?? null, { mark: marks[index] ?? null, decimals })
      )
    }${more.map((column) => markup`<td>${column.cell(item)}</td>`)}</tr>`
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
<table class="figures"><caption><span>${caption}</span></caption>
<thead><tr><th scope="col">${first}</th>${
    columns.map(({ name, wanted }) =>
      markup`<th scope="col">${name}${arrow(wanted)}</th>`
    )
  }${more.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** For those who cannot see the mark. */
const WORDS: Readonly<Record<Mark, string>> = {
  best: "best",
  leading: "not told apart from the best",
};

function cell(
  figure: FigureValue | null,
  { mark, decimals = 2 }: {
    readonly mark: Mark | null;
    readonly decimals?: number | undefined;
  },
): Markup {
  if (figure === null) return markup`<td>${MISSING}</td>`;
  const text = (value: number) => value.toFixed(decimals).replace("-", "−");
  const error = figure.error === null
    ? null
    : markup` <span class="error">± ${text(figure.error)}</span>`;
  const mean = text(figure.value);
  if (mark === null) return markup`<td>${mean}${error}</td>`;
  return markup`<td class="${mark}"><strong>${mean}</strong><span class="hidden"> (${
    WORDS[mark]
  })</span>${error}</td>`;
}

function arrow(wanted: FigureColumn<unknown>["wanted"]): Markup | null {
  if (wanted === null) return null;
  const [sign, word] = wanted === "high" ? ["↑", "higher"] : ["↓", "lower"];
  return markup` <span class="arrow" title="${word} is better">${sign}</span>`;
}
