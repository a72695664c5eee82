import {
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compile } from "../../core/load/compile.mjs";

test("what was compiled before goes, and no draft that another process is about to put in place", async () => {
  const folder = mkdtempSync(join(tmpdir(), "compile-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [source, kept] = [join(folder, "a.ts"), join(folder, "kept")];
  writeFileSync(source, "export const a = 1;");
  const once = () =>
    compile(join(kept, "a.json"), {
      made: "test",
      entry: { entryPoints: [source] },
    });
  await expect.poll(once).not.toBeNull();
  const made = readdirSync(kept);
  const put = (name: string) => writeFileSync(join(kept, name), "");
  const draft = "a-OTHER.cjs.map.1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
  for (const name of ["a-OLD.cjs", "a-OLD.cjs.map", draft, "a-DEAD.cjs.0"]) {
    put(name);
  }
  utimesSync(join(kept, "a-DEAD.cjs.0"), 0, 0);
  await once();
  expect(readdirSync(kept).sort()).toEqual([...made, draft].sort());
});
