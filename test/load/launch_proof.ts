import { isAscii } from "node:buffer";
import { existsSync } from "node:fs";
import {
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { markReader } from "../../core/load/marks.mjs";
import { type Checkout, checkOutLauncher } from "./_checkout.ts";

let checkout: Checkout;
let cache: string;

beforeAll(async () => {
  checkout = await checkOutLauncher();
  cache = join(checkout.folder, "node_modules/.cache");
  const launcher = join(checkout.folder, "core/load/launch.mjs");
  await checkout.write(
    "work/show.mjs",
    `
    import { launch } from ${JSON.stringify(launcher)};
    await launch("shown.ts", ({ shown }) => console.log(JSON.stringify(shown())), process.argv[2]);
    `,
  );
});
afterAll(() => checkout.remove());
beforeEach(async () => {
  await rm(cache, { recursive: true, force: true });
  await say("one");
});

function record(): string {
  return join(cache, "vae-priors", "core.json");
}

const SHOWN = join("core", "shown.ts");

/** The module that is shown: where it says that it is, what it runs from, and a text. */
function source(text: string): string {
  return `
    import { bundleFile } from "./load/modules.ts";
    export function shown(): unknown {
      return { url: import.meta.url, bundle: bundleFile() ?? null, text: "${text}" };
    }
  `;
}

async function say(text: string): Promise<void> {
  await checkout.write(join("vae-priors", SHOWN), source(text));
}

async function show(env: NodeJS.ProcessEnv = {}, ...given: string[]) {
  const words = ["show.mjs", ...given];
  const { stdout, stderr } = await checkout.node(words, env);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as {
    url: string;
    bundle: string | null;
    text: string;
  };
}

test("the first command makes the bundle, the next ones find it", async () => {
  const first = await show();
  expect(first).toEqual({
    url: new URL(`file://${join(checkout.folder, SHOWN)}`).href,
    bundle: expect.stringContaining(join(cache, "vae-priors", "core-")),
    text: "one",
  });
  const { mtimeMs } = await stat(first.bundle!);
  expect(await show()).toEqual(first);
  expect((await stat(first.bundle!)).mtimeMs).toBe(mtimeMs);
});

test("an edit is seen by the next command, and replaces the bundle", async () => {
  const before = await show();
  await say("two");
  const after = await show();
  expect(after).toMatchObject({ text: "two" });
  expect(after.bundle).not.toBe(before.bundle);
  const files = await readdir(join(cache, "vae-priors"));
  expect(files.filter((file) => file.endsWith(".cjs"))).toHaveLength(1);
});

test("a child runs its parent's, whatever has changed since, as long as it is there", async () => {
  const parent = await show();
  const bundle = parent.bundle!;
  await say("two");
  expect(await show({}, bundle)).toEqual(parent);
  expect(await show({ VAE_PRIORS_NO_BUNDLE: "1" }, bundle))
    .toMatchObject({ bundle: null, text: "two" });
  await rm(bundle);
  const own = await show({}, bundle);
  expect(own.text).toBe("two");
  expect(own.bundle).not.toBe(bundle);
});

test("an edit that keeps size and time is seen", async () => {
  await show();
  const path = join(checkout.folder, SHOWN);
  const { atime, mtime } = await stat(path);
  await writeFile(path, source("two"));
  await utimes(path, atime, mtime);
  expect(await show()).toMatchObject({ text: "two" });
});

test("an edit of this very moment is read from the source", async () => {
  const later = Date.now() / 1000 + 60 * 60;
  await utimes(join(checkout.folder, SHOWN), later, later);
  expect(await show()).toMatchObject({ bundle: null, text: "one" });
  expect(existsSync(join(cache, "vae-priors"))).toBe(false);
});

test("a source that does not compile is no reason not to start", async () => {
  const broken = join("vae-priors", "core", "broken.ts");
  await checkout.write(broken, "export const = 1;");
  expect(await show()).toMatchObject({ bundle: null, text: "one" });
  await rm(join(checkout.folder, "core", "broken.ts"));
  expect((await show()).bundle).not.toBeNull();
});

test("a damaged bundle is made anew", async () => {
  const { bundle } = await show();
  await truncate(bundle!, (await stat(bundle!)).size >> 1);
  expect(await show()).toMatchObject({ bundle, text: "one" });
  await rm(bundle!);
  expect(await show()).toMatchObject({ bundle, text: "one" });
  await writeFile(record(), '{"made":');
  expect(await show()).toMatchObject({ bundle, text: "one" });
});

test("a bundle that was lost unnoticed is made anew by the next command but one", async () => {
  const { bundle } = await show();
  await writeFile(bundle!, "lost(");
  const kept = JSON.parse(await readFile(record(), "utf8"));
  kept.files[bundle!] = markReader()(bundle!).mark;
  await writeFile(record(), JSON.stringify(kept));
  expect(await show()).toMatchObject({ bundle: null, text: "one" });
  expect(await show()).toMatchObject({ bundle, text: "one" });
});

test("what V8 made of it is kept, and checked before it is used", async () => {
  const { bundle } = await show();
  const file = `${bundle}.v8`;
  const whole = await readFile(file);
  for (const at of [0, whole.length >> 1, whole.length - 1]) {
    const damaged = Uint8Array.from(whole);
    damaged[at]! ^= 0xff;
    await writeFile(file, damaged);
    expect(await show()).toMatchObject({ bundle, text: "one" });
    expect((await readFile(file)).equals(damaged)).toBe(false);
  }
  await truncate(file, whole.length >> 1);
  expect(await show()).toMatchObject({ bundle, text: "one" });
  const { mtimeMs } = await stat(file);
  expect(await show()).toMatchObject({ bundle, text: "one" });
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
});

test("it is taken by the next command whatever flags of V8's the first one has set", async () => {
  await checkout.write(
    join("vae-priors", SHOWN),
    `
    import { setFlagsFromString } from "node:v8";
    export function shown() {
      setFlagsFromString("--liftoff-only");
      return { bundle: "made" };
    }
    `,
  );
  await show();
  const { code } = JSON.parse(await readFile(record(), "utf8"));
  const { mtimeMs } = await stat(`${code}.v8`);
  await show();
  expect((await stat(`${code}.v8`)).mtimeMs).toBe(mtimeMs);
});

test.each([
  ["`\u2212${1}\ud83d\ude00`", true, "\u22121\ud83d\ude00"],
  ["`\u2212`.replace(/[\u2212\u2260]/, `\u00b1`)", true, "\u00b1"],
  ["String.raw`\u2212`", false, "\u2212"],
])("of %s the bundle is in ASCII: %s", async (code, ascii, text) => {
  await checkout.write(
    join("vae-priors", SHOWN),
    source("").replace('""', code),
  );
  const { bundle, ...shown } = await show();
  expect(shown.text).toBe(text);
  expect(isAscii(await readFile(bundle!))).toBe(ascii);
});

test("a cache that cannot be written leaves the sources", async () => {
  await writeFile(cache, "in the way");
  expect(await show()).toMatchObject({ bundle: null, text: "one" });
  expect(await readFile(cache, "utf8")).toBe("in the way");
});

test("VAE_PRIORS_NO_BUNDLE asks for the sources", async () => {
  const env = { VAE_PRIORS_NO_BUNDLE: "1" };
  expect(await show(env)).toMatchObject({ bundle: null, text: "one" });
  expect((await show({ VAE_PRIORS_NO_BUNDLE: "0" })).bundle).not.toBeNull();
});

test("commands can start at the same time", async () => {
  const shown = await Promise.all([show(), show(), show(), show()]);
  expect(shown.map(({ text }) => text)).toEqual(Array(4).fill("one"));
  const { bundle } = await show();
  expect(await show()).toMatchObject({ bundle, text: "one" });
});
