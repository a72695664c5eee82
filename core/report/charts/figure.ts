/**
 * Charts as inline SVG, drawn by Observable Plot on the server. Text is in the
 * page's colour and marks in the style sheet's, so they follow light and dark.
 *
 * @module
 */

import type * as PlotModule from "@observablehq/plot";

/** The library, once it is loaded. */
export type Plot = typeof PlotModule;
/** What a chart is made of. */
export type PlotOptions = PlotModule.PlotOptions;
/** A mark of a chart. */
export type Markish = PlotModule.Markish;

/** What a chart says to those who cannot see it. */
export interface FigureText {
  /** Unique within the page, for the ids of title and description. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in a sentence. */
  readonly description: string;
}

/** The little of the DOM that is needed; linkedom's has no types without a browser's. */
interface SvgElement {
  readonly outerHTML: string;
  readonly firstChild: unknown;
  insertBefore(child: unknown, before: unknown): void;
  setAttribute(name: string, value: string): void;
}
interface SvgDocument {
  createElementNS(
    namespace: string,
    name: string,
  ): SvgElement & { textContent: string };
}

/** Draws a chart. Returns an `<svg>` for use inside a page. */
export async function drawFigure(
  optionsOf: (plot: Plot) => PlotOptions,
  text: FigureText,
): Promise<string> {
  // Together most of a second to load: only a report that is written needs them.
  const [plot, { parseHTML }] = await Promise.all([
    import("@observablehq/plot"),
    import("linkedom/worker"),
  ]);
  const { document } = parseHTML("<html></html>");
  const figure = plot.plot({
    ...optionsOf(plot),
    document: document as never,
  }) as unknown as SvgElement;
  describe(figure, document as unknown as SvgDocument, text);
  return rounded(unlabelled(figure.outerHTML));
}

/** Marks the drawing as one image with a name and a description. */
function describe(
  svg: SvgElement,
  document: SvgDocument,
  { id, title, description }: FigureText,
): void {
  const texts = [["desc", description], ["title", title]] as const;
  for (const [name, text] of texts) {
    const element = document.createElementNS(
      "http://www.w3.org/2000/svg",
      name,
    );
    element.setAttribute("id", `${id}-${name}`);
    element.textContent = text;
    svg.insertBefore(element, svg.firstChild);
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title`);
  svg.setAttribute("aria-describedby", `${id}-desc`);
}

/** Groups of marks have no role, and so can bear no label: the figure has it all. */
function unlabelled(svg: string): string {
  return svg.replace(
    /<g\b[^>]*>/g,
    (tag) => tag.replace(" aria-label=", " data-mark="),
  );
}

/** Coordinates of points and paths to a hundredth of a pixel: half of a chart's size. */
function rounded(svg: string): string {
  return svg.replace(
    / (?:d|cx|cy|transform)="[^"]*"/g,
    (attribute) =>
      attribute.replace(
        /-?\d+\.\d{3,}(?:e-?\d+)?/g,
        (number) => String(Number(Number(number).toFixed(2))),
      ),
  );
}
