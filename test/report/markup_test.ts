import { expect, test } from "vitest";
import { escapeMarkup, markup, pngUri, raw } from "../../core/report/markup.ts";

test("markup escapes text, keeps markup and joins lists", () => {
  const label = `<b a="1" b='2'>&`;
  const list = [1, 2].map((n) => markup`<i>${n}</i>`);
  expect(markup`<p title="${label}">${list}${raw("<br>")}</p>`.text).toBe(
    `<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;"><i>1</i><i>2</i><br></p>`,
  );
});

test("markup leaves nothing for null, undefined and false, but keeps 0", () => {
  expect(markup`[${null}${undefined}${false}${0}]`.text).toBe("[0]");
});

test("escapeMarkup() replaces what XML cannot hold", () => {
  expect(escapeMarkup("a\u0000b\ud800c\n")).toBe("a\ufffdb\ufffdc\n");
  expect(escapeMarkup("β😀")).toBe("β😀");
});

test("pngUri() is the bytes in base 64", () => {
  expect(pngUri(Uint8Array.of(1, 2, 3))).toBe("data:image/png;base64,AQID");
});
