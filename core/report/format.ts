/**
 * Numbers as people read them.
 *
 * @module
 */

import { beginningOf, endOf, lettersOf, proportional } from "./letters.ts";

export { formatCount, plural } from "../lib/count.ts";

/** A figure that could not be had. */
export const MISSING = "–";

/** `-100.21`, with a true minus; a dash where there is none. */
export function formatNats(value: number | null | undefined): string {
  if (value === null || value === undefined) return MISSING;
  return value.toFixed(2).replace("-", "−");
}

/** `5.31`, to three digits, for milliseconds a step. */
export function formatRate(ms: number | null): string {
  if (ms === null) return MISSING;
  return ms >= 100 ? ms.toFixed(0) : ms.toPrecision(3);
}

/** `3 min 20 s`, `4.2 s`, `12 ms`. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return MISSING;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  return `${Math.floor(seconds / 3600)} h ${
    Math.floor(seconds % 3600 / 60)
  } min`;
}

/** `MNIST`, `Fashion-MNIST`: the name of a data set as its field writes it; one in quotes stays. */
export function datasetTitle(name: string): string {
  if (name.startsWith('"')) return name;
  return name
    .replace(/\b[a-z]?mnist\b/gi, (part) => part.toUpperCase())
    .replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** An option's value in one line. */
export function formatValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "none";
}

/** Ordinary letters that are kept of the end of a text that is cut. */
const KEPT_END = 9;

/**
 * Names beside each other, at most `room` letters of each. Where they do not fit,
 * words at their beginnings and ends that all of them have are left out first.
 */
export function cutNames(
  names: readonly string[],
  room: number,
): readonly string[] {
  const fits = names.every((name) => lettersOf(name) <= room);
  if (fits || new Set(names).size < 2) {
    return names.map((name) => cutName(name, room));
  }
  const words = names.map((name) => name.split(" "));
  const [first = []] = words;
  const most = Math.min(...words.map(({ length }) => length)) - 1;
  const shared = (indexOf: (count: number) => number, limit: number) => {
    const isShared = (count: number) =>
      words.every((one) => one.at(indexOf(count)) === first.at(indexOf(count)));
    let count = 0;
    while (count < limit && isShared(count)) count++;
    return count;
  };
  const before = shared((count) => count, most);
  const after = shared((count) => -1 - count, most - before);
  return words.map((one) =>
    cutName(one.slice(before, one.length - after).join(" "), room)
  );
}

/** At most `room` letters of a name, cut in its middle: the end, too, tells names apart. */
export function cutName(
  name: string,
  room: number,
  widthOf = proportional,
): string {
  if (lettersOf(name, widthOf) <= room) return name;
  const end = endOf(name, KEPT_END, widthOf);
  const left = room - lettersOf(end, widthOf) - 1;
  return `${beginningOf(name, left, widthOf)}…${end}`;
}
