import { describe, expect, test } from "vitest";
import { textLines } from "../../../core/report/image/text_lines.ts";
import { titleLines } from "../../../core/report/image/captions.ts";

/** Room for ten letters. */
const ROOM = { width: 60, fontSize: 10 };

describe("textLines()", () => {
  test.each([
    ["one line", ["one line"]],
    ["some more words", ["some more", "words"]],
    ["Wide(0.1,0.2,0.3,0.4) D=2", ["Wide(0.1,", "0.2,0.3,", "0.4) D=2"]],
    ["abcdefghijklmnop q", ["abcdefghij", "klmnop q"]],
    ["", [""]],
    ["ααααααααααβ", ["αααααααααα", "β"]],
    ["WWWWWWWWWWii", ["WWWWW", "WWWWWi", "i"]],
    ["字字字字字字", ["字字字字字", "字"]],
  ])("%s", (text, lines) => {
    expect(textLines(text, ROOM)).toEqual(lines);
  });

  test("loses no letter, however little room there is", () => {
    const text = "Beta(1,1) head=moments D=20 seed 12";
    for (let width = 1; width < 300; width += 7) {
      const lines = textLines(text, { width, fontSize: 10 });
      expect(lines.join("").replaceAll(" ", ""))
        .toBe(text.replaceAll(" ", ""));
    }
  });
});

test("titleLines() breaks between the parts of a title", () => {
  expect(titleLines("a · b", ROOM)).toEqual(["a · b"]);
  expect(titleLines("one two · three", ROOM)).toEqual(["one two", "three"]);
});
