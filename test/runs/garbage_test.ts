import { describe, expect, test } from "vitest";
import { findGarbage, type Inventory } from "../../core/runs/garbage.ts";
import type { KeptArtifact, Orphan } from "../../core/store/admin.ts";

function artifact(
  key: string,
  rest: Partial<KeptArtifact> = {},
): KeptArtifact {
  return {
    address: { stage: "train", key },
    bytes: 100,
    modified: 0,
    manifest: null,
    problem: null,
    locked: false,
    ...rest,
  };
}

function orphan(kind: Orphan["kind"], rest: Partial<Orphan> = {}) {
  return {
    kind,
    path: kind,
    bytes: 1,
    modified: 0,
    address: null,
    busy: false,
    ...rest,
  };
}

function keys(inventory: Partial<Inventory>, limits = {}) {
  const found = findGarbage({
    artifacts: [],
    orphans: [],
    usage: new Map(),
    ...inventory,
  }, limits);
  return Object.fromEntries(
    found.artifacts.map(({ artifact, why }) => [artifact.address.key, why]),
  );
}

describe("findGarbage()", () => {
  const usage = new Map([["old", 10], ["new", 20], ["live", Infinity]]);
  const artifacts = ["old", "new", "live", "none"].map((key) => artifact(key));

  test("takes what no run refers to", () => {
    expect(keys({ artifacts, usage })).toEqual({ none: "no run refers to it" });
  });

  test("takes what was used too long ago", () => {
    expect(keys({ artifacts, usage }, { usedSince: 15 })).toEqual({
      none: "no run refers to it",
      old: "only older runs use it",
    });
    expect(keys({ artifacts, usage }, { usedSince: 1e9 })).not
      .toHaveProperty("live");
  });

  test("takes what was used longest ago, until the rest fits", () => {
    expect(keys({ artifacts, usage }, { maxSize: 300 }))
      .toEqual({ none: "no run refers to it" });
    expect(keys({ artifacts, usage }, { maxSize: 299 }))
      .toEqual({ none: "no run refers to it", old: "beyond the size" });
    // What a live process needs stays, whatever the limit.
    expect(Object.keys(keys({ artifacts, usage }, { maxSize: 0 })).sort())
      .toEqual(["new", "none", "old"]);
  });

  test("never takes what is locked", () => {
    const locked = artifact("none", { locked: true });
    expect(keys({ artifacts: [locked] }, { maxSize: 0 })).toEqual({});
  });

  test("takes what is damaged, unless somebody is at it", () => {
    const problem = "a is missing";
    const damaged = [
      artifact("new", { problem }),
      artifact("live", { problem }),
    ];
    expect(keys({ artifacts: damaged, usage })).toEqual({ new: "damaged" });
  });

  test("takes checkpoints that no run would go on from", () => {
    const attempt = (key: string, busy = false) =>
      orphan("attempt", {
        path: key,
        busy,
        address: { stage: "train", key },
      });
    const found = findGarbage({
      artifacts: [artifact("new")],
      orphans: [
        // Its stage has ended; a run would resume it; nobody would; at work.
        attempt("new"),
        attempt("old"),
        attempt("none"),
        attempt("busy", true),
      ],
      usage,
    });
    expect(found.orphans.map(({ path }) => path)).toEqual(["new", "none"]);
  });

  test("takes sources of which no artifact that stays is made", () => {
    const [used, unused] = ["a".repeat(64), "b".repeat(64)];
    const manifest = { fields: { "stage.source": used } };
    const kept = artifact("new", {
      manifest: manifest as unknown as KeptArtifact["manifest"],
    });
    const found = findGarbage({
      artifacts: [kept],
      orphans: [used, unused].map((digest) =>
        orphan("source", { path: `.sources/${digest}.json.gz` })
      ),
      usage,
    });
    expect(found.orphans.map(({ path }) => path))
      .toEqual([`.sources/${unused}.json.gz`]);
  });

  test("takes orphans, but for what is busy or not known", () => {
    const found = findGarbage({
      artifacts: [],
      usage,
      orphans: [
        orphan("draft", { busy: true }),
        orphan("draft", { path: "dead" }),
        orphan("quarantine"),
        orphan("cache"),
        orphan("trash"),
        orphan("lock"),
        orphan("unknown"),
      ],
    });
    expect(found.orphans.map(({ path }) => path))
      .toEqual(["dead", "quarantine", "cache", "trash", "lock"]);
  });
});
