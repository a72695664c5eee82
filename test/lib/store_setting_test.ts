import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { explainedIn } from "../../core/lib/refusal.ts";
import { storeSetting } from "../../core/lib/store_setting.ts";

test("a hint names what has set the store", () => {
  const folder = mkdtempSync(join(tmpdir(), "setting-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = join(folder, "store");
  const set = { VAE_PRIORS_STORE: relative(process.cwd(), store) };
  expect(storeSetting(store, set)).toBe("with VAE_PRIORS_STORE");
  // Set by hand, which goes before the variable.
  expect(storeSetting(join(folder, "mine"), set)).toBe('with "store"');
  // Another checkout's, beside its runs: no "outputs" of this config set it.
  mkdirSync(join(folder, "runs"));
  expect(storeSetting(store, {})).toBe('with "store"');
});

test("a store that cannot be written to says how another is set", async () => {
  const full = Object.assign(new Error("ENOSPC: full"), { code: "ENOSPC" });
  const write = explainedIn("/nowhere/mine");
  await expect(write("write to", () => Promise.reject(full))).rejects
    .toMatchObject({
      hint:
        'Free some space there, or set another folder with "store"; all that was complete is kept',
    });
});
