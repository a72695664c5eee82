/**
 * Sizes, ages and times as people write and read them.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";

/** `74.2 MB`; powers of 1000. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < SIZES.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${SIZES[unit]}`;
}

/**
 * Bytes of `5GB`, `500 MB` or `1.5GiB`; a bare number is of bytes.
 *
 * @throws {UserError} naming `flag` where it is none.
 */
export function parseBytes(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text.trim());
  if (match === null) {
    throw new UserError(`Cannot read ${flag}: found "${text}", want a size`, {
      hint: `For instance ${flag} 5GB`,
    });
  }
  const [, number = "", prefix = "", binary = ""] = match;
  const power = prefix === "" ? 0 : "kmgt".indexOf(prefix.toLowerCase()) + 1;
  return Number(number) * (binary === "" ? 1000 : 1024) ** power;
}

/**
 * Milliseconds of `30d`, `12h`, `90m` or `2w`.
 *
 * @throws {UserError} naming `flag` where it is none.
 */
export function parseAge(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(m|h|d|w)$/i.exec(text.trim());
  if (match === null) {
    throw new UserError(`Cannot read ${flag}: found "${text}", want a time`, {
      hint: `For instance ${flag} 30d; units are m, h, d and w`,
    });
  }
  return Number(match[1]) * AGES[match[2]!.toLowerCase()]!;
}

/** `2026-11-24 18:20`, by the clock here; without the year where `now` is in it. */
export function formatWhen(time: number, now?: number): string {
  const date = new Date(time);
  const pad = (value: number) => String(value).padStart(2, "0");
  const year = date.getFullYear();
  const isThisYear = now !== undefined && new Date(now).getFullYear() === year;
  const day = [
    ...(isThisYear ? [] : [year]),
    pad(date.getMonth() + 1),
    pad(date.getDate()),
  ];
  return `${day.join("-")} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The beginning of a digest, enough to tell it from others. */
export function shortDigest(digest: string): string {
  return /^[0-9a-f]{64}$/.test(digest) ? digest.slice(0, 8) : digest;
}

const SIZES = ["B", "kB", "MB", "GB", "TB"];
const MINUTE = 60_000;
const AGES: Readonly<Record<string, number>> = {
  m: MINUTE,
  h: 60 * MINUTE,
  d: 24 * 60 * MINUTE,
  w: 7 * 24 * 60 * MINUTE,
};
