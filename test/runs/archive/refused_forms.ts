/**
 * Archives that are none, or not whole, or lead elsewhere.
 *
 * @module
 */

import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { sha256 } from "../../../core/lib/files.ts";
import { REPORT_FILES } from "../../../core/report/paths.ts";
import { importRun } from "../../../core/runs/archive/import_run.ts";
import { openStore } from "../../../core/store/open.ts";
import { type ArchivedRun, editIndex } from "./archived_run.ts";

/** Declares the tests. */
export function testRefusedForms(archive: ArchivedRun): void {
  test("it is none", async () => {
    writeFileSync(archive.file, "not a zip");
    await archive.refuse("End of central directory");
    rmSync(archive.file);
    await archive.refuse("no such file");
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from("{}"), "package.json");
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(archive.file));
    await archive.refuse("it is not an archive of a run");
  });

  test("it is cut short, or of another version", async () => {
    const { bytes } = await archive.exported();
    truncateSync(archive.file, bytes - 100);
    await archive.refuse("Cannot import");
    await archive.change((entries) =>
      editIndex(entries, (index) => {
        index.version = 2;
      })
    );
    await archive.refuse("found version 2 of the format, want 1");
  });

  test("something is missing, or more than is listed", async () => {
    await archive.change((entries) => entries.delete("run/report.html"));
    await archive.refuse('"run/report.html" is missing');
    await archive.change((entries) =>
      entries.set("run/extra", Buffer.from("x"))
    );
    await archive.refuse('"run/extra" is not in its index');
    await archive.change((entries) => {
      const paths = [...entries.keys()].filter((path) =>
        path.startsWith("store/train/")
      );
      for (const path of paths) entries.delete(path);
      editIndex(entries, ({ files }) => {
        for (const path of paths) delete files[path];
      });
    });
    await archive.refuse("it lacks train Gaussian(0,1)");
  });

  test("it would unpack to much more than it is", async () => {
    const zeros = Buffer.alloc(150e6);
    await archive.change((entries) => {
      entries.set("run/zeros", zeros);
      editIndex(entries, ({ files }) => {
        files["run/zeros"] = { size: zeros.length, sha256: sha256(zeros) };
      });
    });
    await archive.refuse('MB, of them 150 MB "run/zeros"; want at most');
    // Before any of it is looked at: its digest is another.
    await archive.change((entries) => {
      entries.set("run/record.json", zeros);
      editIndex(entries, ({ files }) => {
        files["run/record.json"] = { size: zeros.length, sha256: sha256("x") };
      });
    });
    await archive.refuse("and would unpack to 150 MB");
    await expect(
      importRun(archive.file, archive.here.store, {
        outputs: archive.here.outputs,
        maxSize: 1e9,
      }),
    ).rejects.toThrow("its record has 150 MB, want at most 64.0 MB");
  });

  test("a path is a file and a folder", async () => {
    const bytes = Buffer.from("x");
    for (const paths of [["run/a", "run/a/b"], ["run/a/b/c", "run/a"]]) {
      await archive.change((entries) => {
        for (const path of paths) entries.set(path, bytes);
        editIndex(entries, ({ files }) => {
          for (const path of paths) {
            files[path] = { size: 1, sha256: sha256(bytes) };
          }
        });
      });
      await archive.refuse(
        'its entry "run/a" is a file, and the folder of "run/a/b',
      );
    }
  });

  test.each([
    ["run/report.html", "run/REPORT.html"],
    ["run/b\u00e9ta/x", "run/be\u0301ta/y"],
    ["run/stra\u00dfe", "run/STRASSE"],
    ["run/a", "run/a. ."],
    ["run/A", "run/a/b"],
  ])(
    "two paths are one where case makes no difference: %j, %j",
    async (...paths) => {
      const bytes = Buffer.from("x");
      await archive.change((entries) => {
        for (const path of paths) entries.set(path, bytes);
        editIndex(entries, ({ files }) => {
          for (const path of paths) {
            files[path] = { size: 1, sha256: sha256(bytes) };
          }
        });
      });
      await archive.refuse("are one where case, accents, or dots at the end");
    },
  );

  test("it is interrupted, or the file system refuses", async () => {
    await archive.exported();
    const outputs = join(dirname(archive.file), "elsewhere");
    const store = await openStore(join(outputs, "store"));
    const stop = new AbortController();
    const reason = new Error("stop");
    await expect(importRun(archive.file, store, {
      outputs,
      signal: stop.signal,
      onProgress: (done) => done > 0 && stop.abort(reason),
    })).rejects.toBe(reason);
    expect(existsSync(outputs)).toBe(false);

    // A file that somebody has put there is in the way of a folder, which is
    // found out when all artifacts are in the store.
    const { run } = await archive.here.record();
    const folder = join(outputs, "runs", run);
    mkdirSync(join(folder, REPORT_FILES.html), { recursive: true });
    writeFileSync(join(folder, REPORT_FILES.html, "mine"), "x");
    await expect(importRun(archive.file, store, { outputs }))
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
    await archive.change((entries) => {
      entries.set(path, bytes);
      editIndex(entries, ({ files }) => {
        files[path] = { size: 4, sha256: "0".repeat(64) };
      });
    });
    await archive.refuse("Cannot import");
    expect(
      readdirSync(dirname(archive.file), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith("escaped")),
    ).toEqual([]);
  });
}
