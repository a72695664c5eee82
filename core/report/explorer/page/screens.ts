/**
 * The canvases, one for each prior, and what is said of them.
 *
 * @module
 */

import type { ExploredModel } from "../explored_model.ts";

/** Draws what the models make of the levels. */
export class Screens {
  readonly #models: readonly ExploredModel[];
  readonly #canvases: readonly HTMLCanvasElement[];
  readonly #notes: readonly HTMLElement[];
  readonly #status: HTMLElement | null;

  constructor(root: HTMLElement, models: readonly ExploredModel[]) {
    this.#models = models;
    this.#canvases = [...root.querySelectorAll("canvas")];
    this.#notes = [...root.querySelectorAll<HTMLElement>(".value")];
    this.#status = root.querySelector("[role=status]");
  }

  /** Decodes the levels, by rank of activity, with every model. */
  draw(levels: readonly number[]): void {
    this.#models.forEach((model, index) => {
      const canvas = this.#canvases[index];
      if (canvas) paint(canvas, model.imageAt(levels));
    });
  }

  /** Says where the axes of one rank are; with null, that all were moved. */
  describe(rank: number | null, levels: readonly number[]): void {
    this.#models.forEach((model, index) => {
      const note = this.#notes[index];
      if (note) note.textContent = valueText(model, rank ?? 0, levels);
    });
    if (this.#status === null) return;
    const rest = levels.every((level) => level === 0.5);
    this.#status.textContent = rank === null
      ? `All axes ${rest ? "at their median" : "at new levels"}`
      : `Slider ${rank + 1}: ${
        this.#models.map((model) =>
          `${model.label} ${valueText(model, rank, levels)}`
        ).join(", ")
      }`;
  }
}

function valueText(
  model: ExploredModel,
  rank: number,
  levels: readonly number[],
): string {
  if (rank >= model.axes) return "has no such axis";
  const { letter, axis, value } = model.valueAt(rank, levels[rank] ?? 0.5);
  return `${letter}${subscript(axis + 1)} = ${
    value.toFixed(2).replace("-", "\u2212")
  }`;
}

function subscript(number: number): string {
  return String(number).replace(
    /\d/g,
    (digit) => String.fromCharCode(0x2080 + Number(digit)),
  );
}

function paint(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const count = canvas.width * canvas.height;
  // 1, or 3 of red, green and blue.
  const channels = pixels.length / count;
  const level = (at: number) => Math.round(255 * (pixels[at] ?? 0));
  for (let i = 0; i < count; i++) {
    const at = i * channels;
    const [green, blue] = channels === 1 ? [at, at] : [at + 1, at + 2];
    image.data.set([level(at), level(green), level(blue), 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}
