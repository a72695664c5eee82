/**
 * Figures of a benchmark in a file, `figures/<date>-<processor>.json`, and what
 * got slower since.
 *
 * @module
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { figure, table } from "./table.ts";

/** What a part of the benchmark has found. */
export interface Section {
  readonly markdown: string;
  /** By name; more is slower. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A benchmark's file. */
export interface FiguresFile {
  /** `2026-11-30`. */
  readonly date: string;
  /** `AMD EPYC (2 cores)`. */
  readonly processor: string;
  /** One line: system and versions. */
  readonly machine: string;
  readonly sections: Readonly<Record<string, Section>>;
}

const FOLDER = fileURLToPath(new URL("./figures/", import.meta.url));

/** Of this machine, now, with nothing in it yet. */
export function emptyFile(): FiguresFile {
  const [cpu] = cpus();
  const processor = `${cpu?.model.trim()} (${cpus().length} cores)`;
  return {
    date: new Date().toISOString().slice(0, 10),
    processor,
    machine:
      `${processor}, ${platform()} ${arch()}, Node ${process.versions.node}`,
    sections: {},
  };
}

/** Writes or, on the same day, adds to the file; returns its path. */
export function saveFigures(file: FiguresFile): string {
  mkdirSync(FOLDER, { recursive: true });
  const slug = file.processor.toLowerCase().replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
  const name = `${file.date}-${slug}.json`;
  const earlier = savedFigures().find(([one]) => one === name)?.[1];
  const sections = { ...earlier?.sections, ...file.sections };
  const path = join(FOLDER, name);
  writeFileSync(path, `${JSON.stringify({ ...file, sections }, null, 2)}\n`);
  return path;
}

/** All saved, by file name, oldest first. */
export function savedFigures(): readonly (readonly [string, FiguresFile])[] {
  return readdirSync(FOLDER).filter((name) => name.endsWith(".json")).sort()
    .map((name) => [name, readFigures(join(FOLDER, name))] as const);
}

/** A file as it was saved. */
export function readFigures(path: string): FiguresFile {
  return JSON.parse(readFileSync(path, "utf8")) as FiguresFile;
}

/** The README's tables of one file. */
export function tablesOf({ date, machine, sections }: FiguresFile): string {
  return [
    `## ${date}, ${machine}`,
    ...Object.values(sections).map(({ markdown }) => markdown),
  ].join("\n\n");
}

/** Two measurements of one thing differ by less than this share. */
const NOISE = 0.1;

/** What takes longer than it did, as Markdown. */
export function slowerThan(now: FiguresFile, before: FiguresFile): string {
  const rows = Object.entries(now.sections).flatMap(([section, { figures }]) =>
    Object.entries(figures).flatMap(([name, value]) => {
      const was = before.sections[section]?.figures[name];
      return was === undefined || value <= was * (1 + NOISE) ? [] : [[
        `${section}: ${name}`,
        figure(was),
        figure(value),
        figure(value / was),
      ]];
    })
  );
  const head = `### Slower than on ${before.date}, ${before.processor}`;
  return rows.length === 0
    ? `${head}\n\nNothing by more than ${100 * NOISE} %.`
    : `${head}\n\n${table(["", "then", "now", "ratio"], rows)}`;
}
