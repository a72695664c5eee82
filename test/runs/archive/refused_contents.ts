/**
 * Archives whose files are not what was exported.
 *
 * @module
 */

import { dirname } from "node:path";
import { test } from "vitest";
import { sha256 } from "../../../core/lib/files.ts";
import { artifactDigest } from "../../../core/runs/make_record.ts";
import type { RunRecord } from "../../../core/runs/record.ts";
import type { ArtifactManifest } from "../../../core/store/store.ts";
import { type ArchivedRun, editIndex } from "./archived_run.ts";

/** What a forger of an archive can lay hands on. */
interface Forged {
  /** The evaluation. */
  readonly value: { elbo: { mean: number } };
  readonly manifest: ArtifactManifest;
  readonly record: RunRecord;
  /** Of the evaluation; a function is called when the files are settled. */
  readonly stage: { digest: string | null | (() => string) };
}

/** Declares the tests. */
export function testRefusedContents(archive: ArchivedRun): void {
  test("a file is not the listed one", async () => {
    await archive.change((entries) => {
      const path = [...entries.keys()].find((path) =>
        path.endsWith("value.json")
      )!;
      const bytes = Buffer.from(entries.get(path)!);
      bytes[bytes.length - 2]! ^= 1;
      entries.set(path, bytes);
    });
    await archive.refuse("is damaged");
  });

  test("a file is not what its artifact's manifest says", async () => {
    await archive.change((entries) => {
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
    await archive.refuse("value.json is not what its manifest says");
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
        record.trials[0]!.figures["elbo"]!.value = -1;
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
      const [trial] = record.trials;
      trial!.stages = trial!.stages.slice(0, 4);
      record.trials[0]!.figures["elbo"]!.value = -1;
    }, "it has figures of Gaussian(0,1), and no evaluation"],
  ])("somebody has changed %s, and all digests with it", async (
    _,
    edit,
    problem,
  ) => {
    await archive.change((entries) => {
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
    await archive.refuse(problem);
  });

  test("an artifact has a file that its manifest lacks", async () => {
    const bytes = Buffer.from("evil");
    await archive.change((entries) => {
      const path = [...entries.keys()].find((path) =>
        path.startsWith("store/train/")
      )!;
      const extra = `${dirname(path)}/extra`;
      entries.set(extra, bytes);
      editIndex(entries, ({ files }) => {
        files[extra] = { size: 4, sha256: sha256(bytes) };
      });
    });
    await archive.refuse(
      'of train Gaussian(0,1), its manifest does not have "extra"',
    );
  });
}
