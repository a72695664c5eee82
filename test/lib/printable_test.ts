import { expect, test } from "vitest";
import {
  oneLine,
  printable,
  printableColors,
} from "../../core/lib/printable.ts";

test("control characters are shown, line breaks and tabs stay", () => {
  expect(printable("a\x1b]0;title\x07b\tc\r\nd\x9b2J\x7f\u202e"))
    .toBe("a\\u001b]0;title\\u0007b\tc\nd\\u009b2J\\u007f\\u202e");
  expect(printable("over\rwritten")).toBe("over\\u000dwritten");
  expect(oneLine("a\nb\tc\r\n")).toBe("a\\u000ab\\u0009c\\u000a");
  expect(printable("Müller, 日本, ± → ✓ 🎉")).toBe("Müller, 日本, ± → ✓ 🎉");
});

test("JSON stays the same JSON", () => {
  const value = { text: "\x1b[31m \x7f \x9b \u2028 \u202e \n" };
  const shown = printable(JSON.stringify(value));
  // deno-lint-ignore no-control-regex
  expect(shown).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u202e]/);
  expect(JSON.parse(shown)).toEqual(value);
});

test("of what the program has coloured, colours alone pass", () => {
  const text = printable("evil \x1b[31m\x1b[2J");
  expect(printableColors(`\x1b[1m\x1b[31merror:\x1b[39m ${text} \x1b[2J`))
    .toBe(
      "\x1b[1m\x1b[31merror:\x1b[39m evil \\u001b[31m\\u001b[2J \\u001b[2J",
    );
});
