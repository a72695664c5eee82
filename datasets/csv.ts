/**
 * Data sets as tables: a line an image, its label first and then its pixels, as
 * Kaggle has MNIST (`mnist_train.csv`) and Fashion-MNIST.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { plural } from "../core/lib/count.ts";
import { UserError } from "../core/lib/errors.ts";
import type { DataFile } from "./data_file.ts";
import type { DataFormat } from "./format.ts";
import type { SizedImageSet } from "./image_set.ts";
import { checkSameSides } from "./same_sides.ts";

/** `fashion-mnist_train.csv.gz`, in parts. */
const NAME = /^(?:(.+)[-_])?(train|test)\.csv(?:\.gz)?$/;

/** Two tables, one of training images and one of test images. */
export const csv: DataFormat = {
  name: "CSV",
  wanted: "mnist_train.csv and mnist_test.csv",
  find: async (folder) => {
    const names = await readdir(folder).catch(() => []);
    const parts = names.sort().map((name) => NAME.exec(name))
      .filter((match) => match !== null);
    const of = (split: string) => parts.find((match) => match[2] === split);
    const [train, test] = [of("train"), of("test")];
    if (train === undefined || test === undefined) return null;
    const prefixes = new Set(parts.map(([, prefix = ""]) => prefix));
    if (prefixes.size > 1) {
      throw new UserError(
        `Cannot load the data set from "${folder}": found tables of ${prefixes.size} data sets, want one`,
        {
          hint:
            "Put the two files of the one you want into a folder of their own",
        },
      );
    }
    return {
      files: {
        "train table": join(folder, train[0]),
        "test table": join(folder, test[0]),
      },
      prefix: train[1] ?? "",
    };
  },
  read: (files) => {
    const [train, test] = [files["train table"]!, files["test table"]!];
    const sets = { train: parseTable(train), test: parseTable(test) };
    checkSameSides(sets.train, sets.test, {
      train: `"${train.path}"`,
      test: `"${test.path}"`,
    });
    return sets;
  },
};

/**
 * The images of a table. A first line that begins with a letter or a quote is
 * one of headings; images are square.
 *
 * @throws {UserError} at the first defect, with its line, what was found and
 * what is wanted.
 */
export function parseTable(file: DataFile): SizedImageSet {
  const { bytes } = file;
  let at = isHeading(bytes) ? endOfLine(bytes, 0) + 1 : 0;
  const firstLine = at === 0 ? 1 : 2;
  const width = columnsOf(bytes, at);
  const side = Math.sqrt(width - 1);
  if (!Number.isInteger(side) || side < 1) {
    throw defect(file, firstLine, {
      found: plural(width, "column"),
      expected:
        "a label and the pixels of a square image, 785 columns for MNIST",
    });
  }
  const count = linesFrom(bytes, at);
  const images = new Uint8Array(count * (width - 1));
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const end = endOfLine(bytes, at);
    for (let column = 0; column < width; column++) {
      let value = 0;
      let digits = 0;
      for (; at < end && isDigit(bytes[at]!); at++, digits++) {
        value = 10 * value + bytes[at]! - ZERO;
      }
      const isLast = column === width - 1;
      const closes = isLast ? isLineEnd(bytes, at, end) : bytes[at] === COMMA;
      if (digits === 0 || value > 255 || !closes) {
        throw defect(file, firstLine + row, {
          found: `${quoted(bytes, at - digits, end)} in column ${column + 1}`,
          expected: `${
            column === 0 ? "a class" : "a grey level"
          }, a whole number from 0 to 255, and ${width} columns`,
        });
      }
      if (column === 0) labels[row] = value;
      else images[row * (width - 1) + column - 1] = value;
      at++;
    }
    at = end + 1;
  }
  if (count === 0) {
    throw defect(file, firstLine, {
      found: "the end of the data",
      expected: "a line for each image",
    });
  }
  return { count, height: side, width: side, images, labels };
}

const [ZERO, NINE, COMMA, RETURN, NEWLINE] = [48, 57, 44, 13, 10];
/** Letters of a value that a message quotes. */
const QUOTED = 20;

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isHeading(bytes: Uint8Array): boolean {
  // Three bytes may mark the text as UTF-8.
  const start = bytes[0] === 0xef ? 3 : 0;
  return bytes.length > start && !isDigit(bytes[start]!);
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

function isLineEnd(bytes: Uint8Array, at: number, end: number): boolean {
  return at === end || (at === end - 1 && bytes[at] === RETURN);
}

function columnsOf(bytes: Uint8Array, from: number): number {
  const line = bytes.subarray(from, endOfLine(bytes, from));
  return line.length === 0
    ? 0
    : line.reduce((sum, byte) => byte === COMMA ? sum + 1 : sum, 1);
}

function linesFrom(bytes: Uint8Array, from: number): number {
  let lines = 0;
  for (let at = from; at < bytes.length; at = endOfLine(bytes, at) + 1) lines++;
  return lines;
}

function quoted(bytes: Uint8Array, from: number, end: number): string {
  const comma = bytes.subarray(from, end).indexOf(COMMA);
  const stop = comma < 0 ? end : from + comma;
  const text = Buffer.from(bytes.subarray(from, stop)).toString("utf8").trim();
  return text === "" ? "nothing" : JSON.stringify(text.slice(0, QUOTED));
}

function defect(
  { path }: DataFile,
  line: number,
  { found, expected }: { readonly found: string; readonly expected: string },
): UserError {
  return new UserError(
    `Cannot read "${path}": on line ${line} found ${found}, want ${expected}`,
    { hint: "Write a line for each image: label, then pixels, row by row" },
  );
}
