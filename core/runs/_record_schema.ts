/**
 * What `record.json` of a run holds, field by field. A run here is one execution
 * of a plan, `default-1a2b3c4d`; its `trials` are the members of the matrix.
 *
 * @module
 */

import * as v from "valibot";
import { PLAN_STATUSES, STAGE_STATUSES } from "../pipeline/status.ts";

/** Raised when a reader of the former version cannot read a record. */
export const RECORD_VERSION = 3;
/** What marks a file as a record. */
export const RECORD_FORMAT = "vae-priors-run";

const text = v.string();
const texts = v.record(text, text);
const values = v.record(text, v.unknown());
const trialSchema = v.object({
  /** `mine-1-2`. */
  id: text,
  /** `Mine(1,2)`. */
  label: text,
  prior: text,
  options: values,
  latentDim: v.number(),
  seed: v.number(),
  /** Options of stages in which trials differ: `train.learningRate`. */
  matrix: v.optional(values, {}),
  /** Keys of its stages, in order. */
  stages: v.array(text),
  /** Those that could be had, by name, and their standard errors. */
  figures: v.record(
    text,
    v.object({ value: v.number(), error: v.nullable(v.number()) }),
  ),
  /** What the figures hold under: they compare where it is the same. */
  conditions: v.record(text, v.union([text, v.number()])),
});

const stageSchema = v.object({
  // These two name folders of a store.
  key: v.pipe(text, v.regex(/^[0-9a-f]{64}$/, "want a sha256")),
  name: v.pipe(text, v.regex(/^[a-z][a-z0-9_]*$/, "want the name of a stage")),
  title: text,
  /** `pending` only while the run goes on, or where it was killed. */
  status: v.picklist([...STAGE_STATUSES, "pending"]),
  reason: text,
  /** Milliseconds that it took, when it ran. */
  ms: v.number(),
  /** What its key is the digest of. */
  fields: texts,
  /** sha256 of its files' paths, sizes and digests; null where there are none. */
  digest: v.nullable(text),
  /** Size of its files; 0 where there are none. */
  bytes: v.number(),
  /** What failed. */
  error: v.optional(text),
});

/** A record of the current version. */
export const recordSchema = v.object({
  format: v.literal(RECORD_FORMAT),
  version: v.literal(RECORD_VERSION),
  run: v.pipe(text, v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "want a name")),
  status: v.picklist([...PLAN_STATUSES, "running"]),
  /** ISO 8601. */
  started: text,
  ended: v.nullable(text),
  /** The program and its words. */
  command: v.array(text),
  /** A config that a file could hold, complete; paths from its folder. */
  config: values,
  /** What went into it beside the file. */
  laid: v.object({
    configFile: v.nullable(text),
    preset: v.nullable(text),
    overrides: v.array(v.object({ path: v.array(text), value: v.unknown() })),
  }),
  /** Names of folders, or their paths from the config's; for people. */
  places: v.object({ base: text, outputs: text, store: text }),
  environment: v.object({
    program: text,
    node: text,
    system: text,
    /** Packages that numbers come from. */
    packages: texts,
    engine: v.object({
      wanted: text,
      name: text,
      version: text,
      threads: v.number(),
      fallbackReason: v.nullable(text),
    }),
  }),
  /** Priors and stages of the config. */
  plugins: v.array(v.object({
    /** `prior`, `stage` and the like. */
    kind: text,
    name: text,
    version: text,
    /** A prior's as a config names it; a stage's for people. */
    module: text,
    /** sha256 of its source with all that it imports. */
    digest: text,
  })),
  /** sha256 by name, of what was read from outside. */
  data: texts,
  /** Of the config's folder; null where there is no git, or no repository. */
  git: v.nullable(v.object({
    commit: text,
    /** Null on no branch. */
    branch: v.nullable(text),
    /** Whether files differed from the commit, or were not in it. */
    dirty: v.boolean(),
  })),
  trials: v.array(trialSchema),
  stages: v.array(stageSchema),
  warnings: v.array(text),
});
