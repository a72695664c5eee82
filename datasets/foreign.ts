/**
 * What a file is that is no data file: most often what a server, an archive or
 * a version control gave in its place.
 *
 * @module
 */

/** A file of another kind. */
export interface ForeignFile {
  /** `a web page (HTML) titled "Sign in"`. */
  readonly what: string;
  /** How to have the file that was meant. */
  readonly hint: string;
}

/** Bytes that are looked at. */
const BEGINNING = 2048;
/** Longest piece of a file that a message quotes. */
const QUOTED = 60;

/** Tells what `bytes` begin with; null where that is not known. */
export function recogniseForeign(bytes: Uint8Array): ForeignFile | null {
  const beginning = Buffer.from(bytes.subarray(0, BEGINNING));
  const kind = kinds.find(({ magic }) =>
    beginning.subarray(0, magic.length).equals(magic)
  );
  if (kind !== undefined) return { what: kind.what, hint: kind.hint };
  const text = textOf(beginning);
  return text === null ? null : recogniseText(text);
}

const UNPACK = "Unpack it, and name the folder of what was in it";
const CONVERT =
  "Write the set in a form that is read: IDX files, CSV tables, NumPy's arrays or folders of PNG images";
const FETCH =
  "What answered the download gave this in the file's place (an error, a login): fetch the file anew";

const kinds: readonly (ForeignFile & { readonly magic: Buffer })[] = [
  ["504b0304", "a ZIP archive", UNPACK],
  ["1f8b", "gzip data within gzip data", "Decompress it once"],
  ["fd377a585a00", "xz data", UNPACK],
  ["425a68", "bzip2 data", UNPACK],
  ["28b52ffd", "Zstandard data", UNPACK],
  ["377abcaf271c", "a 7-Zip archive", UNPACK],
  ["934e554d5059", "a NumPy array", CONVERT],
  ["50415231", "a Parquet file", CONVERT],
  ["89504e47", "a PNG image", CONVERT],
  ["ffd8ff", "a JPEG image", CONVERT],
].map(([magic = "", what = "", hint = ""]) => ({
  magic: Buffer.from(magic, "hex"),
  what,
  hint,
}));

function recogniseText(text: string): ForeignFile {
  if (/^version https:\/\/git-lfs/.test(text)) {
    return { what: "a pointer of Git LFS", hint: "Fetch it: git lfs pull" };
  }
  if (/^<!doctype html|^<html|^<head|^<script/i.test(text)) {
    const [, title = ""] = /<title[^>]*>([^<]*)/i.exec(text) ?? [];
    const titled = title.trim() === "" ? "" : ` titled ${quote(title)}`;
    return { what: `a web page (HTML)${titled}`, hint: FETCH };
  }
  return { what: `text: ${quote(text)}`, hint: FETCH };
}

/** The text that bytes begin with; null where they are none. */
function textOf(beginning: Buffer): string | null {
  // The last character may have been cut.
  const text = beginning.toString("utf8").replace(/\ufffd$/, "");
  // deno-lint-ignore no-control-regex
  if (/[\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f]/.test(text)) return null;
  const trimmed = text.replace(/^\ufeff/, "").trim();
  return trimmed === "" ? null : trimmed;
}

function quote(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line.length > QUOTED ? `"${line.slice(0, QUOTED)}..."` : `"${line}"`;
}
