/**
 * Levels of PNG images.
 *
 * @module
 */

import { messageOf, UserError } from "../core/lib/errors.ts";
import type { DataFile } from "./data_file.ts";
import { recogniseForeign } from "./foreign.ts";
import type { ImageSides } from "../core/lib/image_shape.ts";

/**
 * The size that a PNG image says it has, without decoding it.
 *
 * @throws {UserError} if it is no PNG image, or one of 16 bits a value.
 */
export function sidesOfPng(file: DataFile): ImageSides {
  const { bytes } = file;
  const start = Buffer.from(bytes.subarray(0, HEADER));
  if (start.length < HEADER || !start.subarray(0, 8).equals(SIGNATURE)) {
    const foreign = start.subarray(0, 8).equals(SIGNATURE)
      ? null
      : recogniseForeign(bytes);
    throw refused(file, {
      found: foreign?.what ?? `${bytes.length} bytes that are none`,
      expected: "a PNG image",
      hint: foreign?.hint ?? AGAIN,
    });
  }
  const depth = start.readUInt8(24);
  if (depth === 16) {
    throw refused(file, {
      found: "16 bits a value",
      expected: "8 bits or fewer",
      hint: "Scale the values to 0 ... 255 and write them with 8 bits",
    });
  }
  return { width: start.readUInt32BE(16), height: start.readUInt32BE(20) };
}

/**
 * Red, green and blue `[height * width * 3]` of a PNG image of any colour type,
 * black and white, grey and palettes too.
 *
 * @throws {UserError} if it is damaged or transparent.
 */
export async function coloursOf(file: DataFile): Promise<Uint8Array> {
  const { PNG } = await import("pngjs");
  const { bytes } = file;
  const { data, width } = decoded(
    file,
    () =>
      PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
  );
  const colours = new Uint8Array(data.length / 4 * 3);
  for (let i = 0; i < data.length / 4; i++) {
    if (data[4 * i + 3] !== 255) {
      throw refused(file, {
        found: `a transparent pixel in row ${
          Math.floor(i / width) + 1
        }, column ${i % width + 1}`,
        expected: "opaque ones",
        hint: "Lay the images on their background, and write them without it",
      });
    }
    colours.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
  }
  return colours;
}

/** Whether red, green and blue are the same in every pixel. */
export function areGrey(colours: Uint8Array): boolean {
  for (let i = 0; i < colours.length; i += 3) {
    if (colours[i] !== colours[i + 1] || colours[i] !== colours[i + 2]) {
      return false;
    }
  }
  return true;
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
/** Bytes up to the depth: signature, length and name of the first chunk, sizes. */
const HEADER = 25;
const AGAIN = "Get the file again: it is damaged or was not copied whole";

function decoded<T>(file: DataFile, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw refused(file, {
      found: `damage (${messageOf(cause)})`,
      expected: "a whole PNG image",
      hint: AGAIN,
    });
  }
}

function refused(
  { path }: DataFile,
  { found, expected, hint }: {
    readonly found: string;
    readonly expected: string;
    readonly hint: string;
  },
): UserError {
  return new UserError(
    `Cannot read image "${path}": found ${found}, want ${expected}`,
    { hint },
  );
}
