import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { pipeline } from "node:stream/promises";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import * as yauzl from "yauzl";
import { ZipFile } from "yazl";
import { exportRun } from "../../core/runs/archive/export_run.ts";
import { importRun } from "../../core/runs/archive/import_run.ts";
import { REPORT_FILES } from "../../core/report/paths.ts";
import { findRun } from "../../core/runs/find_runs.ts";
import { verifyStore } from "../../core/runs/verify.ts";
import { artifactDigest } from "../../core/runs/make_record.ts";
import type { RunRecord } from "../../core/runs/record.ts";
import { sha256 } from "../../core/lib/files.ts";
import { openStore } from "../../core/store/open.ts";
import type { ArtifactManifest } from "../../core/store/store.ts";
import { type Checkout, createCheckout } from "./_checkout.ts";

let removeAll: (() => void)[] = [];
/** A checkout with one run, which no test changes. */
let here: Checkout;
let file: string;

/** Exports the run of `here` into `file`. */
async function exported() {
  const run = await findRun("latest", here.outputs, here.store);
  return await exportRun(run, here.store, { file });
}

/** What an archive holds, by path. */
async function entriesOf(file: string): Promise<Map<string, Buffer>> {
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

beforeAll(async () => {
  here = createCheckout({ dispose: (remove) => void removeAll.push(remove) });
  await here.run();
});
afterAll(() => {
  for (const remove of removeAll) remove();
  removeAll = [];
});
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  file = join(folder, "run.zip");
});

test("nothing in an archive says where it was made", async () => {
  await exported();
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const places = [here.folder + sep, tmpdir() + sep, root];
  const texts = await entriesOf(file);
  expect(texts.size).toBeGreaterThan(10);
  for (const [path, text] of texts) {
    const found = places.filter((place) => text.includes(place));
    expect([path, found]).toEqual([path, []]);
  }
});

test("a run goes from one checkout into another, where it is cached", async () => {
  const { artifacts, bytes, sha256 } = await exported();
  expect(artifacts).toBe(6);
  expect(readFileSync(file)).toHaveLength(bytes);
  const there = createCheckout();
  const first = await importRun(file, there.store, { outputs: there.outputs });
  expect(first).toMatchObject({ taken: 6, known: 0, wasHere: false });
  expect(first.different).toEqual([]);
  expect((await verifyStore(there.store)).damaged).toEqual([]);
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  expect(files(first.directory)).toEqual(
    files(join(here.outputs, "runs", first.run)),
  );

  const again = await importRun(file, there.store, { outputs: there.outputs });
  expect(again).toMatchObject({ taken: 0, known: 6, wasHere: true });

  const { result } = await there.run();
  const statuses = result.trials[0]!.stages.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set(["cached"]));
  // The record is still that of the making.
  expect(await there.record()).toEqual(await here.record());
  expect((await there.store.admin.references.list())[0]).toMatchObject({
    holds: true,
    working: false,
  });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("the same run is the same archive, in any time zone", async () => {
  const { sha256 } = await exported();
  vi.stubEnv("TZ", "Asia/Tokyo");
  file = `${file}.again`;
  expect((await exported()).sha256).toBe(sha256);
  vi.unstubAllEnvs();
});

test("a run that is not whole any more is not exported", async () => {
  const record = await here.record();
  const train = record.stages.find(({ name }) => name === "train")!;
  const folder = here.store.directory({ stage: "train", key: train.key });
  const weights = join(folder, "arrays.safetensors");
  const whole = readFileSync(weights);
  const bytes = Buffer.from(whole);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(weights, bytes);
  await expect(exported()).rejects.toThrow(
    "of train Gaussian(0,1), arrays.safetensors is not what was written",
  );
  writeFileSync(weights, whole);
  renameSync(folder, `${folder}-away`);
  await expect(exported()).rejects.toThrow("it is no longer in the store");
  renameSync(`${folder}-away`, folder);
  expect(readdirSync(dirname(file))).toEqual([]);
});

/** What a forger of an archive can lay hands on. */
interface Forged {
  /** The evaluation. */
  readonly value: { elbo: { mean: number } };
  readonly manifest: ArtifactManifest;
  readonly record: RunRecord;
  /** Of the evaluation; a function is called when the files are settled. */
  readonly stage: { digest: string | null | (() => string) };
}

describe("an archive is refused, and nothing of it taken in, where", () => {
  /** Imports `file` into an empty checkout, which must leave it empty. */
  async function refuse(problem: string) {
    const outputs = join(dirname(file), "elsewhere");
    const store = await openStore(join(outputs, "store"));
    await expect(importRun(file, store, { outputs })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(problem),
    });
    expect(existsSync(outputs)).toBe(false);
  }

  /** Writes the archive anew with its entries changed. */
  async function change(
    edit: (entries: Map<string, Buffer>) => void,
  ): Promise<void> {
    await exported();
    const entries = await entriesOf(file);
    edit(entries);
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

  const editIndex = (
    entries: Map<string, Buffer>,
    edit: (index: {
      version: number;
      format: string;
      run: string;
      files: Record<string, { size: number; sha256: string }>;
    }) => void,
  ) => {
    const index = JSON.parse(entries.get("archive.json")!.toString());
    edit(index);
    entries.set("archive.json", Buffer.from(JSON.stringify(index)));
  };

  test("it is none", async () => {
    writeFileSync(file, "not a zip");
    await refuse("End of central directory");
    rmSync(file);
    await refuse("no such file");
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from("{}"), "package.json");
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(file));
    await refuse("it is no archive of a run");
  });

  test("it is cut short, or of another version", async () => {
    const { bytes } = await exported();
    truncateSync(file, bytes - 100);
    await refuse("Cannot import");
    await change((entries) =>
      editIndex(entries, (index) => {
        index.version = 2;
      })
    );
    await refuse("found version 2 of the format, want 1");
  });

  test("a file is not the listed one", async () => {
    await change((entries) => {
      const path = [...entries.keys()].find((path) =>
        path.endsWith("value.json")
      )!;
      const bytes = Buffer.from(entries.get(path)!);
      bytes[bytes.length - 2]! ^= 1;
      entries.set(path, bytes);
    });
    await refuse("is damaged");
  });

  test("a file is not what its artifact's manifest says", async () => {
    await change((entries) => {
      const path = [...entries.keys()].find((path) =>
        path.endsWith("value.json")
      )!;
      const bytes = Buffer.from("{}");
      entries.set(path, bytes);
      editIndex(entries, ({ files }) => {
        files[path] = {
          size: 2,
          sha256:
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        };
      });
    });
    await refuse("value.json is not what its manifest says");
  });

  test.each<[string, (of: Forged) => void, string]>([
    ["its artifact", ({ value }) => {
      value.elbo.mean = -1;
    }, "its files are not those of the record: digest "],
    [
      "its artifact and the record's digest",
      ({ value, stage, manifest }) => {
        value.elbo.mean = -1;
        stage.digest = () => artifactDigest(manifest);
      },
      "the record has other figures of Gaussian(0,1) than it: ELBO -98.00, it gave -1.00",
    ],
    [
      "the record's figure",
      ({ record }) => {
        record.members[0]!.figures["elbo"]!.value = -1;
      },
      "the record has other figures of Gaussian(0,1) than it: ELBO -1.00, it gave -98.00",
    ],
    ["its artifact, and no digest of it is left", ({ value, stage }) => {
      value.elbo.mean = -1;
      stage.digest = null;
    }, "its record has no digest of evaluate Gaussian(0,1)"],
    ["what its key is of", ({ manifest }) => {
      Object.assign(manifest.fields, { "option.shift": "5" });
    }, "of evaluate Gaussian(0,1), the key is not that of its fields"],
    ["what its key is of in the record", ({ record }) => {
      const evaluate = record.stages.find(({ name }) => name === "evaluate")!;
      Object.assign(evaluate.fields, { "option.shift": "5" });
    }, "the key is not that of its fields"],
    ["the figures and where they come from", ({ record }) => {
      const [trial] = record.members;
      trial!.stages = trial!.stages.slice(0, 4);
      record.members[0]!.figures["elbo"]!.value = -1;
    }, "it has figures of Gaussian(0,1), and no evaluation"],
  ])("somebody has changed %s, and all digests with it", async (
    _,
    edit,
    problem,
  ) => {
    await change((entries) => {
      const json = (path: string) => JSON.parse(entries.get(path)!.toString());
      const paths = [...entries.keys()];
      const folder = dirname(
        paths.find((path) => path.startsWith("store/evaluate/"))!,
      );
      const [value, manifest] = [
        `${folder}/value.json`,
        `${folder}/manifest.json`,
      ];
      const texts = {
        "run/record.json": json("run/record.json"),
        [value]: json(value),
        [manifest]: json(manifest),
      };
      const stage = texts["run/record.json"].stages.find(
        ({ name }: { name: string }) => name === "evaluate",
      );
      edit({
        value: texts[value].value.evaluation,
        manifest: texts[manifest],
        record: texts["run/record.json"],
        stage,
      });
      editIndex(entries, ({ files }) => {
        const put = (path: string) => {
          const bytes = Buffer.from(JSON.stringify(texts[path]));
          entries.set(path, bytes);
          files[path] = { size: bytes.length, sha256: sha256(bytes) };
          return files[path];
        };
        texts[manifest].files["value.json"] = put(value);
        put(manifest);
        if (typeof stage.digest === "function") stage.digest = stage.digest();
        put("run/record.json");
      });
    });
    await refuse(problem);
  });

  test("something is missing, or more than is listed", async () => {
    await change((entries) => entries.delete("run/report.html"));
    await refuse('"run/report.html" is missing');
    await change((entries) => entries.set("run/extra", Buffer.from("x")));
    await refuse('"run/extra" is not in its index');
    await change((entries) => {
      const paths = [...entries.keys()].filter((path) =>
        path.startsWith("store/train/")
      );
      for (const path of paths) entries.delete(path);
      editIndex(entries, ({ files }) => {
        for (const path of paths) delete files[path];
      });
    });
    await refuse("it lacks train Gaussian(0,1)");
  });

  test("it would unpack to much more than it is", async () => {
    const zeros = Buffer.alloc(150e6);
    await change((entries) => {
      entries.set("run/zeros", zeros);
      editIndex(entries, ({ files }) => {
        files["run/zeros"] = { size: zeros.length, sha256: sha256(zeros) };
      });
    });
    await refuse('MB, of them 150 MB "run/zeros"; want at most');
    // Before any of it is looked at: its digest is another.
    await change((entries) => {
      entries.set("run/record.json", zeros);
      editIndex(entries, ({ files }) => {
        files["run/record.json"] = { size: zeros.length, sha256: sha256("x") };
      });
    });
    await refuse("and would unpack to 150 MB");
    await expect(
      importRun(file, here.store, { outputs: here.outputs, maxSize: 1e9 }),
    ).rejects.toThrow("its record has 150 MB, want at most 64.0 MB");
  });

  test("a path is a file and a folder", async () => {
    const bytes = Buffer.from("x");
    for (const paths of [["run/a", "run/a/b"], ["run/a/b/c", "run/a"]]) {
      await change((entries) => {
        for (const path of paths) entries.set(path, bytes);
        editIndex(entries, ({ files }) => {
          for (const path of paths) {
            files[path] = { size: 1, sha256: sha256(bytes) };
          }
        });
      });
      await refuse('its entry "run/a" is a file, and the folder of "run/a/b');
    }
  });

  test("an artifact has a file that its manifest lacks", async () => {
    const bytes = Buffer.from("evil");
    await change((entries) => {
      const path = [...entries.keys()].find((path) =>
        path.startsWith("store/train/")
      )!;
      const extra = `${dirname(path)}/extra`;
      entries.set(extra, bytes);
      editIndex(entries, ({ files }) => {
        files[extra] = { size: 4, sha256: sha256(bytes) };
      });
    });
    await refuse('of train Gaussian(0,1), its manifest does not have "extra"');
  });

  test("it is interrupted, or the file system refuses", async () => {
    await exported();
    const outputs = join(dirname(file), "elsewhere");
    const store = await openStore(join(outputs, "store"));
    const stop = new AbortController();
    const reason = new Error("stop");
    await expect(importRun(file, store, {
      outputs,
      signal: stop.signal,
      onProgress: (done) => done > 0 && stop.abort(reason),
    })).rejects.toBe(reason);
    expect(existsSync(outputs)).toBe(false);

    // A file that somebody has put there is in the way of a folder, which is
    // found out when all artifacts are in the store.
    const { run } = await here.record();
    const folder = join(outputs, "runs", run);
    mkdirSync(join(folder, REPORT_FILES.html), { recursive: true });
    writeFileSync(join(folder, REPORT_FILES.html, "mine"), "x");
    await expect(importRun(file, store, { outputs }))
      .rejects.toThrow("in the way");
    expect(await store.admin.list()).toEqual([]);
    expect(await store.admin.references.list()).toEqual([]);
    expect(readdirSync(outputs, { recursive: true }).sort()).toEqual([
      "runs",
      join("runs", run),
      join("runs", run, REPORT_FILES.html),
      join("runs", run, REPORT_FILES.html, "mine"),
    ]);
  });

  test.each([
    "run/../../escaped",
    "../escaped",
    `store/train/${"a".repeat(64)}/../../../escaped`,
    "store/.locks/x/y",
    `store/quarantine/${"a".repeat(64)}/value.json`,
    "elsewhere/file",
  ])("an entry leads elsewhere: %s", async (path) => {
    const bytes = Buffer.from("evil");
    await change((entries) => {
      entries.set(path, bytes);
      editIndex(entries, ({ files }) => {
        files[path] = { size: 4, sha256: "0".repeat(64) };
      });
    });
    await refuse("Cannot import");
    expect(
      readdirSync(dirname(file), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith("escaped")),
    ).toEqual([]);
  });
});
