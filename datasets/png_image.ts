/**
 * Grey levels of PNG images.
 *
 * @module
 */

import { messageOf, UserError } from "../core/lib/errors.ts";
import type { DataFile } from "./data_file.ts";
import { recogniseForeign } from "./foreign.ts";
import type { Sides } from "./image_set.ts";

/**
 * The size that a PNG image says it has, without decoding it.
 *
 * @throws {UserError} if it is no PNG image, or one of 16 bits a value.
 */
export function sidesOfPng(file: DataFile): Sides {
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
 * The grey levels `[height * width]` of a PNG image of any colour type, black
 * and white and palettes too.
 *
 * @throws {UserError} if it is damaged, has colours, or is transparent.
 */
export async function greyLevelsOf(file: DataFile): Promise<Uint8Array> {
  const { PNG } = await import("pngjs");
  const { bytes } = file;
  const { data, width } = decoded(
    file,
    () =>
      PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
  );
  const grey = new Uint8Array(data.length / 4);
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue, opacity] = data.subarray(4 * i, 4 * i + 4);
    if (red === green && green === blue && opacity === 255) {
      grey[i] = red!;
      continue;
    }
    const place = `in row ${Math.floor(i / width) + 1}, column ${
      i % width + 1
    }`;
    throw opacity === 255
      ? refused(file, {
        found: `a colour (red ${red}, green ${green}, blue ${blue}) ${place}`,
        expected: "grey levels",
        hint:
          'Models here have one channel. Make the images grey, with Pillow: Image.open(file).convert("L").save(file)',
      })
      : refused(file, {
        found: `a transparent pixel ${place}`,
        expected: "opaque ones",
        hint: "Lay the images on their background, and write them without it",
      });
  }
  return grey;
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
    `Cannot read image "${path}": found ${found}, expected ${expected}`,
    { hint },
  );
}
