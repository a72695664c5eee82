/**
 * One run, as lines.
 *
 * @module
 */

import { join, relative } from "node:path";
import type { FoundRun } from "../runs/find_runs.ts";
import { formatBytes, formatWhen, shortDigest } from "../runs/format.ts";
import { artifactDigest } from "../runs/make_record.ts";
import type { RunRecord, TrialRecord } from "../runs/record.ts";
import { isMade } from "../pipeline/status.ts";
import { oneLine } from "../lib/printable.ts";
import { GROUPS, hasFigures } from "../vae/figures.ts";
import { describeUnits, headingOf, showFigure } from "../vae/figures/show.ts";
import { schemeOf } from "../store/local_folder.ts";
import type { ArtifactStore } from "../store/store.ts";
import { formatColumns } from "../lib/columns.ts";
import { formatSeconds } from "./progress/rate.ts";
import { REPORT_FILES } from "../report/paths.ts";
import { terminalWidth } from "./wrap.ts";

/** Config, figures, stages, environment and warnings. */
export async function describeRun(
  { id, directory, record }: FoundRun,
  store: ArtifactStore,
): Promise<readonly string[]> {
  const { started, ended, status, git, laid } = record;
  const since = Date.parse(started);
  const took = ended === null
    ? ""
    : `, took ${formatSeconds((Date.parse(ended) - since) / 1000)}`;
  const presets = laid.preset === null ? "" : ` with preset "${laid.preset}"`;
  return [
    `${id}: ${status}`,
    ...indent([
      `started ${formatWhen(since)}${took}: ${record.command.join(" ")}`,
      `config  ${laid.configFile ?? "of a script"}${presets}`,
      `report  ${short(join(directory, REPORT_FILES.html))}`,
      git === null
        ? "git     no repository"
        : `git     ${git.commit.slice(0, 12)}${
          git.branch === null ? "" : ` on ${git.branch}`
        }${git.dirty ? ", with changes that are not committed" : ""}`,
    ].map(oneLine)),
    "",
    "Config",
    ...indent(describeConfig(record)),
    ...describeFigures(record.trials),
    "",
    "Stages",
    ...indent(await describeStages(record, store)),
    "",
    "Environment",
    ...indent(describeEnvironment(record)),
    ...record.warnings.map((warning) => `warning: ${warning}`),
  ];
}

/** Options of the config, the priors' among them, one line each. */
function describeConfig({ config }: RunRecord): readonly string[] {
  const rows = Object.entries(config).flatMap(([name, value]) =>
    name === "priors"
      ? (value as readonly unknown[]).map((prior) => ["prior", show(prior)])
      : isObject(value)
      ? Object.entries(value).map(([key, one]) => [`${name}.${key}`, show(one)])
      : Array.isArray(value) && value.length === 0
      ? []
      : [[name, show(value)]]
  );
  return formatColumns(rows, { width: terminalWidth() - 2, flexible: 1 });
}

/** A table of each group of figures, of the trials that have been measured. */
function describeFigures(trials: readonly TrialRecord[]): readonly string[] {
  return GROUPS.flatMap((group, index) => {
    const { title, figures } = group;
    const isMeasured = trials.some(({ figures }) => hasFigures(group, figures));
    if (!isMeasured && index > 0) return [];
    const units = describeUnits(figures, ({ short }) => short);
    const rows = trials.map(({ label, figures: values }) => [
      label,
      ...figures.map((figure) => showFigure(figure, values[figure.name])),
    ]);
    return [
      "",
      units === "" ? title : `${title}. ${units}`,
      ...indent(
        formatColumns([[
          "",
          ...figures.map((figure) => headingOf(figure, "short")),
        ], ...rows], {
          width: terminalWidth() - 2,
          flexible: 0,
          right: figures.map((_, index) => index + 1),
        }),
      ),
    ];
  });
}

async function describeStages(
  { stages }: RunRecord,
  store: ArtifactStore,
): Promise<readonly string[]> {
  const rows: string[][] = [];
  const notes: string[] = [];
  for (const stage of stages) {
    const { name, key, title, status, ms, bytes, error, digest } = stage;
    const made = isMade(stage);
    const found = made ? await store.admin.look({ stage: name, key }) : null;
    const state = !made
      ? status
      : found === null
      ? "removed"
      : found.manifest === null || found.problem !== null
      ? "damaged"
      : digest !== null && artifactDigest(found.manifest) !== digest
      ? "not as recorded"
      : status;
    rows.push([
      title,
      key.slice(0, 8),
      made ? formatSeconds(ms / 1000) : "-",
      bytes === 0 ? "-" : formatBytes(bytes),
      state,
    ]);
    if (error !== undefined) notes.push(`${title}: ${error}`);
  }
  return [
    ...formatColumns(rows, {
      width: terminalWidth() - 2,
      flexible: 0,
      right: [2, 3],
    }),
    ...notes,
    `in ${short(store.place({ stage: "<stage>", key: "<key>" }))}`,
  ];
}

function describeEnvironment(record: RunRecord): readonly string[] {
  const { program, node, system, packages, engine } = record.environment;
  const versions = Object.entries(packages)
    .map(([name, version]) => `${name} ${version}`);
  return formatColumns([
    ["program", `vae-priors ${program}, Node ${node}, ${system}`],
    ["engine", `${engine.name}: ${engine.version}, threads ${engine.threads}`],
    ["packages", versions.join(", ")],
    ...Object.entries(record.data).map(([name, digest]) => [
      name,
      shortDigest(digest),
    ]),
    ...record.plugins.filter(({ kind }) => kind === "prior").map((
      { name, version, digest },
    ) => [`prior ${name}`, `${version}, source ${shortDigest(digest)}`]),
  ], { width: terminalWidth() - 2, flexible: 1 });
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function short(path: string): string {
  if (schemeOf(path) !== undefined) return path;
  const way = relative(process.cwd(), path);
  return way !== "" && !way.startsWith("..") && way.length < path.length
    ? way
    : path;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
