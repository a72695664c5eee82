import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { recogniseForeign } from "../../datasets/foreign.ts";
import { smallSet } from "./idx_fixture.ts";

function what(content: string | Uint8Array): string | undefined {
  return recogniseForeign(Buffer.from(content as string))?.what;
}

describe("recogniseForeign()", () => {
  it.each([
    ["<!DOCTYPE html><html><body>", "a web page (HTML)"],
    [
      "\ufeff\n <HTML lang=en><title> Sign\n in </title>",
      'a web page (HTML) titled "Sign in"',
    ],
    ["404: Not Found", 'text: "404: Not Found"'],
    ["version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS"],
    ["PK\x03\x04\0\0", "a ZIP archive"],
    [gzipSync("a"), "gzip data within gzip data"],
    [Buffer.from("\x93NUMPY\x01", "latin1"), "a NumPy array"],
  ])("knows %j", (content, expected) => {
    expect(what(content)).toBe(expected);
  });

  it("quotes the beginning of a long text in one line", () => {
    expect(what(`<Error>\n<Code>AccessDenied</Code>${"x".repeat(5000)}`)).toBe(
      `text: "<Error> <Code>AccessDenied</Code>${"x".repeat(27)}..."`,
    );
    // Cut within a character.
    expect(what("\u00fc".repeat(3000))).toMatch(/^text: /);
  });

  it("never quotes what would steer a terminal", () => {
    expect(what("hello \x1b[31mred")).toBeUndefined();
    expect(what("hello \x9b31m")).toBeUndefined();
  });

  it("knows nothing of data and of nothing", () => {
    expect(what(smallSet()["train-images-idx3-ubyte"])).toBeUndefined();
    expect(what("")).toBeUndefined();
  });
});
