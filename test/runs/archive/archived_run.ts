/**
 * A run in an archive, and archives that somebody has changed.
 *
 * @module
 */

import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  afterAll,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
} from "vitest";
import * as yauzl from "yauzl";
import { ZipFile } from "yazl";
import { exportRun } from "../../../core/runs/archive/export_run.ts";
import { importRun } from "../../../core/runs/archive/import_run.ts";
import { findRun } from "../../../core/runs/find_runs.ts";
import { openStore } from "../../../core/store/open.ts";
import { type Checkout, createCheckout } from "../_checkout.ts";

/** Files of an archive, by path. */
export type Entries = Map<string, Buffer>;

/** A run, and the archive that a test makes of it. */
export interface ArchivedRun {
  /** A checkout with one run, which no test changes. */
  readonly here: Checkout;
  /** The archive, in a folder of the test's own. */
  readonly file: string;
  /** Exports the run. */
  exported(file?: string): ReturnType<typeof exportRun>;
  /** Exports it, and writes the archive anew with its entries changed. */
  change(edit: (entries: Entries) => void): Promise<void>;
  /** Imports the archive into an empty checkout, which must leave it empty. */
  refuse(problem: string): Promise<void>;
}

/** Makes the run before the tests of a file, once. */
export function archivedRun(): ArchivedRun {
  const removals: (() => void)[] = [];
  let here: Checkout;
  let file: string;
  beforeAll(async () => {
    here = createCheckout({ dispose: (remove) => void removals.push(remove) });
    await here.run();
  });
  afterAll(() => {
    for (const remove of removals.splice(0)) remove();
  });
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), "archive-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    file = join(folder, "run.zip");
  });
  const exported: ArchivedRun["exported"] = async (to = file) => {
    const run = await findRun("latest", here.outputs, here.store);
    return await exportRun(run, here.store, { file: to });
  };
  return {
    get here() {
      return here;
    },
    get file() {
      return file;
    },
    exported,
    async change(edit) {
      await exported();
      const entries = await entriesOf(file);
      edit(entries);
      await writeEntries(file, entries);
    },
    async refuse(problem) {
      const outputs = join(dirname(file), "elsewhere");
      const store = await openStore(join(outputs, "store"));
      await expect(importRun(file, store, { outputs })).rejects.toMatchObject({
        name: "UserError",
        message: expect.stringContaining(problem),
      });
      expect(existsSync(outputs)).toBe(false);
    },
  };
}

/** What an archive holds, by path. */
export async function entriesOf(file: string): Promise<Entries> {
  const zip = await yauzl.openPromise(file, {
    lazyEntries: true,
    autoClose: false,
  });
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      chunks.push(chunk as Buffer);
    }
    entries.set(entry.fileName, Buffer.concat(chunks));
  }
  zip.close();
  return entries;
}

/** Changes what an archive says of its files. */
export function editIndex(
  entries: Entries,
  edit: (index: {
    version: number;
    format: string;
    run: string;
    files: Record<string, { size: number; sha256: string }>;
  }) => void,
): void {
  const index = JSON.parse(entries.get("archive.json")!.toString());
  edit(index);
  entries.set("archive.json", Buffer.from(JSON.stringify(index)));
}

async function writeEntries(file: string, entries: Entries): Promise<void> {
  const written = new ZipFile();
  for (const [path, bytes] of entries) {
    // yazl refuses such names, so they are put in afterwards.
    written.addBuffer(bytes, path.replaceAll("..", "__"));
  }
  written.end();
  await pipeline(written.outputStream, createWriteStream(file));
  const names = [...entries.keys()].filter((path) => path.includes(".."));
  let bytes = readFileSync(file).toString("latin1");
  for (const name of names) {
    bytes = bytes.replaceAll(name.replaceAll("..", "__"), name);
  }
  writeFileSync(file, bytes, "latin1");
}
